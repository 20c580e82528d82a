package main

import (
	"encoding/json"
	"fmt"

	"github.com/spf13/cobra"

	"xunwen/internal/access"
	"xunwen/internal/cli"
)

// newKeyCommand makes `searchd key NAME`.
func newKeyCommand(asJSON *bool) *cobra.Command {
	return &cobra.Command{
		Use:   "key NAME",
		Short: "Make an API key",
		Long: "Make an API key. The key is printed once and not stored: the line below it, for the file of\n" +
			"--api-keys, contains only its digest. Limits may follow the digest, such as rate=5 burst=20\n" +
			"(requests per second, requests at once).",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("want one NAME, such as wire-desk; see %s --help", cmd.CommandPath())
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			secret, line, err := access.NewKey(args[0])
			if err != nil {
				return cli.Usagef("%w", err)
			}
			if *asJSON {
				return json.NewEncoder(cmd.OutOrStdout()).Encode(map[string]string{"key": secret, "line": line})
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "key   %s\nline  %s\n", secret, line)
			return err
		},
	}
}

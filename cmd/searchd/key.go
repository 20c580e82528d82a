package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"xunwen/internal/access"
	"xunwen/internal/cli"
)

// newKeyCommand makes `searchd key NAME`.
func newKeyCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "key NAME",
		Short: "Make an API key",
		Long: "Make an API key. It is printed once and kept nowhere: the line below it, which goes into the file of --api-keys,\n" +
			"holds only its digest. Behind the digest may stand limits, such as rate=5 burst=20 (requests a second, at once).",
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
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "key   %s\nline  %s\n", secret, line)
			return err
		},
	}
}

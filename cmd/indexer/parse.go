package main

import (
	"bufio"
	"fmt"

	"github.com/spf13/cobra"

	"xunwen/internal/news"
	"xunwen/internal/source"
	"xunwen/internal/source/jsonl"
)

func newParse(std *streams) *cobra.Command {
	var in inputFlags
	cmd := &cobra.Command{
		Use:   "parse PATH...",
		Short: "Print the article records of newspapers as JSON Lines",
		Long:  "parse prints the article records that build would index, one JSON object a line.\n\n" + pathHelp,
		Args:  atLeastOne("PATH"),
		RunE: func(cmd *cobra.Command, paths []string) error {
			opts, err := in.options(std)
			if err != nil {
				return err
			}
			inputs, err := source.Expand(paths)
			if err != nil {
				return err
			}
			out := bufio.NewWriter(std.out)
			articles, rejected := 0, 0
			err = source.Read(cmd.Context(), inputs, opts, func(a *news.Article) error {
				articles++
				return jsonl.Encode(out, a)
			}, func(r source.Reject) {
				rejected++
				fmt.Fprintln(std.err, r)
			})
			if err != nil {
				return err
			}
			if err := out.Flush(); err != nil {
				return fmt.Errorf("write the records: %w", err)
			}
			std.log.Info("parsed", "articles", articles, "rejected", rejected)
			return nil
		},
	}
	in.register(cmd.Flags())
	return cmd
}

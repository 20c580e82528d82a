package main

import (
	"bufio"
	"context"
	"errors"
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
			return parse(cmd.Context(), std, &in, paths)
		},
	}
	in.register(cmd.Flags())
	return cmd
}

func parse(ctx context.Context, std *streams, f *inputFlags, paths []string) error {
	log, err := std.log()
	if err != nil {
		return err
	}
	opts, err := f.options(std)
	if err != nil {
		return err
	}
	inputs, err := expand(paths)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(std.out)
	articles, rejected := 0, 0
	err = source.Read(ctx, inputs, opts, func(a *news.Article) error {
		articles++
		return jsonl.Encode(out, a)
	}, func(r source.Reject) {
		rejected++
		fmt.Fprintln(std.err, r)
	})
	if err := errors.Join(err, out.Flush()); err != nil {
		return fmt.Errorf("parse: %w", err)
	}
	log.Info("parsed", "articles", articles, "rejected", rejected)
	return nil
}

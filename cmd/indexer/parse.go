package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"xunwen/internal/news"
	"xunwen/internal/source"
	"xunwen/internal/source/jsonl"
	"xunwen/internal/source/page"
)

func newParse(std *streams) *cobra.Command {
	var in inputFlags
	var explain bool
	cmd := &cobra.Command{
		Use:   "parse PATH...",
		Short: "Print the article records of newspapers as JSON Lines",
		Long:  "parse prints the article records that build would index, one JSON object a line.\n\n" + pathHelp,
		Args:  atLeastOne("PATH"),
		RunE: func(cmd *cobra.Command, paths []string) error {
			return parse(cmd.Context(), std, &in, explain, paths)
		},
	}
	in.register(cmd.Flags())
	cmd.Flags().BoolVar(&explain, "explain", false, "say on stderr what each line of a page was read as, and why")
	return cmd
}

func parse(ctx context.Context, std *streams, f *inputFlags, explain bool, paths []string) error {
	log, opts, inputs, err := f.prepare(std, paths)
	if err != nil {
		return err
	}
	if explain {
		opts.Explain = func(path string, blocks []page.Block) { printBlocks(std.err, path, blocks) }
	}
	defer collectLess(parseMemory)()
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

// shownRunes is as much of a block as tells which one it is.
const shownRunes = 16

// printBlocks writes one line for each block of a page: lines, role, article,
// beginning, reason.
func printBlocks(w io.Writer, path string, blocks []page.Block) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, b := range blocks {
		text := []rune(b.Text)
		if len(text) > shownRunes {
			text = append(text[:shownRunes], '…')
		}
		article := "-"
		if b.Article > 0 {
			article = strconv.Itoa(b.Article)
		}
		fmt.Fprintf(t, "%s:%d-%d\t%s\t%s\t%s\t%s\n", source.OneLine(path), b.FirstLine, b.LastLine, b.Role, article, b.Reason, source.OneLine(string(text)))
	}
	t.Flush() // stderr; nothing is lost with it
}

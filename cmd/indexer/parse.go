package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"xunwen/internal/source"
	"xunwen/internal/source/jsonl"
)

func newParse(std *streams) *cobra.Command {
	var in inputFlags
	var explain bool
	cmd := &cobra.Command{
		Use:   "parse PATH...",
		Short: "Print the article records of newspapers as JSON Lines",
		Long:  "parse prints the article records that build would index, one JSON object per line.\n\n" + pathHelp,
		Args:  atLeastOne("PATH"),

		Annotations: map[string]string{noFailures: ""},
		RunE: func(cmd *cobra.Command, paths []string) error {
			return parse(cmd.Context(), std, &in, explain, paths)
		},
	}
	in.register(cmd.Flags())
	cmd.Flags().BoolVar(&explain, "explain", false, "print on stderr what each line of a page was read as, and why")
	return cmd
}

func parse(ctx context.Context, std *streams, f *inputFlags, explain bool, paths []string) error {
	log, opts, inputs, err := f.prepare(std, paths)
	if err != nil {
		return err
	}
	opts.Explain = explain
	defer collectLess(parseMemory)()
	out := bufio.NewWriter(std.out)
	articles, rejected := 0, 0
	var lacking missing
	for e, readErr := range source.Read(ctx, inputs, opts) {
		switch {
		case readErr != nil:
			err = readErr
		case e.Article != nil:
			articles++
			lacking.add(e.Format, e.Article)
			err = jsonl.Encode(out, e.Article)
		case e.Reject != nil:
			rejected += e.Reject.Count()
			rejectNotice(e.Reject).write(std.err, log, std.logsJSON)
		case e.LeftOut != nil:
			leftOutNotice(e.LeftOut).write(std.err, log, std.logsJSON)
		case e.Blocks != nil:
			std.printBlocks(log, e)
		}
		if err != nil {
			break
		}
	}
	if err := errors.Join(err, out.Flush()); err != nil {
		return fmt.Errorf("parse: %w", err)
	}
	for _, in := range lacking {
		log.Info("read", "format", in.Format, "articles", in.Articles,
			"no_date", in.NoDate, "no_title", in.NoTitle, "no_text", in.NoText)
	}
	log.Info("parsed", "articles", articles, "rejected", rejected)
	return nil
}

// shownRunes is how much of a block is printed, in characters: enough to
// recognise it.
const shownRunes = 16

// printBlocks writes the blocks of a page, as objects if the log has these.
func (s *streams) printBlocks(log *slog.Logger, e source.Event) {
	if !s.logsJSON {
		writeBlocks(s.err, e)
		return
	}
	for _, b := range e.Blocks {
		log.Info("block", "file", e.File, "page", e.BlocksPage, "first_line", b.FirstLine, "last_line", b.LastLine,
			"role", b.Role, "article", b.Article, "reason", b.Reason, "text", b.Text)
	}
}

// writeBlocks writes one line for each block of a page: lines, role, article,
// reason, beginning.
func writeBlocks(w io.Writer, e source.Event) {
	path := e.File
	if e.BlocksPage > 0 {
		path = fmt.Sprintf("%s, page %d", path, e.BlocksPage)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, b := range e.Blocks {
		text := []rune(b.Text)
		if len(text) > shownRunes {
			text = append(text[:shownRunes], '…')
		}
		article := "-"
		if b.Article > 0 {
			article = strconv.Itoa(b.Article)
		}
		fmt.Fprintf(t, "%s:%d-%d\t%s\t%s\t%s\t%s\n",
			source.OneLine(path), b.FirstLine, b.LastLine, b.Role, article, b.Reason, source.OneLine(string(text)))
	}
	t.Flush() // to stderr: a failure can't be reported anywhere
}

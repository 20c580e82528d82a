package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"xunwen/internal/batch"
	"xunwen/internal/cli"
	"xunwen/internal/news"
	"xunwen/internal/search"
)

type batchFlags struct {
	dir, format, by, sort, match string
	counts, publications         []string
	from, to                     string
	hits                         int
	everyCopy                    bool
}

func newBatch(std *streams) *cobra.Command {
	var f batchFlags
	cmd := &cobra.Command{
		Use:   "batch --index FOLDER [LIST]",
		Short: "Count the hits of each query of a list",
		Long: "batch answers a list of queries, up to 10,000: how many hits each has, by year, month or newspaper, and its\n" +
			"first hits. LIST has a query on each line; in a .csv file, the queries are in the column q or query, or else\n" +
			"in the first one. Without LIST the list is read from standard input. A query that can't be answered has an\n" +
			"error in its row.",
		Example: "  indexer batch --index indexes/news --counts year,publication terms.txt > counts.csv",
		Args:    atMostOne("LIST"),
		RunE: func(cmd *cobra.Command, args []string) error {
			request, err := f.request()
			if err != nil {
				return err
			}
			return runBatch(cmd.Context(), std, f, request, args)
		},
	}
	cmd.PreRunE = func(*cobra.Command, []string) error { return required("index", f.dir) }
	flags := cmd.Flags()
	flags.StringVar(&f.dir, "index", "", "folder of the index, e.g. indexes/news")
	flags.StringVar(&f.format, "format", "csv", "csv or jsonl")
	flags.StringSliceVar(&f.counts, "counts", []string{string(batch.ByYear)},
		"what to count hits by: year, month, publication, or none")
	flags.IntVar(&f.hits, "hits", 0, "number of hits to list of each query, up to 10")
	flags.StringVar(&f.by, "by", string(search.ByArticle), "article or paragraph")
	flags.StringVar(&f.sort, "sort", string(search.ByRelevance), "relevance, newest, oldest or reprinted")
	flags.StringVar(&f.match, "match", string(search.Together), "together or anywhere")
	flags.StringVar(&f.from, "from", "", "first day, such as 2022-01-01")
	flags.StringVar(&f.to, "to", "", "last day")
	flags.StringArrayVar(&f.publications, "publication", nil, "newspaper to search; may be repeated")
	flags.BoolVar(&f.everyCopy, "every-copy", false, "count each near-duplicate")
	return cmd
}

// request returns what the flags ask for.
func (f batchFlags) request() (batch.Request, error) {
	r := batch.Request{Hits: f.hits, Search: search.Request{
		By: search.By(f.by), Sort: search.Sort(f.sort), Match: search.Matching(f.match), Uncollapsed: f.everyCopy,
		Filter: search.Filter{Publication: f.publications, From: f.from, To: f.to},
	}}
	for _, c := range []struct {
		flag, value string
		choices     []string
	}{
		{"format", f.format, []string{"csv", "jsonl"}},
		{"by", f.by, []string{string(search.ByArticle), string(search.ByParagraph)}},
		{"sort", f.sort, []string{
			string(search.ByRelevance), string(search.Newest), string(search.Oldest), string(search.Reprinted),
		}},
		{"match", f.match, []string{string(search.Together), string(search.Anywhere)}},
	} {
		if !slices.Contains(c.choices, c.value) {
			return r, cli.Usagef("--%s %q: want %s", c.flag, c.value, strings.Join(c.choices, " or "))
		}
	}
	for _, day := range []struct{ flag, value string }{{"from", f.from}, {"to", f.to}} {
		if _, err := time.Parse(news.DateLayout, day.value); day.value != "" && err != nil {
			return r, cli.Usagef("--%s %q: want a day such as 2022-01-31", day.flag, day.value)
		}
	}
	if f.hits < 0 || f.hits > batch.MaxHits {
		return r, cli.Usagef("--hits %d: want 0 to %d", f.hits, batch.MaxHits)
	}
	counts, err := batch.ReadDimensions(f.counts)
	if err != nil {
		return r, cli.Usagef("--counts %w", err)
	}
	r.Counts = counts
	return r, nil
}

func runBatch(ctx context.Context, std *streams, f batchFlags, r batch.Request, args []string) error {
	list, err := readList(std, args)
	if err != nil {
		return err
	}
	engine, err := openPublished(ctx, std, f.dir)
	if err != nil {
		return err
	}
	defer engine.Close() // read only
	buffer := bufio.NewWriter(std.out)
	out := &tallied{Format: batch.NewFormat(f.format, buffer, r)}
	if err := batch.Run(ctx, engine, list, r, out); err != nil {
		return errors.Join(err, out.Flush(), buffer.Flush())
	}
	if out.wrong > 0 {
		fmt.Fprintf(std.err, "queries with an error: %d of %d; error in the output says why\n", out.wrong, len(list))
	}
	return errors.Join(out.Flush(), buffer.Flush())
}

// readList reads the list that the arguments name.
func readList(std *streams, args []string) ([]batch.Query, error) {
	in, name, read := std.in, "standard input", batch.ReadText
	if len(args) > 0 {
		name = args[0]
		file, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer file.Close() // read only
		in = file
		if strings.EqualFold(filepath.Ext(name), ".csv") {
			read = batch.ReadCSV
		}
	}
	list, err := read(in)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return list, nil
}

// tallied counts the rows that have an error.
type tallied struct {
	batch.Format
	wrong int
}

// Write implements batch.Writer.
func (t *tallied) Write(r batch.Row) error {
	if r.Err != nil {
		t.wrong++
	}
	return t.Format.Write(r)
}

package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"xunwen/internal/eval"
)

type evalFlags struct {
	indexFlags
	queries, against string
	explain          bool
}

func newEval(std *streams) *cobra.Command {
	var f evalFlags
	cmd := &cobra.Command{
		Use:   "eval --index FOLDER --queries FILE [--against FOLDER]",
		Short: "Measure how well an index ranks, by queries with known answers",
		Long: "eval runs every query of FILE and prints MRR@10, recall@10 and nDCG@10 by set, each with its 95 %\n" +
			"bootstrap interval. A line of FILE is {\"id\",\"set\",\"query\",\"gold\":[article ids],\"also\":[ids that are\n" +
			"neither right nor wrong]}. Near-duplicates are not collapsed.\n" +
			"--against measures another index with the same queries and prints the difference: its interval is that\n" +
			"of the paired differences. --explain lists the queries whose right answer is not first or, with\n" +
			"--against, those with a better or worse rank, each with its first hit, its first right one and the\n" +
			"parts of their scores.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return measure(cmd.Context(), std, f)
		},
	}
	f.register(cmd)
	cmd.PreRunE = func(*cobra.Command, []string) error {
		return errors.Join(required("index", f.dir), required("queries", f.queries))
	}
	cmd.Flags().StringVar(&f.queries, "queries", "", "file of queries, JSON Lines")
	cmd.Flags().StringVar(&f.against, "against", "", "folder of another index to compare with")
	cmd.Flags().BoolVar(&f.explain, "explain", false, "list queries one by one")
	return cmd
}

func measure(ctx context.Context, std *streams, f evalFlags) error {
	if err := exists("queries", f.queries); err != nil {
		return err
	}
	file, err := os.Open(f.queries)
	if err != nil {
		return fmt.Errorf("--queries: %w", err)
	}
	defer file.Close() // read only
	queries, err := eval.Read(file, f.queries)
	if err != nil {
		return err
	}
	r := evaluation{explained: f.explain}
	if r.now, err = evaluate(ctx, std, f.dir, queries, f.explain); err != nil {
		return err
	}
	if f.against != "" {
		if r.before, err = evaluate(ctx, std, f.against, queries, f.explain); err != nil {
			return fmt.Errorf("--against: %w", err)
		}
	}
	return r.print(std.out, std.json)
}

// evaluate runs the queries on the current generation of dir.
func evaluate(ctx context.Context, std *streams, dir string, queries []eval.Query, explain bool) (*measured, error) {
	engine, err := openPublished(ctx, std, dir)
	if err != nil {
		return nil, err
	}
	defer engine.Close() // read only
	answers, err := eval.Run(ctx, engine, queries, eval.Options{Explain: explain})
	if err != nil {
		return nil, err
	}
	return &measured{Index: dir, Generation: engine.Generation(), Sets: eval.Summarize(answers), answers: answers}, nil
}

package main

import (
	"errors"

	"github.com/spf13/cobra"

	"xunwen/internal/build"
	"xunwen/internal/cli"
)

func newRemove(std *streams) *cobra.Command {
	var f indexFlags
	var keep int
	var memory string
	var cluster clusterFlags
	cmd := &cobra.Command{
		Use:   "remove --index FOLDER ID...",
		Short: "Remove articles from an index",
		Long: "remove publishes a generation without the articles that have these ids; a running searchd swaps it\n" +
			"in. If one of the ids is unknown, nothing is removed. Earlier generations still contain the articles until\n" +
			"prune removes them.",
		Annotations: map[string]string{publishes: ""},
		Args:        atLeastOne("ID"),
		RunE: func(cmd *cobra.Command, ids []string) error {
			if keep < 1 {
				return cli.Usagef("--keep %d: want at least 1, the new generation", keep)
			}
			if err := cluster.check(); err != nil {
				return err
			}
			bound, err := memoryBound(memory)
			if err != nil {
				return err
			}
			if err := cluster.reach(cmd.Context(), std); err != nil {
				return err
			}
			log, err := std.log()
			if err != nil {
				return err
			}
			defer collectLess(goMemory(bound))()
			options := build.Options{Out: f.dir, Keep: keep, Memory: bound, Log: log}
			summary, err := build.Remove(cmd.Context(), options, ids)
			if err != nil {
				return indexError(f.dir, err)
			}
			result := newResult(summary, 0, 0)
			published := cluster.publishBuilt(cmd.Context(), std, f.dir, keep, &result)
			return publishedBut(summary.Generation, errors.Join(published, result.print(std.out, std.json)))
		},
	}
	f.register(cmd)
	cluster.register(cmd.Flags())
	cmd.Flags().IntVar(&keep, "keep", defaultKeep, "generations to keep, the new one included")
	cmd.Flags().StringVar(&memory, "memory", defaultMemory, "memory to aim at, e.g. 1500MB or 2GiB")
	return cmd
}

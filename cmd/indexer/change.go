package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"xunwen/internal/build"
	"xunwen/internal/cli"
	"xunwen/internal/generation"
)

func newRollback(std *streams) *cobra.Command {
	var f indexFlags
	cmd := &cobra.Command{
		Use:   "rollback --index FOLDER [GENERATION]",
		Short: "Publish an earlier generation of an index again",
		Long: "rollback checks a generation and publishes it again: the named one, or the one before the current\n" +
			"one. A running searchd swaps it in. Nothing is removed: name the later generation to return to it.",
		Args: atMostOne("GENERATION"),
		RunE: func(cmd *cobra.Command, args []string) error {
			to := ""
			if len(args) > 0 {
				to = args[0]
			}
			var now generation.Current
			err := changing(f.dir, func(folder generation.Folder) (err error) {
				now, err = folder.Rollback(cmd.Context(), to)
				return err
			})
			if err != nil {
				return indexError(f.dir, err)
			}
			if f.json {
				err = json.NewEncoder(std.out).Encode(struct {
					Current string `json:"current"`
				}{now.Name})
			} else {
				_, err = fmt.Fprintf(std.out, "current: %s\n", now.Name)
			}
			return publishedBut(now.Name, err)
		},
	}
	f.register(cmd)
	return cmd
}

func newRemove(std *streams) *cobra.Command {
	var f indexFlags
	var keep int
	var memory string
	cmd := &cobra.Command{
		Use:   "remove --index FOLDER ID...",
		Short: "Remove articles from an index",
		Long: "remove publishes a generation without the articles that have these ids; a running searchd swaps it\n" +
			"in. If one of the ids is unknown, nothing is removed. Earlier generations still contain the articles until\n" +
			"prune removes them.",
		Args: atLeastOne("ID"),
		RunE: func(cmd *cobra.Command, ids []string) error {
			if keep < 1 {
				return cli.Usagef("--keep %d: want at least 1, the new generation", keep)
			}
			bound, err := memoryBound(memory)
			if err != nil {
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
			return publishedBut(summary.Generation, newResult(summary, 0, 0).print(std.out, f.json))
		},
	}
	f.register(cmd)
	cmd.Flags().IntVar(&keep, "keep", defaultKeep, "generations to keep, the new one included")
	cmd.Flags().StringVar(&memory, "memory", defaultMemory, "memory to aim at, e.g. 1500MB or 2GiB")
	return cmd
}

func newPrune(std *streams) *cobra.Command {
	var f indexFlags
	var keep int
	cmd := &cobra.Command{
		Use:   "prune --index FOLDER --keep N",
		Short: "Remove old generations of an index",
		Long: "prune removes the oldest generations until N are left, but never the current one or one that a\n" +
			"searchd still serves.",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if keep < 1 {
				return cli.Usagef("--keep %d: want at least 1", keep)
			}
			var done generation.Pruned
			err := changing(f.dir, func(folder generation.Folder) (err error) {
				done, err = folder.Prune(keep, "")
				return err
			})
			if err != nil {
				return indexError(f.dir, err)
			}
			return printPruned(std, done, f.json)
		},
	}
	f.register(cmd)
	cmd.Flags().IntVar(&keep, "keep", 0, "generations to keep")
	return cmd
}

func printPruned(std *streams, p generation.Pruned, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(std.out).Encode(p)
	}
	for _, name := range p.Removed {
		fmt.Fprintf(std.out, "removed %s\n", name)
	}
	for _, name := range p.InUse {
		fmt.Fprintf(std.out, "kept %s, which is in use\n", name)
	}
	_, err := fmt.Fprintf(std.out, "removed %s, kept %d\n",
		count(len(p.Removed), "generation"), len(p.Kept)+len(p.InUse))
	return err
}

// changing locks an index folder, which must exist, and runs change.
func changing(dir string, change func(generation.Folder) error) error {
	folder := generation.In(dir)
	if _, err := folder.Names(); err != nil {
		return err
	}
	unlock, err := folder.Lock()
	if err != nil {
		return err
	}
	return errors.Join(change(folder), unlock())
}

// atMostOne makes a second argument wrong usage.
func atMostOne(what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > 1 {
			return fmt.Errorf("want one %s; see %s --help", what, cmd.CommandPath())
		}
		return nil
	}
}

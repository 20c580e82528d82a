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
		Short: "Make an earlier generation of an index the current one",
		Long: "rollback checks a generation and makes it the current one: the named one, or the one made before the\n" +
			"current. A running searchd takes it up. Nothing is removed: name the later one to go forward again.",
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
				return missing(f.dir, err)
			}
			if f.json {
				err = json.NewEncoder(std.out).Encode(struct {
					Current string `json:"current"`
				}{now.Name})
			} else {
				_, err = fmt.Fprintf(std.out, "current: %s\n", now.Name)
			}
			return told(now.Name, err)
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
		Short: "Take articles out of an index",
		Long: "remove publishes a generation without the articles that have these ids; a running searchd takes it up.\n" +
			"Where one of the ids is unknown nothing is removed. The generations before still hold the articles:\n" +
			"prune removes those that are older than --keep says.",
		Args: atLeastOne("ID"),
		RunE: func(cmd *cobra.Command, ids []string) error {
			if keep < 1 {
				return cli.Usagef("--keep %d: at least the new generation is kept", keep)
			}
			bound, err := memoryBound(memory)
			if err != nil {
				return err
			}
			log, err := std.log()
			if err != nil {
				return err
			}
			defer collectLess(bound / 8 * goShare)()
			summary, err := build.Remove(cmd.Context(), build.Options{Out: f.dir, Keep: keep, Memory: bound, Log: log}, ids)
			if err != nil {
				return missing(f.dir, err)
			}
			return told(summary.Generation, newResult(summary, 0, 0).print(std.out, f.json))
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
		Long: "prune removes the oldest generations until N are left, but never the current one nor one that a\n" +
			"searchd still serves.",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if keep < 1 {
				return cli.Usagef("--keep says how many generations stay, at least 1")
			}
			var done generation.Pruned
			err := changing(f.dir, func(folder generation.Folder) (err error) {
				done, err = folder.Prune(keep, "")
				return err
			})
			if err != nil {
				return missing(f.dir, err)
			}
			return printPruned(std, done, f.json)
		},
	}
	f.register(cmd)
	cmd.Flags().IntVar(&keep, "keep", 0, "generations that stay")
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
		fmt.Fprintf(std.out, "left %s, which is in use\n", name)
	}
	_, err := fmt.Fprintf(std.out, "removed %s, %d stay\n", count(len(p.Removed), "generation"), len(p.Kept)+len(p.InUse))
	return err
}

// changing runs change with the lock of an index folder that must be there.
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
			return fmt.Errorf("one %s at a time; see %s --help", what, cmd.CommandPath())
		}
		return nil
	}
}

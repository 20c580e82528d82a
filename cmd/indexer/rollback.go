package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"xunwen/internal/generation"
	"xunwen/internal/index"
)

func newRollback(std *streams) *cobra.Command {
	var f indexFlags
	var cluster clusterFlags
	cmd := &cobra.Command{
		Use:   "rollback --index FOLDER [GENERATION]",
		Short: "Publish an earlier generation of an index again",
		Long: "rollback checks a generation and publishes it again: the named one, or the one before the current\n" +
			"one. A running searchd swaps it in. Nothing is removed: name the later generation to return to it.",
		Args: atMostOne("GENERATION"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := cluster.check(); err != nil {
				return err
			}
			if err := cluster.reach(cmd.Context(), std); err != nil {
				return err
			}
			to := ""
			if len(args) > 0 {
				to = args[0]
			}
			var now generation.Current
			err := changing(f.dir, func(folder generation.Folder) (err error) {
				now, err = folder.Rollback(cmd.Context(), to, func(m *generation.Manifest) error {
					return index.CheckFormat(folder, m)
				})
				return err
			})
			if err != nil {
				return indexError(f.dir, err)
			}
			published := cluster.publish(cmd.Context(), std, f.dir, 0)
			return publishedBut(now.Name, errors.Join(published, printCurrent(std, now)))
		},
	}
	f.register(cmd)
	cluster.register(cmd.Flags())
	return cmd
}

// printCurrent prints the name of the generation that is published.
func printCurrent(std *streams, now generation.Current) error {
	if std.json {
		return json.NewEncoder(std.out).Encode(struct {
			Current string `json:"current"`
		}{now.Name})
	}
	_, err := fmt.Fprintf(std.out, "current: %s\n", now.Name)
	return err
}

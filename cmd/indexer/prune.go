package main

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"xunwen/internal/cli"
	"xunwen/internal/generation"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/publication"
)

func newPrune(std *streams) *cobra.Command {
	var f indexFlags
	var keep int
	var cluster clusterFlags
	cmd := &cobra.Command{
		Use:   "prune --index FOLDER --keep N",
		Short: "Remove old generations of an index",
		Long: "prune removes the oldest generations until N are left, but never the current one or one that a\n" +
			"searchd still serves.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !cmd.Flags().Changed("keep") {
				return required("keep", "")
			}
			if keep < 1 {
				return cli.Usagef("--keep %d: want at least 1", keep)
			}
			if err := cluster.check(); err != nil {
				return err
			}
			var done generation.Pruned
			err := changing(f.dir, func(folder generation.Folder) (err error) {
				done, err = folder.Prune(keep, "")
				return err
			})
			if err != nil {
				return indexError(f.dir, err)
			}
			if cluster.IsRemote() {
				err = cluster.do(std, func(c *client.Client) error {
					_, err := publication.Prune(cmd.Context(), c, cluster.Name, keep)
					return err
				})
			}
			return errors.Join(err, printPruned(std, done, std.json))
		},
	}
	f.register(cmd)
	cluster.register(cmd.Flags())
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

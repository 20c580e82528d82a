package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"xunwen/internal/index"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/publication"
)

func newList(std *streams) *cobra.Command {
	var f indexFlags
	var cluster clusterFlags
	cmd := &cobra.Command{
		Use:   "list --index FOLDER",
		Short: "List the generations of an index, newest first",
		Long: "list shows the generations of an index, newest first; with --engine opensearch those that the cluster\n" +
			"has.",
		Args: cobra.NoArgs,
		PreRunE: func(*cobra.Command, []string) error {
			if cluster.IsRemote() {
				return cluster.check()
			}
			return errors.Join(cluster.check(), required("index", f.dir))
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if cluster.IsRemote() {
				return cluster.do(std, func(c *client.Client) error {
					generations, err := publication.List(cmd.Context(), c, cluster.Name)
					if err != nil {
						return err
					}
					return printClusterGenerations(std, generations, std.json)
				})
			}
			generations, err := index.List(f.dir)
			if err != nil {
				return indexError(f.dir, err)
			}
			return printGenerations(std, generations, std.json)
		},
	}
	f.flags(cmd)
	cluster.register(cmd.Flags())
	return cmd
}

func printClusterGenerations(std *streams, generations []publication.GenerationInfo, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(std.out).Encode(generations)
	}
	t := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\tgeneration\tcreated\tarticles\tparagraphs\ttext\tindex\tname in the cluster")
	for _, g := range generations {
		current := ""
		if g.Current {
			current = "*"
		}
		if g.Incomplete {
			fmt.Fprintf(t, "!%s\t%s\tincomplete\t\t\t\t%s\t%s\n",
				current, g.Name, humanize.Bytes(uint64(g.IndexBytes)), g.Index)
			continue
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%d\t%d\t%s\t%s\t%s\n",
			current, g.Name, g.Created.Format(time.DateTime), g.Articles, g.Paragraphs,
			humanize.Bytes(uint64(g.TextBytes)), humanize.Bytes(uint64(g.IndexBytes)), g.Index)
	}
	return t.Flush()
}

func printGenerations(std *streams, generations []index.GenerationInfo, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(std.out).Encode(generations)
	}
	t := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "\tgeneration\tin use\tcreated\tarticles\tparagraphs\ttext\tindex\tanalyzer")
	for _, g := range generations {
		if g.Damaged != "" {
			fmt.Fprintf(t, "%s\t%s\t\tdamaged: %s\n", "!", g.Name, g.Damaged)
			continue
		}
		current, inUse := "", ""
		if g.Current {
			current = "*"
		}
		if g.InUse {
			inUse = "yes"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%d\t%d\t%s\t%s\t%.12s\n", current, g.Name, inUse,
			g.Created.Format(time.DateTime), g.Articles,
			g.Paragraphs, humanize.Bytes(uint64(g.TextBytes)), humanize.Bytes(uint64(g.IndexBytes)), g.Analyzer)
	}
	return t.Flush()
}

package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"xunwen/internal/index"
)

func newList(std *streams) *cobra.Command {
	var f indexFlags
	cmd := &cobra.Command{
		Use:   "list --index FOLDER",
		Short: "List the generations of an index, newest first",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			generations, err := index.List(f.dir)
			if err != nil {
				return indexError(f.dir, err)
			}
			return printGenerations(std, generations, f.json)
		},
	}
	f.register(cmd)
	return cmd
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

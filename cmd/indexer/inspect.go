package main

import (
	"encoding/json"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"xunwen/internal/generation"
	"xunwen/internal/index"
)

// indexFlags are those of the commands that look at an index, or change it.
type indexFlags struct {
	dir  string
	json bool
}

// register adds the flags to a command, which is wrong usage without an index.
func (f *indexFlags) register(cmd *cobra.Command) {
	cmd.PreRunE = func(*cobra.Command, []string) error { return required("index", f.dir) }
	cmd.Flags().StringVar(&f.dir, "index", "", "folder of the index, e.g. indexes/news")
	cmd.Flags().BoolVar(&f.json, "json", false, "print as JSON")
}

func newVerify(std *streams) *cobra.Command {
	var f indexFlags
	var deep bool
	cmd := &cobra.Command{
		Use:   "verify --index FOLDER",
		Short: "Check that an index is whole",
		Long: "verify checks the generations of an index against their manifests and exits with 1 where it finds\n" +
			"damage. --deep also opens each one and reads everything in it.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			report, err := index.Verify(cmd.Context(), f.dir, deep)
			if err != nil {
				return missing(f.dir, err)
			}
			if err := printVerified(std, report, f.json); err != nil {
				return err
			}
			return damaged(f.dir, report)
		},
	}
	f.register(cmd)
	cmd.Flags().BoolVar(&deep, "deep", false, "read everything, not only the checksums")
	return cmd
}

// damaged says what to do about what was found. Nothing at all is no index that
// can be trusted either.
func damaged(dir string, r generation.Report) error {
	switch n := len(r.Damage); {
	case n == 0 && len(r.Generations) == 0:
		return missing(dir, generation.ErrNone)
	case n == 0:
		return nil
	default:
		return fmt.Errorf("%s: damage in %s: roll back to a generation that is sound (indexer rollback --index %s GENERATION), put the files back, or build the index again",
			dir, count(n, "place"), dir)
	}
}

func printVerified(std *streams, r generation.Report, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(std.out).Encode(r)
	}
	for _, d := range r.Damage {
		fmt.Fprintln(std.out, d)
	}
	for _, note := range r.Notes {
		fmt.Fprintf(std.out, "note: %s\n", note)
	}
	_, err := fmt.Fprintf(std.out, "checked %s, %s, %s; current: %s\n", count(len(r.Generations), "generation"),
		count(r.Files, "file"), humanize.Bytes(uint64(r.Bytes)), r.Current)
	return err
}

func newList(std *streams) *cobra.Command {
	var f indexFlags
	cmd := &cobra.Command{
		Use:   "list --index FOLDER",
		Short: "List the generations of an index, newest first",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			generations, err := index.List(f.dir)
			if err != nil {
				return missing(f.dir, err)
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
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%d\t%d\t%s\t%s\t%.12s\n", current, g.Name, inUse, g.Created.Format(time.DateTime), g.Articles,
			g.Paragraphs, humanize.Bytes(uint64(g.TextBytes)), humanize.Bytes(uint64(g.IndexBytes)), g.Analyzer)
	}
	return t.Flush()
}

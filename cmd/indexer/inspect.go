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

// indexFlags are the flags of commands that read or change an index.
type indexFlags struct {
	dir  string
	json bool
}

// register adds the flags to a command and requires --index.
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
		Short: "Check that an index is undamaged",
		Long: "verify checks every file of an index against its checksum and exits with 1 when it finds damage.\n" +
			"--deep also opens each generation and reads all records and posting lists.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			report, err := index.Verify(cmd.Context(), f.dir, deep)
			if err != nil {
				return indexError(f.dir, err)
			}
			if err := printVerified(std, report, f.json); err != nil {
				return err
			}
			return damaged(f.dir, report)
		},
	}
	f.register(cmd)
	cmd.Flags().BoolVar(&deep, "deep", false, "also read all records and posting lists")
	return cmd
}

// damaged returns an error that says what to do about damage. An index without a
// generation is an error, too.
func damaged(dir string, r generation.Report) error {
	switch n := len(r.Damage); {
	case n == 0 && len(r.Generations) == 0:
		return indexError(dir, generation.ErrNone)
	case n == 0:
		return nil
	default:
		return fmt.Errorf("%s: %s damaged: roll back to a sound generation (indexer rollback --index %s GENERATION), "+
			"restore the files, or build the index again", dir, count(n, "file"), dir)
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
	_, err := fmt.Fprintf(std.out, "checked %s, %s, %s; current: %s\n",
		count(len(r.Generations), "generation"), count(r.Files, "file"), humanize.Bytes(uint64(r.Bytes)), r.Current)
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

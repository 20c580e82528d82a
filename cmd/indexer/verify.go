package main

import (
	"encoding/json"
	"fmt"

	"github.com/dustin/go-humanize"
	"github.com/spf13/cobra"

	"xunwen/internal/generation"
	"xunwen/internal/index"
)

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
			if err := printVerified(std, report, std.json); err != nil {
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
		return fmt.Errorf("%s: %s %w: roll back to a sound generation (indexer rollback --index %s GENERATION), "+
			"restore the files, or build the index again", dir, count(n, "file"), generation.ErrDamaged, dir)
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

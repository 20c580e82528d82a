package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"

	"github.com/spf13/cobra"

	"xunwen/internal/generation"
	"xunwen/internal/live"
)

// indexFlags is the flag of commands that read or change an index.
type indexFlags struct {
	dir string
}

// register adds the flag to a command and requires it.
func (f *indexFlags) register(cmd *cobra.Command) {
	cmd.PreRunE = func(*cobra.Command, []string) error { return required("index", f.dir) }
	f.flags(cmd)
}

// flags adds the flag to a command.
func (f *indexFlags) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.dir, "index", "", "folder of the index, e.g. indexes/news")
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

// errNotIntact means that an index folder has no index that can answer.
var errNotIntact = errors.New("no intact index is published there")

// openPublished opens the published generation of the index in dir to answer
// queries; the caller closes it.
func openPublished(ctx context.Context, std *streams, dir string) (*live.Engine, error) {
	log, err := std.log()
	if err != nil {
		return nil, err
	}
	log = slog.New(warnings{log.Handler()}) // that a generation is served now would not be true
	engine := live.Open(ctx, dir, live.Options{Log: log})
	err = ctx.Err()
	if err == nil && engine.Generation() == "" {
		err = fmt.Errorf("%s: %w: build one with indexer build --out %s", dir, errNotIntact, dir)
	}
	if err != nil {
		return nil, errors.Join(err, engine.Close())
	}
	return engine, nil
}

// warnings is a handler of warnings and errors only.
type warnings struct{ slog.Handler }

// Enabled implements slog.Handler.
func (h warnings) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && h.Handler.Enabled(ctx, level)
}

// indexError makes an error about the index in dir say what to do when there is
// no index, no such folder, or no CURRENT to name the published generation.
func indexError(dir string, err error) error {
	names, namesErr := generation.In(dir).Names()
	if namesErr == nil && len(names) > 0 && errors.Is(err, generation.ErrNone) {
		return fmt.Errorf("--index %s: %w: %s is missing, but the folder has %s; "+
			"publish one with indexer rollback --index %s GENERATION",
			dir, generation.ErrNone, generation.CurrentFile, count(len(names), "generation"), dir)
	}
	if _, statErr := os.Stat(dir); errors.Is(statErr, fs.ErrNotExist) || errors.Is(err, generation.ErrNone) {
		return fmt.Errorf("--index %s: %w: correct the folder, or build an index with indexer build --out %s PATH",
			dir, generation.ErrNone, dir)
	}
	return err
}

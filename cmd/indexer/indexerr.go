package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"xunwen/internal/generation"
)

// indexError makes an error about the index in dir say what to do when there is
// no index, no such folder, or no CURRENT to name the published generation.
func indexError(dir string, err error) error {
	names, unread := generation.In(dir).Names()
	if unread == nil && len(names) > 0 && errors.Is(err, generation.ErrNone) {
		return fmt.Errorf("--index %s: %s is missing, but the folder has %s: "+
			"publish one with indexer rollback --index %s GENERATION: %w",
			dir, generation.CurrentFile, count(len(names), "generation"), dir, generation.ErrNone)
	}
	if _, gone := os.Stat(dir); errors.Is(gone, fs.ErrNotExist) || errors.Is(err, generation.ErrNone) {
		return fmt.Errorf("--index %s: %w: correct the folder, or build an index with indexer build --out %s PATH",
			dir, generation.ErrNone, dir)
	}
	return err
}

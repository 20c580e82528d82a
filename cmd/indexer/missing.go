package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"xunwen/internal/generation"
)

// missing makes an error about the index in dir say what to do where there is
// no index, or no such folder, or nothing that says which generation it is.
func missing(dir string, err error) error {
	names, unread := generation.In(dir).Names()
	if unread == nil && len(names) > 0 && errors.Is(err, generation.ErrNone) {
		return fmt.Errorf("--index %s: %s is missing, with %s there: publish one of them with indexer rollback --index %s GENERATION: %w",
			dir, generation.CurrentFile, count(len(names), "generation"), dir, generation.ErrNone)
	}
	if _, gone := os.Stat(dir); errors.Is(gone, fs.ErrNotExist) || errors.Is(err, generation.ErrNone) {
		return fmt.Errorf("--index %s: %w there: correct the folder, or build an index with indexer build --out %s PATH",
			dir, generation.ErrNone, dir)
	}
	return err
}

package index

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"xunwen/internal/analyzer"
	"xunwen/internal/generation"
	"xunwen/internal/news"
	"xunwen/internal/record"
)

// install brings the dictionaries: a new user dictionary's, else those that an
// index to be added to was cut with, else the program's own.
func (b *builder) install(dir string) error {
	if b.Append && b.UserDict == "" {
		current, err := currentPath(b.folder)
		if err == nil {
			return os.CopyFS(dir, os.DirFS(filepath.Join(current, analyzerDir)))
		}
		if !errors.Is(err, generation.ErrNone) {
			return fmt.Errorf("adding to the current generation: %w", err)
		}
	}
	return analyzer.Install(dir, b.UserDict)
}

// currentPath returns the folder of the published generation, whose format is
// this program's. Without one the error is generation.ErrNone, wrapped.
func currentPath(f generation.Folder) (string, error) {
	c, err := f.Current()
	if err != nil {
		return "", err
	}
	_, _, err = readManifest(f, c)
	return f.Dir(c.Name), err
}

// appendCurrent emits the articles of the published generation, if there is one.
func appendCurrent(f generation.Folder, emit func(*news.Article) error) error {
	path, err := currentPath(f)
	if errors.Is(err, generation.ErrNone) {
		names, listing := f.Names()
		if listing == nil && len(names) == 0 {
			return nil // the first build
		}
		return errors.Join(err, listing, fmt.Errorf("%d generations are there: put %s back, or build without adding", len(names), generation.CurrentFile))
	}
	if err != nil {
		return err
	}
	store, err := record.Open(filepath.Join(path, recordsDir))
	if err != nil {
		return err
	}
	defer store.Close() // read only
	for i := range store.Len() {
		a, err := store.Get(i)
		if err != nil {
			return err
		}
		if err := emit(&a); err != nil {
			return err
		}
	}
	return nil
}

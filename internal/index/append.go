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

// install brings the dictionaries. An index that is added to keeps what no new
// file was given for: with a new user dictionary its synonyms, else also the
// dictionaries that it was cut with.
func (b *builder) install(dir string) error {
	before := "" // the dictionaries of the generation to be added to
	if b.Append {
		current, err := currentPath(b.folder)
		switch {
		case err == nil:
			before = filepath.Join(current, analyzerDir)
		case !errors.Is(err, generation.ErrNone):
			return fmt.Errorf("adding to the current generation: %w", err)
		}
	}
	var err error
	switch {
	case before != "" && b.UserDict == "":
		err = os.CopyFS(dir, os.DirFS(before))
	case before != "":
		err = errors.Join(analyzer.Install(dir, b.UserDict), analyzer.CopySynonyms(before, dir))
	default:
		err = analyzer.Install(dir, b.UserDict)
	}
	if err == nil && b.Synonyms != "" {
		err = analyzer.InstallSynonyms(dir, b.Synonyms)
	}
	return err
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

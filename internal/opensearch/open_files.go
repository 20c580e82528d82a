package opensearch

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"sync/atomic"

	"xunwen/internal/analyzer"
	"xunwen/internal/index"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/suggest"
)

// dictionaries are those of a generation, which others with the same ones share.
type dictionaries struct {
	*analyzer.Analyzer
	users atomic.Int64
}

// openDictionaries returns the dictionaries of an index, those of the generation before it if they are the same.
func openDictionaries(
	ctx context.Context, c *client.Client, name string, m *layout.Manifest, dir string, segmenter analyzer.Segmenter,
	before *Generation,
) (*dictionaries, error) {
	if before != nil && before.manifest.Analyzer == m.Analyzer {
		before.dictionaries.users.Add(1)
		return before.dictionaries, nil
	}
	for _, f := range m.Files {
		if path.Dir(f.Path) != index.AnalyzerDir {
			continue
		}
		if err := readFile(ctx, c, name, f, dir); err != nil {
			return nil, err
		}
	}
	words, err := analyzer.Open(filepath.Join(dir, index.AnalyzerDir), analyzer.WithSegmenter(segmenter))
	if err != nil {
		return nil, err
	}
	if words.Fingerprint() != m.Analyzer {
		words.Close()
		return nil, fmt.Errorf("index %s has other dictionaries than it was built with: publish the generation again", name)
	}
	out := &dictionaries{Analyzer: words}
	out.users.Add(1)
	return out, nil
}

func readLexicon(
	ctx context.Context, c *client.Client, name string, m *layout.Manifest, dir string,
) (*suggest.Lexicon, error) {
	for _, f := range m.Files {
		if f.Path == index.LexiconFile {
			if err := readFile(ctx, c, name, f, dir); err != nil {
				return nil, err
			}
		}
	}
	return index.ReadLexicon(filepath.Join(dir, index.LexiconFile))
}

// readFile copies a file of a generation into a folder.
func readFile(ctx context.Context, c *client.Client, name string, f layout.StoredFile, dir string) (err error) {
	if !filepath.IsLocal(filepath.FromSlash(f.Path)) {
		return fmt.Errorf("index %s has a file %q", name, f.Path)
	}
	to := filepath.Join(dir, filepath.FromSlash(f.Path))
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	size := 0
	for part := range f.Parts {
		data, err := readPart(ctx, c, client.Path(layout.FilesIndex(name), "_doc", f.Path+"#"+strconv.Itoa(part)))
		if err != nil {
			return fmt.Errorf("%s of index %s: %w", f.Path, name, err)
		}
		size += len(data)
		if _, err := out.Write(data); err != nil {
			return err
		}
	}
	if size != f.Size {
		return fmt.Errorf("%s of index %s has %d of %d bytes", f.Path, name, size, f.Size)
	}
	return nil
}

// readPart reads a part of a file.
func readPart(ctx context.Context, c *client.Client, path string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, fileTime)
	defer cancel()
	var answer struct {
		Source struct {
			Data string `json:"data"`
		} `json:"_source"`
	}
	if err := c.Do(ctx, http.MethodGet, path, nil, &answer); err != nil {
		return nil, err
	}
	return base64.StdEncoding.DecodeString(answer.Source.Data)
}

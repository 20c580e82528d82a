package opensearch

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"xunwen/internal/analyzer"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/search"
	"xunwen/internal/suggest"
)

// Generation is a generation in a cluster that is open for answering.
type Generation struct {
	*Engine
	manifest layout.Manifest
}

// Open opens the generation that an alias points to.
// Errors: search.ErrNotReady if it points to none.
func Open(
	ctx context.Context, c *client.Client, name string, segmenter analyzer.Segmenter, o Options,
) (*Generation, error) {
	indexes, err := c.Aliased(ctx, name)
	if err != nil {
		return nil, err
	}
	if len(indexes) == 0 {
		return nil, fmt.Errorf("no index has the alias %s: %w", name, search.ErrNotReady)
	}
	if len(indexes) > 1 {
		return nil, fmt.Errorf("the alias %s points to several indexes: %v", name, indexes)
	}
	return openIndex(ctx, c, indexes[0], segmenter, o)
}

func openIndex(
	ctx context.Context, c *client.Client, name string, segmenter analyzer.Segmenter, o Options,
) (*Generation, error) {
	m, err := layout.ReadManifest(ctx, c, name)
	if err != nil {
		return nil, err
	}
	if m.Schema != layout.SchemaVersion {
		return nil, fmt.Errorf("index %s has layout %d, this program reads %d: %w; build it again with "+
			"indexer build --engine opensearch", name, m.Schema, layout.SchemaVersion, generation.ErrFormat)
	}
	dir, err := os.MkdirTemp("", "xunwen-opensearch-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) // everything is in memory then
	for _, f := range m.Files {
		if err := readFile(ctx, c, name, f, dir); err != nil {
			return nil, err
		}
	}
	words, err := analyzer.Open(filepath.Join(dir, index.AnalyzerDir), analyzer.WithSegmenter(segmenter))
	if err != nil {
		return nil, err
	}
	lexicon, err := index.ReadLexicon(filepath.Join(dir, index.LexiconFile))
	if err != nil {
		words.Close()
		return nil, err
	}
	if o.Clauses == 0 {
		if o.Clauses, err = maxClauses(ctx, c); err != nil {
			words.Close()
			return nil, err
		}
	}
	o.Completer = sync.OnceValues(func() (*suggest.Completer, error) {
		return suggest.NewCompleter(lexicon, words.Folder, words.IsStopWord, words.Spelling), nil
	})
	return &Generation{newEngine(c, name, m.Generation, words, m.Sizes, o), m}, nil
}

// Close releases the dictionaries. No request may be running.
func (g *Generation) Close() { g.words.Close() }

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
		var answer struct {
			Source struct {
				Data string `json:"data"`
			} `json:"_source"`
		}
		id := f.Path + "#" + strconv.Itoa(part)
		path := client.Path(layout.FilesIndex(name), "_doc", id)
		if err := c.Do(ctx, http.MethodGet, path, nil, &answer); err != nil {
			return err
		}
		data, err := base64.StdEncoding.DecodeString(answer.Source.Data)
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

// maxClauses returns how many terms a query may have, as the cluster is set.
func maxClauses(ctx context.Context, c *client.Client) (int, error) {
	type settings struct {
		Indices struct {
			Query struct {
				Bool struct {
					Most string `json:"max_clause_count"`
				} `json:"bool"`
			} `json:"query"`
		} `json:"indices"`
	}
	var answer struct{ Transient, Persistent, Defaults settings }
	err := c.Do(ctx, http.MethodGet,
		"/_cluster/settings?include_defaults=true&filter_path=*.indices.query.bool.max_clause_count", nil, &answer)
	if client.IsStatus(err, http.StatusForbidden) { // a user that may only search
		return defaultClauses, nil
	}
	if err != nil {
		return 0, err
	}
	for _, s := range []settings{answer.Transient, answer.Persistent, answer.Defaults} {
		if n, err := strconv.Atoi(s.Indices.Query.Bool.Most); err == nil {
			return n * defaultClauses / luceneClauses, nil
		}
	}
	return defaultClauses, nil
}

// luceneClauses is what a cluster allows unless it is set otherwise.
const luceneClauses = 1024

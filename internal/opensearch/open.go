package opensearch

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strconv"
	"sync"
	"time"

	"xunwen/internal/analyzer"
	"xunwen/internal/generation"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/search"
	"xunwen/internal/suggest"
)

// Generation is a generation in a cluster that is open for answering.
type Generation struct {
	*Engine
	manifest     layout.Manifest
	index        string
	dictionaries *dictionaries
}

// Open opens the generation that an alias points to.
// Errors: search.ErrNotReady if it points to none.
func Open(
	ctx context.Context, c *client.Client, name string, segmenter analyzer.Segmenter, o Options,
) (*Generation, error) {
	p, err := pointedTo(ctx, c, name)
	if err != nil {
		return nil, err
	}
	return p.open(ctx, c, segmenter, o, nil)
}

// pointed is the index that an alias points to.
type pointed struct {
	index   string
	aliases []string // that it has
}

// pointedTo returns the index that an alias points to.
// Errors: search.ErrNotReady if there is none.
func pointedTo(ctx context.Context, c *client.Client, name string) (pointed, error) {
	ctx, cancel := context.WithTimeout(ctx, aliasTime)
	defer cancel()
	all, err := c.Aliases(ctx, name)
	if err != nil {
		return pointed{}, err
	}
	if len(all) == 0 {
		return pointed{}, fmt.Errorf("no index has the alias %s: %w", name, search.ErrNotReady)
	}
	if len(all) > 1 {
		return pointed{}, fmt.Errorf("the alias %s points to several indexes: %v", name, slices.Sorted(maps.Keys(all)))
	}
	var out pointed
	for out.index, out.aliases = range all {
	}
	return out, nil
}

// Bounds of a request.
const (
	aliasTime = 2 * time.Second
	fileTime  = 20 * time.Second // for a part of a file
)

// open opens the index; before is a generation that is open, or nil.
func (p pointed) open(
	ctx context.Context, c *client.Client, segmenter analyzer.Segmenter, o Options, before *Generation,
) (*Generation, error) {
	m, err := layout.ReadManifest(ctx, c, p.index)
	if err != nil {
		return nil, err
	}
	if m.Schema != layout.SchemaVersion {
		return nil, fmt.Errorf("index %s has layout %d, this program reads %d: %w; build it again with "+
			"indexer build --engine opensearch", p.index, m.Schema, layout.SchemaVersion, generation.ErrFormat)
	}
	if !slices.Contains(p.aliases, m.Alias) {
		return nil, fmt.Errorf("index %s is not the one that was published: it was deleted, and another one has its "+
			"name; publish the generation again", p.index)
	}
	dir, err := os.MkdirTemp("", "xunwen-opensearch-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) // everything is in memory then
	words, err := openDictionaries(ctx, c, p.index, &m, dir, segmenter, before)
	if err != nil {
		return nil, err
	}
	out := &Generation{manifest: m, index: p.index, dictionaries: words}
	lexicon, err := readLexicon(ctx, c, p.index, &m, dir)
	if err == nil && o.Clauses == 0 {
		o.Clauses, err = maxClauses(ctx, c)
	}
	if err != nil {
		out.Close()
		return nil, err
	}
	o.Completer = sync.OnceValues(func() (*suggest.Completer, error) {
		return suggest.NewCompleter(lexicon, words.Folder, words.IsStopWord, words.Spelling), nil
	})
	out.Engine = newEngine(c, m.Alias, m.Generation, words.Analyzer, m.Sizes, o)
	return out, nil
}

// Close releases the dictionaries. No request may be running.
func (g *Generation) Close() {
	if g.dictionaries.users.Add(-1) == 0 {
		g.dictionaries.Analyzer.Close()
	}
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

package opensearch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"xunwen/internal/engine"
	"xunwen/internal/index"
)

// Names of a cluster: the alias NAME points to the index NAME-GENERATION that is served.
func indexName(name, generation string) string { return name + "-" + strings.ToLower(generation) }

// filesIndex names the index with the manifest, the dictionaries and the lexicon of a generation.
func filesIndex(index string) string { return index + filesSuffix }

const filesSuffix = "-files"

// manifest describes a generation in a cluster. It is written last, once all documents are.
type manifest struct {
	Schema     int          `json:"schema"`
	Generation string       `json:"generation"`
	Created    time.Time    `json:"created"`
	Articles   int          `json:"articles"`
	Paragraphs int          `json:"paragraphs"`
	TextBytes  int64        `json:"text_bytes"`
	Analyzer   string       `json:"analyzer"`
	Sizes      engine.Sizes `json:"sizes"`
	Files      []storedFile `json:"files"`

	// Segmentation is the fingerprint of the dictionaries that texts are folded and segmented with.
	Segmentation string `json:"segmentation"`

	written
}

// storedFile is a file of a generation, in parts.
type storedFile struct {
	Path  string `json:"path"`
	Parts int    `json:"parts"`
	Size  int    `json:"size"`
}

// Publishing is how a generation is published.
type Publishing struct {
	Name     string // of the alias
	Shape    Shape
	Progress func(done, total int) // articles; nil for none
	Reject   func(Reject)
	Sent     func(Sent) // called once everything is sent; nil for none
}

// Sent is what a publication sent to the cluster.
type Sent struct {
	Roots  int // root documents: articles, and items of round-ups
	Bytes  int64
	Cloned bool // it was sent to a clone of the index that was served
}

// Publish copies a generation into an index of its own, counts what it has, and points the alias to it. If the
// index that is served has most of the articles, the new one is a clone of it, to which the difference is written.
// An index that an earlier attempt left incomplete is made again.
func Publish(ctx context.Context, c *Client, g *index.Generation, p Publishing) error {
	name := indexName(p.Name, g.Manifest.Generation)
	done, err := c.readManifest(ctx, name)
	switch {
	case err == nil && done.Schema == schemaVersion:
		return c.pointAlias(ctx, p.Name, name)
	case err == nil:
		return fmt.Errorf("index %s has layout %d, and this program writes layout %d: build a new generation, "+
			"or delete the index", name, done.Schema, schemaVersion)
	case err != nil && !isIncomplete(err): // it may be whole, and served
		return fmt.Errorf("publishing %s to OpenSearch: %w", g.Manifest.Generation, err)
	}
	if err := c.deleteIndexes(ctx, filesIndex(name), name); err != nil {
		return err
	}
	w, err := c.fill(ctx, name, g, p)
	if err != nil {
		return fmt.Errorf("publishing %s to OpenSearch: %w", g.Manifest.Generation, err)
	}
	if p.Sent != nil {
		p.Sent(w.sent)
	}
	if err := c.finish(ctx, name, &w, g.Manifest.TextBytes); err != nil {
		return err
	}
	m := manifest{
		Schema: schemaVersion, Generation: g.Manifest.Generation, Created: g.Manifest.Created,
		Articles: g.Manifest.Articles, Paragraphs: g.Manifest.Paragraphs, TextBytes: g.Manifest.TextBytes,
		Analyzer: g.Manifest.Analyzer, Segmentation: g.Analyzer().SegmentationFingerprint(),
		Sizes: g.Columns.Sizes(), written: w,
	}
	if err := c.writeFiles(ctx, name, g.Dir(), &m, p.Shape); err != nil {
		return err
	}
	return c.pointAlias(ctx, p.Name, name)
}

// fill makes an index with the articles of a generation: a clone of the one that is served, or a new one.
func (c *Client) fill(ctx context.Context, name string, g *index.Generation, p Publishing) (written, error) {
	base, err := c.base(ctx, g, p)
	if err != nil {
		return written{}, err
	}
	var d *difference // nil to load all
	if base != nil {
		if d, err = c.compare(ctx, base, g, p.Progress); err != nil {
			return written{}, err
		}
	}
	if d != nil {
		err := c.clone(ctx, base.index, name, p.Shape.Replicas)
		if err == nil {
			return c.change(ctx, name, d, g, p)
		}
		var refused *StatusError // such as by a cluster that doesn't let this user clone
		if !errors.As(err, &refused) || isTemporary(err) {
			return written{}, err
		}
		if err := c.deleteIndexes(ctx, name); err != nil {
			return written{}, err
		}
	}
	return load(ctx, c, name, p.Shape, g.Analyzer(), articlesOf(g, p.Progress), p.Reject)
}

// partBytes is how much of a file is one document.
const partBytes = 4 << 20

// writeFiles stores the dictionaries and the lexicon, and then the manifest.
func (c *Client) writeFiles(ctx context.Context, name, dir string, m *manifest, s Shape) error {
	files := filesIndex(name)
	body := object{
		"settings": object{"index": object{"number_of_shards": 1, "number_of_replicas": s.Replicas}},
		"mappings": object{"dynamic": "strict", "properties": object{
			"manifest": object{"type": "object", "enabled": false},
			"data":     object{"type": "binary"},
		}},
	}
	if err := c.create(ctx, pathOf(files), body); err != nil {
		return err
	}
	write := func(file string) error {
		content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(file)))
		if err != nil {
			return err
		}
		stored := storedFile{Path: file, Size: len(content)}
		for part := range slices.Chunk(content, partBytes) {
			id := file + "#" + strconv.Itoa(stored.Parts)
			if err := c.putDocument(ctx, files, id, object{"data": part}); err != nil {
				return err
			}
			stored.Parts++
		}
		m.Files = append(m.Files, stored)
		return nil
	}
	dictionaries := filepath.Join(dir, index.AnalyzerDir)
	entries, err := fs.ReadDir(os.DirFS(dictionaries), ".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := write(path.Join(index.AnalyzerDir, e.Name())); err != nil {
			return err
		}
	}
	if err := write(index.LexiconFile); err != nil {
		return err
	}
	return c.putDocument(ctx, files, manifestID, object{"manifest": m})
}

const manifestID = "manifest"

func (c *Client) putDocument(ctx context.Context, index, id string, body object) error {
	return c.insist(ctx, http.MethodPut, pathOf(index, "_doc", id)+"?refresh=true", body, nil)
}

var errIncomplete = errors.New("it was not published completely")

// readManifest reads the manifest of an index.
func (c *Client) readManifest(ctx context.Context, index string) (manifest, error) {
	var answer struct {
		Source struct {
			Manifest manifest `json:"manifest"`
		} `json:"_source"`
	}
	err := c.do(ctx, http.MethodGet, pathOf(filesIndex(index), "_doc", manifestID), nil, &answer)
	if isStatus(err, http.StatusNotFound) {
		err = fmt.Errorf("index %s: %w", index, errIncomplete)
	}
	return answer.Source.Manifest, err
}

// deleteIndexes deletes indexes; those that don't exist are no error.
func (c *Client) deleteIndexes(ctx context.Context, names ...string) error {
	for _, name := range names {
		err := c.do(ctx, http.MethodDelete, pathOf(name), nil, nil)
		if err != nil && !isStatus(err, http.StatusNotFound) {
			return err
		}
	}
	return nil
}

// pointAlias points an alias to one index, in one step.
func (c *Client) pointAlias(ctx context.Context, name, index string) error {
	old, err := c.aliased(ctx, name)
	if err != nil {
		return err
	}
	actions := []object{{"add": object{"index": index, "alias": name}}}
	for _, other := range old {
		if other != index {
			actions = append(actions, object{"remove": object{"index": other, "alias": name}})
		}
	}
	return c.insist(ctx, http.MethodPost, "/_aliases", object{"actions": actions}, nil)
}

// aliased lists the indexes that an alias points to.
func (c *Client) aliased(ctx context.Context, name string) ([]string, error) {
	var answer map[string]json.RawMessage
	err := c.do(ctx, http.MethodGet, pathOf("_alias", name), nil, &answer)
	if isStatus(err, http.StatusNotFound) {
		return nil, nil
	}
	var out []string
	for index := range answer {
		out = append(out, index)
	}
	slices.Sort(out)
	return out, err
}

func isIncomplete(err error) bool { return errors.Is(err, errIncomplete) }

// isGeneration reports whether the end of an index's name is that of a generation, 20260312t081500 or with a
// number after it.
func isGeneration(s string) bool {
	_, err := time.Parse("20060102t150405", s[:min(len(s), len("20060102t150405"))])
	return err == nil
}

// number returns a number of an answer, 0 for none.
func number(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

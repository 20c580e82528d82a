package publication

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"time"

	"xunwen/internal/index"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/layout"
)

// Publishing is how a generation is published.
type Publishing struct {
	Name     string // of the alias
	Shape    layout.Shape
	Progress func(done, total int) // articles; nil for none
	Reject   func(Reject)
	Sent     func(Sent) // called once everything is sent, if the cluster lacks the generation; nil for none

	// Kept is called with the shape of an index that is there already, which stays as it is; nil for none.
	Kept func(layout.Shape)

	Log *slog.Logger // nil for none
}

// Sent is what a publication sent to the cluster.
type Sent struct {
	Roots  int // root documents: articles, and items of round-ups
	Bytes  int64
	Cloned bool // it was sent to a clone of the index that was served
}

// Publish copies a generation into an index of its own, counts what it has, and points the alias to it. If the
// index that is served has most of the articles, the new one is a clone of it, to which the difference is written.
// An index that is there already is counted too, and made again if it is not complete.
func Publish(ctx context.Context, to *client.Client, g *index.Generation, p Publishing) error {
	if p.Log == nil {
		p.Log = slog.New(slog.DiscardHandler)
	}
	d := newDraft(layout.IndexName(p.Name, g.Manifest.Generation))
	err := cluster{to, p.Log}.publishAs(ctx, d, g, p)
	if d.isGone(err) {
		err = fmt.Errorf("%w: %w", errOther, err)
	}
	if err != nil {
		return fmt.Errorf("publishing %s to OpenSearch: %w", g.Manifest.Generation, err)
	}
	return nil
}

// publishAs is Publish by a draft.
func (c cluster) publishAs(ctx context.Context, d draft, g *index.Generation, p Publishing) error {
	name := d.index
	done, err := layout.ReadManifest(ctx, c.Client, name) // fails at once where the cluster is down
	if err == nil && done.Schema != layout.SchemaVersion {
		return fmt.Errorf("index %s has layout %d, and this program writes layout %d: build a new generation, "+
			"or delete the index", name, done.Schema, layout.SchemaVersion)
	}
	if err == nil {
		if err = c.serveAgain(ctx, p.Name, name, &done); err == nil {
			return c.reportShape(ctx, name, p.Kept)
		}
		if layout.IsIncomplete(err) {
			c.log.Warn("the generation is written again", "error", err)
		}
	}
	if !layout.IsIncomplete(err) { // it may be whole, and served
		return fmt.Errorf("looking for index %s: %w", name, err)
	}
	if err := c.DeleteIndexes(ctx, d.files().index, d.index); err != nil {
		return fmt.Errorf("making way for index %s: %w", name, err)
	}
	if err := c.createFiles(ctx, d.files(), p.Shape); err != nil {
		return fmt.Errorf("making index %s: %w", d.files().index, err)
	}
	w, err := c.fill(ctx, d, g, p)
	if err != nil {
		return fmt.Errorf("filling index %s: %w", name, err)
	}
	if p.Sent != nil {
		p.Sent(w.sent)
	}
	if err := c.finish(ctx, d, &w.Written, g.Manifest.TextBytes); err != nil {
		return fmt.Errorf("merging the segments of index %s: %w", name, err)
	}
	m := layout.Manifest{
		Schema: layout.SchemaVersion, Generation: g.Manifest.Generation, Created: g.Manifest.Created,
		Articles: g.Manifest.Articles, Paragraphs: g.Manifest.Paragraphs, TextBytes: g.Manifest.TextBytes,
		Analyzer: g.Manifest.Analyzer, Segmentation: g.Analyzer().SegmentationFingerprint(),
		Sizes: g.Columns.Sizes(), Written: w.Written, Alias: d.alias,
	}
	if err := c.writeFiles(ctx, d.files(), g.Dir(), &m); err != nil {
		return fmt.Errorf("storing the dictionaries in index %s: %w", d.files().index, err)
	}
	return c.publish(ctx, p.Name, d)
}

// cluster is a client with what publishing asks of a cluster.
type cluster struct {
	*client.Client
	log *slog.Logger
}

// fill makes an index with the articles of a generation: a clone of the one that is served, or a new one.
func (c cluster) fill(ctx context.Context, to draft, g *index.Generation, p Publishing) (filled, error) {
	base, err := c.base(ctx, g, p)
	if err != nil {
		return filled{}, err
	}
	var d *difference // nil to load all
	if base != nil {
		if d, err = c.compare(ctx, base, g, p.Progress); err != nil {
			return filled{}, err
		}
	}
	if d != nil {
		err := c.clone(ctx, base.index, to, p.Shape.Replicas)
		if err == nil {
			return c.change(ctx, to, d, g, p)
		}
		var refused *client.StatusError // such as by a cluster that doesn't let this user clone
		if !errors.As(err, &refused) || client.IsTemporary(err) {
			return filled{}, err
		}
		c.log.Warn("the cluster refused to clone the index that is served; all articles are loaded instead",
			"index", base.index, "error", err)
	}
	return c.load(ctx, to, p.Shape, g.Analyzer(), articlesOf(g, p.Progress), p.Reject)
}

// partBytes is how much of a file is one document.
const partBytes = 4 << 20

// createFiles makes the index for the files of a generation.
func (c cluster) createFiles(ctx context.Context, d draft, s layout.Shape) error {
	return c.createEmpty(ctx, d, object{
		"settings": object{"index": object{"number_of_shards": 1, "number_of_replicas": s.Replicas}},
		"mappings": object{"dynamic": "strict", "properties": object{
			"manifest": object{"type": "object", "enabled": false},
			"data":     object{"type": "binary"},
		}},
	})
}

// writeFiles stores the dictionaries and the lexicon, and then the manifest.
func (c cluster) writeFiles(ctx context.Context, d draft, dir string, m *layout.Manifest) error {
	write := func(file string) error {
		content, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(file)))
		if err != nil {
			return err
		}
		stored := layout.StoredFile{Path: file, Size: len(content)}
		for part := range slices.Chunk(content, partBytes) {
			id := file + "#" + strconv.Itoa(stored.Parts)
			if err := c.putDocument(ctx, d, id, object{"data": part}); err != nil {
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
	return c.putDocument(ctx, d, layout.ManifestID, object{"manifest": m})
}

// putDocument writes a document.
func (c cluster) putDocument(ctx context.Context, d draft, id string, body object) error {
	path := client.Path(d.alias, "_doc", id) + "?refresh=true&require_alias=true"
	return c.Insist(ctx, http.MethodPut, path, body, nil)
}

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

// object is a JSON object.
type object = map[string]any

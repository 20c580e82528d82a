package index

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"golang.org/x/sync/errgroup"

	"xunwen/internal/engine"
	"xunwen/internal/neardup"
	"xunwen/internal/record"
)

const (
	// maxShards bounds the shards: each keeps one core busy while it is built
	// and costs every query a look into one more segment.
	maxShards = 2
	// shardArticles is from how many articles on a second shard pays.
	shardArticles = 500
	// stripe is how many articles in a row go into one shard: more than a
	// block of records holds, so that few blocks are read twice.
	stripe = 32
	// batchDocuments is how many documents become a segment before merging:
	// 1,000 to 8,000 take the same time, and 409 MB to 1.3 GB of memory.
	batchDocuments = 1000
	// mergeSegments is how many segments are merged at a time.
	mergeSegments = 10
)

// index cuts the stored articles and builds the shards, one goroutine each.
func (b *builder) index(ctx context.Context) error {
	store, err := record.Open(filepath.Join(b.dir, recordsDir))
	if err != nil {
		return err
	}
	defer store.Close() // read only
	b.columns = make([]articleColumns, store.Len())
	b.signatures = make([]neardup.Signature, store.Len())
	b.shards = 1
	if store.Len() >= shardArticles {
		b.shards = maxShards
	}
	count := &counter{b: b}
	g, running := errgroup.WithContext(ctx)
	for i := range b.shards {
		g.Go(func() error { return b.indexShard(running, i, store, count) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return b.group(ctx, store)
}

// group finds the near-duplicates among the articles.
func (b *builder) group(ctx context.Context, store *record.Store) error {
	groups, err := neardup.Comparer{Fold: b.words.Folder}.Groups(ctx, b.signatures, store.Get)
	if err != nil {
		return fmt.Errorf("grouping near-duplicates: %w", err)
	}
	b.signatures = nil
	for i, first := range groups {
		b.columns[i].group = first
		if int(first) == i {
			continue
		}
		for _, n := range []int{int(first), i} {
			if b.columns[n].id != "" {
				continue
			}
			a, err := store.Get(n)
			if err != nil {
				return err
			}
			b.columns[n].id = a.ID
		}
	}
	return nil
}

func (b *builder) indexShard(ctx context.Context, shard int, store *record.Store, count *counter) error {
	out, err := bleve.NewBuilder(shardDir(filepath.Join(b.dir, bleveDir), shard), newMapping(), map[string]any{
		"batchSize": batchDocuments, "mergeMax": mergeSegments, "buildPathPrefix": b.dir,
	})
	if err != nil {
		return err
	}
	cut, copies := cutter{b.words}, neardup.Comparer{Fold: b.words.Folder}
	for i := range store.Len() {
		if i/stripe%b.shards != shard {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		a, err := store.Get(i)
		if err != nil {
			return err
		}
		b.columns[i].day = engine.Day(a.Date)
		b.signatures[i] = copies.Sign(&a)
		for n, d := range cut.documents(&a) {
			b.columns[i].lengths = append(b.columns[i].lengths, [2]uint32{d.words, d.grams})
			if err := out.Index(documentID(i, n), d.fields); err != nil {
				return err
			}
		}
		count.add(sizeOf(&a).text)
	}
	return out.Close() // merges; it needs a document, and each shard has one
}

// counter gathers the shards' progress.
type counter struct {
	b     *builder
	mu    sync.Mutex
	done  int
	bytes int64
}

func (c *counter) add(text int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done++
	c.bytes += text
	c.b.Progress(Progress{Phase: "index", Done: c.done, Total: c.b.articles, Bytes: c.bytes})
}

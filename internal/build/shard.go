package build

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"golang.org/x/sync/errgroup"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
	"xunwen/internal/index"
	"xunwen/internal/neardup"
	"xunwen/internal/news"
	"xunwen/internal/record"
)

const (
	// shardArticles is from how many articles on a second shard pays.
	shardArticles = 500
	// stripe is how many articles in a row go into one shard: more than a
	// block of records holds, so that few blocks are read twice.
	stripe = 32
	// batchDocuments is how many documents become a segment before merging:
	// 1,000 to 8,000 take the same time, and 409 MB to 1.3 GB of memory.
	batchDocuments = 1000
	// batchBytes is how much text they may be, beside the largest of them: a
	// byte takes some 28 while it is counted and inverted (30 texts of 1 MB), and
	// 100 where no word comes twice.
	batchBytes = 8 << 20
	// leastBatch bounds how often segments are written and merged.
	leastBatch = 16
	// mergeSegments is how many segments are merged at a time.
	mergeSegments = 10
)

// volumeBuilder makes a volume of the records that lie in its folder.
type volumeBuilder struct {
	dir        string // the volume's
	tmp        string // where bleve may put what it merges
	words      *analyzer.Analyzer
	progress   *counter
	space      *space
	store      *record.Store
	shards     int
	columns    []index.ArticleColumns
	signatures []neardup.Signature
}

// build cuts the stored articles and builds the shards, one goroutine each.
func (b *volumeBuilder) build(ctx context.Context) (err error) {
	if b.store, err = record.Open(filepath.Join(b.dir, index.RecordsDir)); err != nil {
		return err
	}
	defer b.store.Close() // read only
	b.columns = make([]index.ArticleColumns, b.store.Len())
	b.signatures = make([]neardup.Signature, b.store.Len())
	b.shards = 1
	if b.store.Len() >= shardArticles {
		b.shards = index.MaxShards
	}
	if err := os.Mkdir(filepath.Join(b.dir, index.BleveDir), 0o755); err != nil {
		return err
	}
	g, running := errgroup.WithContext(ctx)
	for i := range b.shards {
		g.Go(func() error { return b.shard(running, i) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if err := index.WriteSignatures(filepath.Join(b.dir, index.SignaturesFile), b.signatures); err != nil {
		return err
	}
	return index.WriteColumns(filepath.Join(b.dir, index.ColumnsFile), b.columns)
}

func (b *volumeBuilder) shard(ctx context.Context, shard int) error {
	sizes, err := b.sizes(ctx, shard)
	if err != nil {
		return err
	}
	out, err := bleve.NewBuilder(index.ShardDir(b.dir, shard), newMapping(), map[string]any{
		"batchSize": batchOf(sizes), "mergeMax": mergeSegments, "buildPathPrefix": b.tmp,
	})
	if err != nil {
		return err
	}
	cut := cutter{b.words}
	compare := neardup.Comparer{Fold: b.words.Folder}
	err = b.each(ctx, shard, func(i int, a *news.Article) error {
		b.columns[i].Day = engine.Day(a.Date)
		b.signatures[i] = compare.Sign(a)
		for n, d := range cut.documents(a) {
			b.columns[i].Lengths = append(b.columns[i].Lengths, [2]uint32{d.words, d.grams})
			if err := out.Index(index.DocumentID(i, n), d.fields); err != nil {
				return err
			}
		}
		b.progress.add(index.SizeOf(a).Text)
		return b.space.wrote(index.SizeOf(a).Text)
	})
	if err != nil {
		return err
	}
	if err := b.space.merge(b.tmp); err != nil {
		return err
	}
	return out.Close() // merges; it needs a document, and each shard has one
}

// each calls use with every stored article of a shard and its number, in order.
func (b *volumeBuilder) each(ctx context.Context, shard int, use func(i int, a *news.Article) error) error {
	for i := range b.store.Len() {
		if i/stripe%b.shards != shard {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		a, err := b.store.Get(i)
		if err != nil {
			return err
		}
		if err := use(i, &a); err != nil {
			return err
		}
	}
	return nil
}

// sizes are the bytes of text of a shard's documents.
func (b *volumeBuilder) sizes(ctx context.Context, shard int) (sizes []int, err error) {
	err = b.each(ctx, shard, func(_ int, a *news.Article) error {
		sizes = append(sizes, len(a.Title)+len(a.Kicker)+len(a.Subtitle))
		for _, p := range a.Paragraphs {
			sizes = append(sizes, len(p.Text))
		}
		return nil
	})
	return sizes, err
}

// batchOf is how many documents of these sizes make a batch. Bleve's builder
// only counts documents, all of one batch alike.
func batchOf(sizes []int) int {
	n := batchDocuments
	for ; n > leastBatch; n /= 2 {
		if !slices.ContainsFunc(slices.Collect(slices.Chunk(sizes, n)), tooLarge) {
			break
		}
	}
	return max(n, leastBatch)
}

// tooLarge says whether a smaller batch would take less memory.
func tooLarge(batch []int) bool {
	sum := 0
	for _, size := range batch {
		sum += size
	}
	return sum-slices.Max(batch) > batchBytes
}

// counter gathers the shards' progress.
type counter struct {
	show  func(Progress)
	total int
	mu    sync.Mutex
	done  int
	bytes int64
}

func (c *counter) add(text int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done++
	c.bytes += text
	c.show(Progress{Phase: "index", Done: c.done, Total: c.total, Bytes: c.bytes})
}

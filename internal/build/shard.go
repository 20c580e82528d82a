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
	"xunwen/internal/scorchplugin"
	"xunwen/internal/suggest"
)

const (
	// shardArticles is the number of articles from which a second shard pays.
	shardArticles = 500
	// stripe is how many consecutive articles go into one shard: more than a block
	// of records has, so that few blocks are read twice.
	stripe = 32
	// batchDocuments is how many documents become a segment before merging: with
	// 1,000 to 8,000 a build takes the same time, and 409 MB to 1.3 GB of memory.
	batchDocuments = 1000
	// batchBytes is how much text they may have, not counting the largest of them: a
	// byte takes about 28 while its terms are counted and inverted (30 texts of
	// 1 MB), and 100 in texts that repeat no word.
	batchBytes = 8 << 20
	// leastBatch bounds how often segments are written and merged.
	leastBatch = 16
	// mergeSegments is how many segments are merged at a time: with more, fewer postings
	// are written twice.
	mergeSegments = 500
)

// volumeBuilder makes a volume of the records in its folder.
type volumeBuilder struct {
	dir        string // of the volume
	tmp        string // where bleve may merge
	words      *analyzer.Analyzer
	progress   *counter
	disk       *diskSpace
	store      *record.Store
	shards     int
	columns    []index.ArticleColumns
	signatures []neardup.Signature
	mined      []*suggest.Miner // by shard
}

// build indexes the stored articles, in one goroutine for each shard.
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
	for range b.shards {
		b.mined = append(b.mined, suggest.NewMiner(b.store.Len(), b.words.IsStopWord))
	}
	g, ctx := errgroup.WithContext(ctx)
	for i := range b.shards {
		g.Go(func() error { return b.buildShard(ctx, i) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if err := index.WriteSignatures(filepath.Join(b.dir, index.SignaturesFile), b.signatures); err != nil {
		return err
	}
	return index.WriteColumns(filepath.Join(b.dir, index.ColumnsFile), b.columns)
}

func (b *volumeBuilder) buildShard(ctx context.Context, shard int) error {
	sizes, err := b.documentSizes(ctx, shard)
	if err != nil {
		return err
	}
	out, err := bleve.NewBuilder(index.ShardDir(b.dir, shard), newMapping(), map[string]any{
		"batchSize":           batchSize(sizes),
		"mergeMax":            mergeSegments,
		"buildPathPrefix":     b.tmp,
		"forceSegmentType":    scorchplugin.Type,
		"forceSegmentVersion": scorchplugin.Version,
	})
	if err != nil {
		return err
	}
	documents := documentMaker{b.words, b.mined[shard]}
	comparer := neardup.Comparer{Fold: b.words.Folder}
	err = b.each(ctx, shard, func(i int, a *news.Article) error {
		b.columns[i].Day, b.columns[i].Characters = engine.Day(a.Date), uint32(a.Characters())
		b.signatures[i] = comparer.Sign(a)
		for n, d := range documents.of(a) {
			b.columns[i].Documents = append(b.columns[i].Documents, d.columns)
			if err := out.Index(index.DocumentID(i, n), d.fields); err != nil {
				return err
			}
		}
		text := index.SizeOf(a).Text
		b.progress.add(text)
		return b.disk.wrote(text)
	})
	if err != nil {
		return err
	}
	b.mined[shard].End()
	if err := b.disk.beforeMerge(b.tmp); err != nil {
		return err
	}
	return out.Close() // merges; it needs a document, and each shard has one
}

// each calls visit with every stored article of a shard and its number, in
// order.
func (b *volumeBuilder) each(ctx context.Context, shard int, visit func(i int, a *news.Article) error) error {
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
		if err := visit(i, &a); err != nil {
			return err
		}
	}
	return nil
}

// documentSizes returns the bytes of text of each document of a shard.
func (b *volumeBuilder) documentSizes(ctx context.Context, shard int) (sizes []int, err error) {
	err = b.each(ctx, shard, func(_ int, a *news.Article) error {
		sizes = append(sizes, len(a.Title)+len(a.Kicker)+len(a.Subtitle))
		for _, p := range a.Paragraphs {
			sizes = append(sizes, len(p.Text))
		}
		return nil
	})
	return sizes, err
}

// batchSize returns how many documents of these sizes make a batch. Bleve's
// builder only counts documents, the same number for every batch.
func batchSize(sizes []int) int {
	n := batchDocuments
	for ; n > leastBatch; n /= 2 {
		if !slices.ContainsFunc(slices.Collect(slices.Chunk(sizes, n)), tooLarge) {
			break
		}
	}
	return max(n, leastBatch)
}

// tooLarge reports whether a smaller batch would take less memory.
func tooLarge(batch []int) bool {
	sum := 0
	for _, size := range batch {
		sum += size
	}
	return sum-slices.Max(batch) > batchBytes
}

// counter adds up the progress of the shards.
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

package build

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"golang.org/x/sync/errgroup"

	"xunwen/internal/analyzer"
	"xunwen/internal/document"
	"xunwen/internal/engine"
	"xunwen/internal/index"
	"xunwen/internal/inversion"
	"xunwen/internal/neardup"
	"xunwen/internal/record"
	"xunwen/internal/suggest"
)

const (
	// workerText is the size of records in bytes from which another worker pays.
	workerText = 128 << 10
	// postingMemory is how many bytes postings take in memory before they become runs, with
	// --memory at most its part of that. A byte of text gives 4 bytes of postings.
	postingMemory = 256 << 20
	postingPart   = 6
)

// runsDir has the runs of a volume that is built.
const runsDir = "runs"

// volumeBuilder makes a volume of the records in its folder.
type volumeBuilder struct {
	dir        string // of the volume
	memory     int64  // of postings, in bytes
	words      *analyzer.Analyzer
	progress   *counter
	disk       *diskSpace
	store      *record.Store
	sequence   []uint32 // of the articles
	columns    []index.ArticleColumns
	signatures []neardup.Signature
	mined      []*suggest.Miner // by worker
	inverted   *inversion.Inversion
	articles   []uint32 // by document
}

// postingsMemory returns how much of a build's memory postings may take.
func postingsMemory(memory int64) int64 {
	if memory <= 0 {
		return postingMemory
	}
	return min(memory/postingPart, postingMemory)
}

// analyze counts the terms of the stored articles, and writes their columns and signatures. Their
// posting lists are left to merge.
func (b *volumeBuilder) analyze(ctx context.Context) error {
	if err := os.Mkdir(b.runs(), 0o755); err != nil {
		return err
	}
	if err := b.invertAll(ctx, b.runs()); err != nil {
		return err
	}
	b.articles = articlesOfDocuments(b.columns)
	if err := b.writeColumns(); err != nil {
		return err
	}
	b.columns, b.signatures = nil, nil // other work needs memory while posting lists are merged
	return nil
}

// merge makes the segment of the posting lists and removes the runs.
func (b *volumeBuilder) merge(ctx context.Context) (err error) {
	defer func() { err = errors.Join(err, b.close()) }()
	file := filepath.Join(b.runs(), segmentFile)
	if err := b.writePostings(ctx, file); err != nil {
		return err
	}
	return publishSegment(file, filepath.Join(b.dir, index.BleveDir), b.runs())
}

func (b *volumeBuilder) runs() string { return filepath.Join(b.dir, runsDir) }

// close removes the runs.
func (b *volumeBuilder) close() error {
	var err error
	if b.inverted != nil {
		err = b.inverted.Close()
		b.inverted = nil
	}
	return errors.Join(err, os.RemoveAll(b.runs()))
}

// invertAll makes runs of the stored articles in a folder, and collects columns and signatures.
func (b *volumeBuilder) invertAll(ctx context.Context, dir string) (err error) {
	if b.store, err = record.Open(filepath.Join(b.dir, index.RecordsDir)); err != nil {
		return err
	}
	defer b.store.Close() // read only
	b.columns = make([]index.ArticleColumns, b.store.Len())
	b.signatures = make([]neardup.Signature, b.store.Len())
	parts := b.parts(runtime.GOMAXPROCS(0))
	b.inverted = inversion.New(document.FieldNames(), len(parts), inversion.Options{Dir: dir, Memory: b.memory})
	g, workers := errgroup.WithContext(ctx)
	for i, w := range b.inverted.Workers() {
		mined := suggest.NewMiner(minedDictionary(b.words), minedShare(b.store))
		b.mined = append(b.mined, mined)
		g.Go(func() error { return b.invert(workers, w, parts[i], mined) })
	}
	return g.Wait()
}

// writeColumns writes columns and signatures.
func (b *volumeBuilder) writeColumns() error {
	if err := index.WriteSignatures(filepath.Join(b.dir, index.SignaturesFile), b.signatures); err != nil {
		return err
	}
	for i := range b.columns {
		b.columns[i].Sequence = b.sequence[i]
	}
	return index.WriteColumns(filepath.Join(b.dir, index.ColumnsFile), b.columns)
}

// part is consecutive articles of a volume.
type part struct{ from, to int }

// parts splits the articles into at most n parts of about equal size.
func (b *volumeBuilder) parts(n int) []part {
	total := 0
	for i := range b.store.Len() {
		total += b.store.Size(i)
	}
	n = max(min(n, total/workerText), 1)
	parts, sum := []part{{}}, 0
	for i := range b.store.Len() {
		if sum > 0 && sum*n >= total*len(parts) {
			parts = append(parts, part{i, i})
		}
		sum += b.store.Size(i)
		parts[len(parts)-1].to = i + 1
	}
	return parts
}

// invert adds the documents of some articles to a worker.
func (b *volumeBuilder) invert(ctx context.Context, w *inversion.Worker, p part, mined *suggest.Miner) error {
	signer := &neardup.Signer{}
	documents := document.Maker{Words: b.words, Mined: mined, Sign: signer, Terms: w}
	var lengths []uint32 // of an article's documents, in grams
	for i := p.from; i < p.to; i++ {
		a, err := b.store.Get(i)
		if err != nil {
			return err
		}
		b.columns[i].Day, b.columns[i].Characters = engine.Day(a.Date), uint32(a.Characters())
		lengths = lengths[:0]
		b.columns[i].Documents = make([]index.DocumentColumns, 0, 1+len(a.Paragraphs))
		for _, columns := range documents.Of(&a) {
			b.columns[i].Documents = append(b.columns[i].Documents, columns)
			lengths = append(lengths, columns.Grams)
			if err := w.EndDocument(ctx); err != nil {
				return err
			}
		}
		mined.EndArticle()
		b.columns[i].Items = engine.Items(&a, lengths, b.words.FoldString)
		b.signatures[i] = signer.Sign()
		text := index.SizeOf(&a).Text
		b.progress.add(text)
		if err := errors.Join(ctx.Err(), b.disk.wrote(text)); err != nil {
			return err
		}
	}
	return w.End(ctx)
}

// counter adds up the progress of the workers.
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

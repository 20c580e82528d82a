package build

import (
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"reflect"
	"slices"

	"xunwen/internal/index"
	"xunwen/internal/news"
	"xunwen/internal/record"
)

// incomingDir holds the records that were read, until a volume is made of them.
const incomingDir = "incoming"

// ingest stores every article; of those with the same id the last remains, in
// its own position.
func (b *builder) ingest(ctx context.Context, articles iter.Seq2[*news.Article, error]) error {
	dir := filepath.Join(b.dir, incomingDir)
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	w, err := record.Create(dir)
	if err != nil {
		return err
	}
	defer w.Close() // after Finish this does nothing
	in := incoming{last: map[string]int{}}
	sketch := b.newSketch()
	for a, err := range articles {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		unchanged, err := b.replace(a)
		if err != nil {
			return err
		}
		in.add(a, unchanged)
		if len(in.records)%checkMemoryEvery == 0 {
			if err := b.holdsInMemory(b.articlesWith(in.weight())); err != nil {
				return err
			}
		}
		sketch.add(a)
		b.Progress(Progress{Phase: "read", Done: len(in.records), Bytes: in.text})
		if err := errors.Join(w.Add(a), b.disk.wrote(index.SizeOf(a).Text)); err != nil {
			return err
		}
	}
	keep := in.keep()
	b.incoming = len(keep)
	b.replaced += len(in.records) - len(keep)
	for _, i := range keep {
		b.size.Add(in.records[i].size)
	}
	if err := b.somethingNew(&in); err != nil {
		return err
	}
	if keep, b.sequence, err = sketch.order(ctx, keep); err != nil {
		return err
	}
	return w.Finish(keep)
}

// checkMemoryEvery is after how many records it is checked whether memory is enough for them.
const checkMemoryEvery = 100_000

// replace marks the article of the base with a's id as deleted, and reports
// whether that article equals a.
func (b *builder) replace(a *news.Article) (unchanged bool, err error) {
	if b.base == nil {
		return false, nil
	}
	old, at, err := b.base.article(a.ID)
	if err != nil || old == nil {
		return false, err
	}
	if b.base.markDeleted(at) {
		b.replaced++
		b.size.Subtract(index.SizeOf(old))
	}
	return equal(old, a), nil
}

// somethingNew returns ErrEmpty or ErrNothingNew when there is no reason to publish.
func (b *builder) somethingNew(in *incoming) error {
	switch {
	case b.articles() == 0:
		return ErrEmpty
	case b.base == nil || b.words.Fingerprint() != b.base.Manifest.Analyzer:
		return nil
	case len(in.records) == 0:
		return ErrEmpty
	case in.allUnchanged():
		return ErrNothingNew
	}
	return nil
}

// incoming lists the records that were read.
type incoming struct {
	records []incomingRecord
	last    map[string]int // by id, the last record
	text    int64          // bytes
}

type incomingRecord struct {
	size      index.Size
	replaced  bool // by a later one
	unchanged bool // the base has an equal article
}

func (in *incoming) add(a *news.Article, unchanged bool) {
	if old, ok := in.last[a.ID]; ok {
		in.records[old].replaced = true
	}
	in.last[a.ID] = len(in.records)
	size := index.SizeOf(a)
	in.text += size.Text
	in.records = append(in.records, incomingRecord{size: size, unchanged: unchanged})
}

// weight returns how many articles the records weigh in memory. Those that were replaced take their
// part until all have been read.
func (in *incoming) weight() int {
	const replaced = 8 // take as much as an article
	return len(in.last) + (len(in.records)-len(in.last))/replaced
}

// keep lists the records that no later one replaces.
func (in *incoming) keep() []int {
	var keep []int
	for i, r := range in.records {
		if !r.replaced {
			keep = append(keep, i)
		}
	}
	return keep
}

func (in *incoming) allUnchanged() bool {
	return !slices.ContainsFunc(in.records, func(r incomingRecord) bool { return !r.replaced && !r.unchanged })
}

// equal reports whether two articles have the same content.
func equal(a, b *news.Article) bool {
	x, y := *a, *b
	x.Paragraphs, y.Paragraphs = nil, nil
	return reflect.DeepEqual(x, y) && slices.Equal(a.Paragraphs, b.Paragraphs)
}

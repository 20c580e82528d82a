package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"xunwen/internal/generation"
	"xunwen/internal/scorchplugin"
	"xunwen/internal/segment"
)

// Postings reads the posting lists of a generation from the segments of its
// shards. It implements engine.Postings. Where a segment is damaged, errors are
// generation.ErrDamaged, wrapped.
type Postings struct {
	segments []openSegment
	count    int // documents, without deleted ones
	close    []func() error

	cursors sync.Pool // of *segment.Cursor
}

// openSegment is one segment. Its documents are in the order of their ids, so in that of
// their articles; numbers has, by the number in the segment, the one in the generation, or
// noNumber.
type openSegment struct {
	file    *segment.Segment
	volume  int
	numbers []uint32
	deleted bool // some documents have no number
}

// noNumber is the number of a document of a deleted article.
const noNumber = math.MaxUint32

// add opens the shards of a volume.
func (p *Postings) add(dir string, volume, shards int) error {
	for i := range shards {
		shard := ShardDir(dir, i)
		if err := p.open(shard, volume); err != nil {
			return fmt.Errorf("opening %s: %w", shard, err)
		}
	}
	return nil
}

// ShardDir returns the folder of a shard in that of a volume.
func ShardDir(dir string, i int) string { return filepath.Join(dir, BleveDir, fmt.Sprint(i)) }

func (p *Postings) open(dir string, volume int) error {
	idx, err := bleve.OpenUsing(dir, map[string]any{"read_only": true})
	if err != nil {
		return err
	}
	p.close = append(p.close, idx.Close)
	advanced, err := idx.Advanced()
	if err != nil {
		return err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return err
	}
	p.close = append(p.close, reader.Close)
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return fmt.Errorf("bleve's reader is a %T, want scorch's", reader)
	}
	for _, s := range snapshot.Segments() {
		if s.Deleted() != nil && !s.Deleted().IsEmpty() {
			return errors.New("a segment has deleted documents: bleve modified it")
		}
		own, ok := s.Segment().(*scorchplugin.Segment)
		if !ok {
			return fmt.Errorf("a segment is a %T, want one of type %s", s.Segment(), scorchplugin.Type)
		}
		p.segments = append(p.segments, openSegment{file: own.File(), volume: volume})
	}
	return nil
}

// Close closes readers and indexes, in reverse order.
func (p *Postings) Close() error {
	var errs []error
	for i := len(p.close) - 1; i >= 0; i-- {
		errs = append(errs, p.close[i]())
	}
	p.close = nil
	return errors.Join(errs...)
}

// damage makes damage of a segment one of its generation.
func damage(err error) error {
	if errors.Is(err, segment.ErrDamaged) {
		return fmt.Errorf("%w: %w", generation.ErrDamaged, err)
	}
	return err
}

// cursor returns a cursor; p.cursors.Put returns it to the pool.
func (p *Postings) cursor() *segment.Cursor {
	if c, ok := p.cursors.Get().(*segment.Cursor); ok {
		return c
	}
	return &segment.Cursor{}
}

// documentID is the field with bleve's ids.
const documentID = "_id"

// Terms implements engine.Postings.
func (p *Postings) Terms(field, from, to string, visit func(term string) error) error {
	for _, s := range p.segments {
		it := s.file.Field(field).Terms(from, to)
		for it.Next() {
			if err := visit(string(it.Bytes())); err != nil {
				return err
			}
		}
		if err := it.Err(); err != nil {
			return fmt.Errorf("terms of %s from %q: %w", field, from, damage(err))
		}
	}
	return nil
}

// number numbers all documents: numberOf returns the number, below count, of the
// document with an id in a volume. Each document must have its own.
func (p *Postings) number(count int, numberOf func(volume int, id string) (uint32, error)) error {
	p.count = count
	taken := make([]bool, count)
	for i := range p.segments {
		if err := p.segments[i].number(taken, numberOf); err != nil {
			return fmt.Errorf("%s: %w", p.segments[i].file.Path(), damage(err))
		}
	}
	if n := slices.Index(taken, false); n >= 0 {
		return fmt.Errorf("bleve has no document %d", n)
	}
	return nil
}

func (s *openSegment) number(taken []bool, numberOf func(volume int, id string) (uint32, error)) error {
	s.numbers = make([]uint32, 0, s.file.Field(documentID).Len())
	last := -1
	it := s.file.Field(documentID).Terms("", "")
	for it.Next() {
		id := string(it.Bytes())
		doc, _, one := it.Term().Single()
		if !one || int(doc) != len(s.numbers) {
			return fmt.Errorf("the id %q doesn't belong to document %d only", id, len(s.numbers))
		}
		n, err := numberOf(s.volume, id)
		if err != nil {
			return err
		}
		s.numbers = append(s.numbers, n)
		if n == noNumber {
			s.deleted = true
			continue
		}
		if int(n) <= last || taken[n] {
			return fmt.Errorf("the document with the id %q is not in order", id)
		}
		last, taken[n] = int(n), true
	}
	if err := it.Err(); err != nil {
		return err
	}
	if len(s.numbers) != int(s.file.Documents()) {
		return fmt.Errorf("%d of %d documents have an id", len(s.numbers), s.file.Documents())
	}
	return nil
}

// readAll reads every posting list of every field, to find damage.
func (p *Postings) readAll(ctx context.Context) error {
	var docs []uint32
	var frequencies []uint16
	c := p.cursor()
	defer p.cursors.Put(c)
	for _, s := range p.segments {
		if err := s.file.Check(); err != nil {
			return err
		}
		for _, f := range s.file.Fields() {
			it := f.Terms("", "")
			for it.Next() {
				if err := ctx.Err(); err != nil {
					return err
				}
				var err error
				if docs, frequencies, err = it.Term().Append(docs[:0], frequencies[:0], c); err != nil {
					return fmt.Errorf("postings of %s:%q: %w", f.Name(), it.Bytes(), err)
				}
			}
			if err := it.Err(); err != nil {
				return fmt.Errorf("terms of %s: %w", f.Name(), err)
			}
		}
	}
	return nil
}

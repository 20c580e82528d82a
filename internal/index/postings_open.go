package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"xunwen/internal/scorchplugin"
	"xunwen/internal/segment"
)

// Postings reads the posting lists of a generation from the segments of its
// volumes. It implements engine.Postings. Where a segment is damaged, errors are
// generation.ErrDamaged, wrapped.
type Postings struct {
	segments []openSegment
	count    int      // documents, without deleted ones
	articles []uint32 // by document, its article
	close    []func() error

	cursors sync.Pool // of *segment.Cursor
	decoded atomic.Int64
}

// openSegment is the segment of a volume. Its documents are in the order of their articles.
type openSegment struct {
	*segment.Segment
	first   uint32             // the number of its first document in the generation
	count   uint32             // of its documents in the generation
	numbers []uint32           // by document; nil if none is deleted
	docs    []uint32           // the inverse, by number, less first
	deleted []deletedDocument  // ascending
	filters map[string]*filter // by field
}

// noNumber is the number of a document of a deleted article.
const noNumber = math.MaxUint32

// add opens the segment of a volume in a folder.
func (p *Postings) add(dir string) error {
	dir = filepath.Join(dir, BleveDir)
	if err := p.open(dir); err != nil {
		return fmt.Errorf("opening %s: %w", dir, damage(err))
	}
	return nil
}

func (p *Postings) open(dir string) error {
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
	segments := snapshot.Segments()
	if len(segments) != 1 || segments[0].Deleted() != nil && !segments[0].Deleted().IsEmpty() {
		return errors.New("it has several segments or deleted documents: bleve modified it")
	}
	s, ok := segments[0].Segment().(*scorchplugin.Segment)
	if !ok {
		return fmt.Errorf("its segment is a %T, want one of type %s", segments[0].Segment(), scorchplugin.Type)
	}
	p.segments = append(p.segments, openSegment{Segment: s.File(), filters: newFilters()})
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

// Terms implements engine.Postings.
func (p *Postings) Terms(field, from, to string, visit func(term string) error) error {
	for _, s := range p.segments {
		it := s.Field(field).Terms(from, to)
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

// readAll reads every posting list of every field, to find damage.
func (p *Postings) readAll(ctx context.Context) error {
	var c segment.Cursor
	for _, s := range p.segments {
		if err := s.Check(); err != nil {
			return damage(err)
		}
		for _, f := range s.Fields() {
			it := f.Terms("", "")
			for it.Next() {
				if err := errors.Join(ctx.Err(), readList(it.Term(), &c)); err != nil {
					return fmt.Errorf("postings of %s: %w", f.Name(), damage(err))
				}
			}
			if err := it.Err(); err != nil {
				return fmt.Errorf("terms of %s: %w", f.Name(), damage(err))
			}
		}
	}
	return nil
}

func readList(t segment.Term, c *segment.Cursor) error {
	if err := c.Reset(t); err != nil {
		return err
	}
	for {
		docs, err := c.Next()
		if err != nil || len(docs) == 0 {
			return err
		}
		if _, err := c.Frequencies(); err != nil {
			return err
		}
	}
}

package index

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	indexapi "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// postings reads a generation's inverted lists straight from the segments of
// its shards. It implements engine.Postings.
type postings struct {
	parts []part // by base
	count int
	close []func() error
}

// part is one segment; its documents are numbered from base.
type part struct {
	segment segment.Segment
	base    uint32
}

// openPostings opens the shards below dir, which are numbered from 0.
func openPostings(dir string, shards int) (p *postings, err error) {
	p = &postings{}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.Close())
			p = nil
		}
	}()
	for i := range shards {
		if err := p.open(shardDir(dir, i)); err != nil {
			return p, fmt.Errorf("opening shard %d: %w", i, err)
		}
	}
	return p, nil
}

func shardDir(dir string, i int) string { return filepath.Join(dir, fmt.Sprint(i)) }

func (p *postings) open(dir string) error {
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
		return fmt.Errorf("bleve's reader is a %T, not scorch's", reader)
	}
	for _, s := range snapshot.Segments() {
		if s.Deleted() != nil && !s.Deleted().IsEmpty() {
			return errors.New("a segment has deleted documents, which a generation never has")
		}
		p.parts = append(p.parts, part{s.Segment(), uint32(p.count)})
		p.count += int(s.Segment().Count())
	}
	return nil
}

// Close closes readers and indexes, the last opened first.
func (p *postings) Close() error {
	var errs []error
	for i := len(p.close) - 1; i >= 0; i-- {
		errs = append(errs, p.close[i]())
	}
	p.close = nil
	return errors.Join(errs...)
}

// list returns a term's postings within a segment.
func (s part) list(field, term string) (segment.PostingsList, error) {
	dict, err := s.segment.Dictionary(field)
	if err != nil {
		return nil, err
	}
	return dict.PostingsList([]byte(term), nil, nil)
}

// Documents implements engine.Postings.
func (p *postings) Documents(field, term string) (*roaring.Bitmap, error) {
	out := roaring.New()
	for _, s := range p.parts {
		list, err := s.list(field, term)
		if err != nil {
			return nil, fmt.Errorf("postings of %s:%q: %w", field, term, err)
		}
		it, ok := list.Iterator(false, false, false, nil).(segment.OptimizablePostingsIterator)
		if !ok {
			return nil, fmt.Errorf("postings of %s:%q: the segment's iterator shows no bitmap", field, term)
		}
		if doc, one := it.DocNum1Hit(); one {
			out.Add(s.base + uint32(doc))
			continue
		}
		if docs := it.ActualBitmap(); docs != nil && !docs.IsEmpty() {
			out.Or(roaring.AddOffset(docs, s.base))
		}
	}
	return out, nil
}

// Frequencies implements engine.Postings.
func (p *postings) Frequencies(field, term string, visit func(doc, frequency uint32)) error {
	for _, s := range p.parts {
		list, err := s.list(field, term)
		if err != nil {
			return fmt.Errorf("postings of %s:%q: %w", field, term, err)
		}
		it := list.Iterator(true, false, false, nil)
		for {
			posting, err := it.Next()
			if err != nil {
				return fmt.Errorf("postings of %s:%q: %w", field, term, err)
			}
			if posting == nil {
				break
			}
			visit(s.base+uint32(posting.Number()), uint32(posting.Frequency()))
		}
	}
	return nil
}

// Terms implements engine.Postings.
func (p *postings) Terms(field, from, to string, visit func(term string) error) error {
	for _, s := range p.parts {
		err := s.terms(field, from, to, func(e *indexapi.DictEntry) error { return visit(e.Term) })
		if err != nil {
			return fmt.Errorf("terms of %s from %q: %w", field, from, err)
		}
	}
	return nil
}

func (s part) terms(field, from, to string, visit func(*indexapi.DictEntry) error) error {
	dict, err := s.segment.Dictionary(field)
	if err != nil {
		return err
	}
	var start, end []byte // nil is no bound
	if from != "" {
		start = []byte(from)
	}
	if to != "" {
		end = []byte(to)
	}
	it := dict.AutomatonIterator(nil, start, end)
	for {
		entry, err := it.Next()
		if err != nil {
			return err
		}
		if entry == nil {
			return nil
		}
		if err := visit(entry); err != nil {
			return err
		}
	}
}

// ids calls visit with each document's id.
func (p *postings) ids(visit func(doc uint32, id string) error) error {
	for _, s := range p.parts {
		dict, err := s.segment.Dictionary("_id")
		if err != nil {
			return err
		}
		err = s.terms("_id", "", "", func(e *indexapi.DictEntry) error {
			list, err := dict.PostingsList([]byte(e.Term), nil, nil)
			if err != nil {
				return err
			}
			posting, err := list.Iterator(false, false, false, nil).Next()
			if err != nil || posting == nil {
				return errors.Join(err, fmt.Errorf("id %q has no document", e.Term))
			}
			return visit(s.base+uint32(posting.Number()), e.Term)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// readAll reads every list of every field, to find what can't be read.
func (p *postings) readAll(ctx context.Context) error {
	for _, s := range p.parts {
		for _, field := range s.segment.Fields() {
			err := s.terms(field, "", "", func(e *indexapi.DictEntry) error {
				if err := ctx.Err(); err != nil {
					return err
				}
				list, err := s.list(field, e.Term)
				if err != nil {
					return err
				}
				for it := list.Iterator(true, true, false, nil); ; {
					posting, err := it.Next()
					if err != nil || posting == nil {
						return err
					}
				}
			})
			if err != nil {
				return fmt.Errorf("postings of %s: %w", field, err)
			}
		}
	}
	return nil
}

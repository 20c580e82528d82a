package index

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	indexapi "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// Postings reads a generation's inverted lists straight from the segments of
// its shards. It implements engine.Postings.
type Postings struct {
	parts []part
	count int // documents, those that are gone left out
	close []func() error

	scratch sync.Pool // of *marks
}

// part is one segment. Bleve numbers documents in an order of its own; places
// gives each its number by article and paragraph, or noPlace.
type part struct {
	segment segment.Segment
	volume  int
	places  []uint32
	gone    *roaring.Bitmap // bleve's numbers of those without a place; nil for none
}

// noPlace is the place of a document whose article is gone.
const noPlace = math.MaxUint32

// add opens the shards of a volume, which are numbered from 0.
func (p *Postings) add(dir string, volume, shards int) error {
	for i := range shards {
		if err := p.open(ShardDir(dir, i), volume); err != nil {
			return fmt.Errorf("opening shard %d: %w", i, err)
		}
	}
	return nil
}

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
		return fmt.Errorf("bleve's reader is a %T, not scorch's", reader)
	}
	for _, s := range snapshot.Segments() {
		if s.Deleted() != nil && !s.Deleted().IsEmpty() {
			return errors.New("a segment has deleted documents, which a generation never has")
		}
		p.parts = append(p.parts, part{segment: s.Segment(), volume: volume})
	}
	return nil
}

// Close closes readers and indexes, the last opened first.
func (p *Postings) Close() error {
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

// Terms implements engine.Postings.
func (p *Postings) Terms(field, from, to string, visit func(term string) error) error {
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

// number fills in the places of all documents: place gives that of an id of a
// volume, below count. Each must have a place of its own.
func (p *Postings) number(count int, place func(volume int, id string) (uint32, error)) error {
	p.count = count
	taken := make([]bool, count)
	for i, s := range p.parts {
		dict, err := s.segment.Dictionary("_id")
		if err != nil {
			return err
		}
		places := make([]uint32, s.segment.Count())
		err = s.terms("_id", "", "", func(e *indexapi.DictEntry) error {
			list, err := dict.PostingsList([]byte(e.Term), nil, nil)
			if err != nil {
				return err
			}
			posting, err := list.Iterator(false, false, false, nil).Next()
			if err != nil || posting == nil {
				return errors.Join(err, fmt.Errorf("id %q has no document", e.Term))
			}
			at, err := place(s.volume, e.Term)
			if err != nil {
				return err
			}
			places[posting.Number()] = at
			if at == noPlace {
				return nil
			}
			if taken[at] {
				return fmt.Errorf("two documents have the id %q", e.Term)
			}
			taken[at] = true
			return nil
		})
		if err != nil {
			return err
		}
		p.parts[i].places, p.parts[i].gone = places, unplaced(places)
	}
	if at := slices.Index(taken, false); at >= 0 {
		return fmt.Errorf("bleve has no document %d", at)
	}
	return nil
}

// unplaced lists the documents without a place, nil where each has one.
func unplaced(places []uint32) *roaring.Bitmap {
	if !slices.Contains(places, noPlace) {
		return nil
	}
	set := roaring.New()
	for doc, at := range places {
		if at == noPlace {
			set.Add(uint32(doc))
		}
	}
	return set
}

// readAll reads every list of every field, to find what can't be read.
func (p *Postings) readAll(ctx context.Context) error {
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

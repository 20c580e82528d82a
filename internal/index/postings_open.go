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

// Postings reads the posting lists of a generation from the segments of its
// shards. It implements engine.Postings.
type Postings struct {
	segments []openSegment
	count    int // documents, without deleted ones
	close    []func() error

	buffers sync.Pool // of *orderBuffer
}

// openSegment is one segment. Bleve numbers its documents in an order of its own;
// numbers has, by bleve's number, the one by article and paragraph, or noNumber.
type openSegment struct {
	segment segment.Segment
	volume  int
	numbers []uint32
	deleted *roaring.Bitmap // bleve's numbers of documents without a number; nil for none
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
		p.segments = append(p.segments, openSegment{segment: s.Segment(), volume: volume})
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

// list returns the postings of a term in the segment.
func (s openSegment) list(field, term string) (segment.PostingsList, error) {
	dict, err := s.segment.Dictionary(field)
	if err != nil {
		return nil, err
	}
	return dict.PostingsList([]byte(term), nil, nil)
}

// Terms implements engine.Postings.
func (p *Postings) Terms(field, from, to string, visit func(term string) error) error {
	for _, s := range p.segments {
		err := s.terms(field, from, to, func(e *indexapi.DictEntry) error { return visit(e.Term) })
		if err != nil {
			return fmt.Errorf("terms of %s from %q: %w", field, from, err)
		}
	}
	return nil
}

func (s openSegment) terms(field, from, to string, visit func(*indexapi.DictEntry) error) error {
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

// number numbers all documents: numberOf returns the number, below count, of the
// document with an id in a volume. Each document must have its own.
func (p *Postings) number(count int, numberOf func(volume int, id string) (uint32, error)) error {
	p.count = count
	taken := make([]bool, count)
	for i, s := range p.segments {
		dict, err := s.segment.Dictionary("_id")
		if err != nil {
			return err
		}
		numbers := make([]uint32, s.segment.Count())
		err = s.terms("_id", "", "", func(e *indexapi.DictEntry) error {
			list, err := dict.PostingsList([]byte(e.Term), nil, nil)
			if err != nil {
				return err
			}
			posting, err := list.Iterator(false, false, false, nil).Next()
			if err != nil || posting == nil {
				return errors.Join(err, fmt.Errorf("id %q has no document", e.Term))
			}
			n, err := numberOf(s.volume, e.Term)
			if err != nil {
				return err
			}
			numbers[posting.Number()] = n
			if n == noNumber {
				return nil
			}
			if taken[n] {
				return fmt.Errorf("two documents have the id %q", e.Term)
			}
			taken[n] = true
			return nil
		})
		if err != nil {
			return err
		}
		p.segments[i].numbers, p.segments[i].deleted = numbers, unnumbered(numbers)
	}
	if n := slices.Index(taken, false); n >= 0 {
		return fmt.Errorf("bleve has no document %d", n)
	}
	return nil
}

// unnumbered returns the documents without a number, nil for none.
func unnumbered(numbers []uint32) *roaring.Bitmap {
	if !slices.Contains(numbers, noNumber) {
		return nil
	}
	set := roaring.New()
	for doc, n := range numbers {
		if n == noNumber {
			set.Add(uint32(doc))
		}
	}
	return set
}

// readAll reads every posting list of every field, to find damage.
func (p *Postings) readAll(ctx context.Context) error {
	for _, s := range p.segments {
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

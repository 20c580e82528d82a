package index

import (
	"context"
	"errors"
	"fmt"
	"iter"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// TermCounts reads the document frequencies of the terms of some volumes.
// Deleted articles count too.
type TermCounts struct{ postings *Postings }

// OpenTermCounts opens volumes of the generation in a folder.
func OpenTermCounts(generation string, volumes []VolumeInfo) (*TermCounts, error) {
	p := &Postings{}
	for i, v := range volumes {
		if err := p.add(v.Dir(generation), i, v.Shards); err != nil {
			return nil, errors.Join(err, p.Close())
		}
	}
	return &TermCounts{p}, nil
}

// Documents returns the number of documents.
func (c *TermCounts) Documents() int {
	n := 0
	for _, s := range c.postings.segments {
		n += int(s.segment.Count())
	}
	return n
}

// Terms yields the terms of a field in byte order, each with the number of
// documents that contain it. failed returns the error that ended terms early, nil
// for none; call it after terms.
func (c *TermCounts) Terms(ctx context.Context, field string) (terms iter.Seq2[string, int], failed func() error) {
	var err error
	terms = func(yield func(string, int) bool) { err = c.postings.counts(ctx, field, yield) }
	return terms, func() error { return err }
}

// Close closes the volumes.
func (c *TermCounts) Close() error { return c.postings.Close() }

// counts calls yield with each term of field, in byte order, and its document
// frequency, until yield returns false.
func (p *Postings) counts(ctx context.Context, field string, yield func(term string, documents int) bool) error {
	var heads []*termHead
	for _, s := range p.segments {
		dict, err := s.segment.Dictionary(field)
		if err != nil {
			return fmt.Errorf("terms of %s: %w", field, err)
		}
		h := &termHead{dict: dict, it: dict.AutomatonIterator(nil, nil, nil)}
		if err := h.next(); err != nil {
			return fmt.Errorf("terms of %s: %w", field, err)
		}
		heads = append(heads, h)
	}
	for {
		var least *termHead
		for _, h := range heads {
			if !h.done && (least == nil || h.term < least.term) {
				least = h
			}
		}
		if least == nil {
			return nil
		}
		term, documents := least.term, 0
		for _, h := range heads {
			if h.done || h.term != term {
				continue
			}
			n, err := h.documents()
			if err == nil {
				documents += n
				err = h.next()
			}
			if err != nil {
				return fmt.Errorf("terms of %s: %q: %w", field, term, err)
			}
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if !yield(term, documents) {
			return nil
		}
	}
}

// termHead is the next term in the dictionary of a segment.
type termHead struct {
	dict segment.TermDictionary
	it   segment.DictionaryIterator
	list segment.PostingsList // reused
	term string
	done bool
}

func (h *termHead) next() error {
	entry, err := h.it.Next()
	if err != nil || entry == nil {
		h.done = true
		return err
	}
	h.term = entry.Term
	return nil
}

func (h *termHead) documents() (int, error) {
	list, err := h.dict.PostingsList([]byte(h.term), nil, h.list)
	if err != nil {
		return 0, err
	}
	h.list = list
	return int(list.Count()), nil
}

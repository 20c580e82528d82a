package index

import (
	"context"
	"fmt"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// counts calls yield with each term of field, in byte order, with the number
// of documents that hold it, until yield returns false.
func (p *postings) counts(ctx context.Context, field string, yield func(term string, documents int) bool) error {
	var heads []*termHead
	for _, s := range p.parts {
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

// termHead is the next term of a segment's dictionary.
type termHead struct {
	dict segment.TermDictionary
	it   segment.DictionaryIterator
	list segment.PostingsList // used again
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

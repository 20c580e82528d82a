package index

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"xunwen/internal/segment"
)

// TermCounts reads the document frequencies of the terms of some volumes.
// Deleted articles count too.
type TermCounts struct{ postings *Postings }

// OpenTermCounts opens volumes of the generation in a folder.
func OpenTermCounts(generation string, volumes []VolumeInfo) (*TermCounts, error) {
	p := &Postings{}
	for i, v := range volumes {
		if err := p.add(v.Dir(generation), i); err != nil {
			return nil, errors.Join(err, p.Close())
		}
	}
	return &TermCounts{p}, nil
}

// Documents returns the number of documents.
func (c *TermCounts) Documents() int {
	n := 0
	for _, s := range c.postings.segments {
		n += int(s.Documents())
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
	var heads []*segment.TermIterator
	for _, s := range p.segments {
		it := s.Field(field).Terms("", "")
		if it.Next() {
			heads = append(heads, it)
		} else if err := it.Err(); err != nil {
			return fmt.Errorf("terms of %s: %w", field, damage(err))
		}
	}
	for len(heads) > 0 {
		least := heads[0].Bytes()
		for _, h := range heads[1:] {
			if bytes.Compare(h.Bytes(), least) < 0 {
				least = h.Bytes()
			}
		}
		term, documents := string(least), 0
		for i := 0; i < len(heads); i++ {
			h := heads[i]
			if string(h.Bytes()) != term {
				continue
			}
			documents += h.Term().Documents
			if h.Next() {
				continue
			}
			if err := h.Err(); err != nil {
				return fmt.Errorf("terms of %s after %q: %w", field, term, damage(err))
			}
			heads = slices.Delete(heads, i, i+1)
			i--
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if !yield(term, documents) {
			return nil
		}
	}
	return nil
}

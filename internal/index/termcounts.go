package index

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"

	"xunwen/internal/segment"
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
		n += int(s.file.Documents())
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
		it := s.file.Field(field).Terms("", "")
		if it.Next() {
			heads = append(heads, it)
		} else if err := it.Err(); err != nil {
			return fmt.Errorf("terms of %s: %w", field, err)
		}
	}
	for len(heads) > 0 {
		least := heads[0].Bytes()
		for _, it := range heads[1:] {
			if bytes.Compare(it.Bytes(), least) < 0 {
				least = it.Bytes()
			}
		}
		term, documents := string(least), 0
		rest := heads[:0]
		for _, it := range heads {
			if string(it.Bytes()) == term {
				documents += it.Term().Documents
				if !it.Next() {
					if err := it.Err(); err != nil {
						return fmt.Errorf("terms of %s after %q: %w", field, term, err)
					}
					continue
				}
			}
			rest = append(rest, it)
		}
		heads = rest
		if err := ctx.Err(); err != nil {
			return err
		}
		if !yield(term, documents) {
			return nil
		}
	}
	return nil
}

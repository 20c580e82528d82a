package engine

import (
	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// between returns the documents dated from to to; either may be "".
func (r *run) between(from, to string) (*roaring.Bitmap, error) {
	end := ""
	if to != "" {
		end = to + "\x00" // the day itself belongs to it
	}
	return r.anyTerm(Date, from, end, nil)
}

// filtered returns the documents that a filter lets through, nil for all.
func (r *run) filtered(f search.Filter) (*roaring.Bitmap, error) {
	var sets []*roaring.Bitmap
	for _, part := range []struct {
		field  string
		values []string
	}{
		{Publication, f.Publication}, {Section, f.Section}, {Source, f.Source},
		{Page, f.Page}, {PageName, f.PageName}, {Kind, f.Kind},
	} {
		if len(part.values) == 0 {
			continue
		}
		docs, err := r.postings.Documents(part.field, part.values...)
		if err != nil {
			return nil, err
		}
		sets = append(sets, docs)
	}
	if f.From != "" || f.To != "" {
		docs, err := r.between(f.From, f.To)
		if err != nil {
			return nil, err
		}
		sets = append(sets, docs)
	}
	if len(sets) == 0 {
		return nil, nil
	}
	return roaring.FastAnd(sets...), nil
}

package engine

import (
	"context"
	"maps"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// filterSets are the documents that each part of a filter lets through. A part
// that filters nothing is not there.
type filterSets map[string]*roaring.Bitmap // by field

// filter looks up what a filter lets through.
func (sn *snapshot) filter(ctx context.Context, f search.Filter) (filterSets, error) {
	sets := filterSets{}
	for field, values := range filterValues(f) {
		if len(values) == 0 {
			continue
		}
		v, err := sn.columns.Values(field)
		if err != nil {
			return nil, err
		}
		if v != nil {
			values = v.allSpellings(values)
		}
		docs, err := sn.postings.Documents(field, values...)
		if err != nil {
			return nil, err
		}
		sets[field] = docs
	}
	return sets, sn.filterDates(ctx, sets, f.From, f.To)
}

// filterValues lists the values of a filter by field.
func filterValues(f search.Filter) map[string][]string {
	return map[string][]string{
		Publication: f.Publication,
		Section:     f.Section,
		Source:      f.Source,
		Page:        f.Page,
		PageName:    f.PageName,
		Kind:        f.Kind,
	}
}

// filterDates sets the days of a filter; both "" filter nothing.
func (sn *snapshot) filterDates(ctx context.Context, sets filterSets, from, to string) error {
	if from == "" && to == "" {
		delete(sets, Date)
		return nil
	}
	docs, err := sn.between(ctx, from, to)
	sets[Date] = docs
	return err
}

// between returns the documents dated from to to; either may be "".
func (sn *snapshot) between(ctx context.Context, from, to string) (*roaring.Bitmap, error) {
	end := ""
	if to != "" {
		end = to + "\x00" // the day itself is included
	}
	return sn.anyTerm(ctx, Date, from, end, nil)
}

// documents returns the documents that pass, nil for all.
func (f filterSets) documents() *roaring.Bitmap {
	if len(f) == 0 {
		return nil
	}
	sets := make([]*roaring.Bitmap, 0, len(f))
	for _, docs := range f {
		sets = append(sets, docs)
	}
	return roaring.FastAnd(sets...)
}

// without returns a copy without the part of a field.
func (f filterSets) without(field string) filterSets {
	out := maps.Clone(f)
	delete(out, field)
	return out
}

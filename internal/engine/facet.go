package engine

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// facetFields are the fields that facets count.
var facetFields = []string{Publication, PageName, Source, Section}

// addFacetViews adds the views of facets that count with another filter: with
// multi-select each field that is filtered, without its own values, and the dates
// where facets have a span of their own.
func (s *searcher) addFacetViews(
	ctx context.Context, m *matches, filter search.Filter, sets filterSets, f *search.FacetRequest,
) error {
	for _, field := range facetFields {
		if _, filtered := sets[field]; filtered && f.MultiSelect {
			m.facets[field] = s.filtered(sets.without(field))
		}
	}
	if f.From == "" && f.To == "" || f.From == filter.From && f.To == filter.To {
		return nil
	}
	other := sets.without(Date)
	if err := s.index.filterDates(ctx, other, f.From, f.To); err != nil {
		return err
	}
	m.facets[Date] = s.filtered(other)
	return nil
}

// facets counts the hits of a search, each facet those of its view. The values of the
// filter are spelt as they are there.
func (s *searcher) facets(
	ctx context.Context, of searchHits, filter search.Filter, asked search.FacetRequest,
) (*search.Facets, error) {
	if asked.Table != "" {
		return s.tableFacets(ctx, of, filter, asked.Table)
	}
	filtered := filterValues(filter)
	out := &search.Facets{}
	base := s.hitSet(of.base).ToArray()
	hits := func(field string) []uint32 {
		if v, ok := of.facets[field]; ok {
			return s.hitSet(v).ToArray()
		}
		return base
	}
	var err error
	for _, f := range []struct {
		field string
		to    *[]search.ValueCount
	}{{Publication, &out.Publication}, {PageName, &out.PageName}, {Source, &out.Source}} {
		if *f.to, err = s.scope.countValues(ctx, f.field, hits(f.field), filtered[f.field]); err != nil {
			return nil, err
		}
	}
	shown := of.ofFacet(Section).view.shown
	if out.Section, err = s.scope.countSections(ctx, hits(Section), shown, filtered[Section]); err != nil {
		return nil, err
	}
	out.Date, err = s.scope.countDays(ctx, hits(Date), "")
	return out, err
}

// tableFacets counts the hits of a search for a table.
func (s *searcher) tableFacets(
	ctx context.Context, of searchHits, filter search.Filter, interval search.Interval,
) (*search.Facets, error) {
	hits := s.hitSet(of.base).ToArray()
	out := &search.Facets{}
	var err error
	out.Publication, err = s.scope.countAllValues(ctx, Publication, hits, filterValues(filter)[Publication])
	if err != nil {
		return nil, err
	}
	out.Date, err = s.scope.countDays(ctx, hits, interval)
	return out, err
}

// checkEvery is how many members are counted between two checks of the context, about a
// millisecond of work.
const checkEvery = 1 << 16

// each calls visit with every member and its article, while the context lasts.
func (s scope) each(ctx context.Context, members []uint32, visit func(member, article uint32)) error {
	for part := range slices.Chunk(members, checkEvery) {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, m := range part {
			visit(m, s.article(m))
		}
	}
	return nil
}

// countValues counts the most frequent of the values that members' articles have in a
// field. Those that are filtered are spelt as given.
func (s scope) countValues(
	ctx context.Context, field string, members []uint32, filtered []string,
) ([]search.ValueCount, error) {
	all, err := s.countAllValues(ctx, field, members, filtered)
	return all[:min(len(all), search.MaxFacetValues)], err
}

// countAllValues counts all of them.
func (s scope) countAllValues(
	ctx context.Context, field string, members []uint32, filtered []string,
) ([]search.ValueCount, error) {
	v, err := s.columns.Values(field)
	if err != nil || v == nil {
		return nil, err
	}
	counts := make([]int, len(v.Names))
	err = s.each(ctx, members, func(_, article uint32) { counts[v.Of[article]]++ })
	return byFrequency(v.namesAs(filtered), counts), err
}

// countSections counts the sections of paragraphs. By article each section of an
// article counts once; shown are the documents that pass the filter, nil for all. Those
// that are filtered are spelt as given.
func (s scope) countSections(
	ctx context.Context, members []uint32, shown *roaring.Bitmap, filtered []string,
) ([]search.ValueCount, error) {
	v, err := s.columns.Values(Section)
	if err != nil || v == nil {
		return nil, err
	}
	counts := make([]int, len(v.Names))
	last := make([]uint32, len(v.Names)) // by section, the article that was counted last, plus 1
	err = s.each(ctx, members, func(m, article uint32) {
		if s.by == search.ByParagraph {
			counts[v.Of[m]]++
			return
		}
		head, end := s.columns.documents(article)
		for doc := head + 1; doc < end; doc++ {
			section := v.Of[doc]
			if section == 0 || last[section] == article+1 || shown != nil && !shown.Contains(doc) {
				continue
			}
			counts[section]++
			last[section] = article + 1
		}
	})
	all := byFrequency(v.namesAs(filtered), counts)
	return all[:min(len(all), search.MaxFacetValues)], err
}

// byFrequency returns the values with a count, the most frequent first.
func byFrequency(names []string, counts []int) []search.ValueCount {
	var out []search.ValueCount
	for i := 1; i < len(counts); i++ { // the first is for documents without a value
		if counts[i] > 0 {
			out = append(out, search.ValueCount{Value: names[i], Count: counts[i]})
		}
	}
	slices.SortFunc(out, func(a, b search.ValueCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
	})
	return out
}

// countDays counts members by an interval, or if it is "" by day, month or year, as fits their
// span.
func (s scope) countDays(
	ctx context.Context, members []uint32, interval search.Interval,
) ([]search.PeriodCount, error) {
	counts := map[int32]int{}
	err := s.each(ctx, members, func(_, article uint32) {
		if day := s.columns.Day[article]; day != NoDay {
			counts[day]++
		}
	})
	return CountDays(counts, interval), err
}

// CountDays adds up counts by day (as in Columns.Day) by an interval, or if it is "" by day, month or
// year, as fits their span.
func CountDays(counts map[int32]int, interval search.Interval) []search.PeriodCount {
	if len(counts) == 0 {
		return nil
	}
	days := make([]int32, 0, len(counts))
	for day := range counts {
		days = append(days, day)
	}
	unit, most := calendar(interval), search.MaxTrendPeriods
	if interval == "" {
		unit, most = finest(slices.Min(days), slices.Max(days), search.MaxFacetPeriods), search.MaxFacetPeriods
	}
	periods := unit.periods(days, most)
	out := make([]search.PeriodCount, len(periods))
	for i, p := range periods {
		out[i] = search.PeriodCount{From: p.from(), To: p.to()}
	}
	for day, n := range counts {
		if i, ok := periodOf(periods, day); ok {
			out[i].Count += n
		}
	}
	return out
}

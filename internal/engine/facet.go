package engine

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// checkEvery is how many members are counted between two looks at the context:
// about a millisecond's work.
const checkEvery = 1 << 16

// facets counts the hits of a ranking.
func (r *run) facets(of *ranking, q search.Request) (*search.Facets, error) {
	out := &search.Facets{}
	hits, err := r.hits(of, q)
	if err != nil {
		return nil, err
	}
	for _, f := range []struct {
		field string
		to    *[]search.ValueCount
	}{{Publication, &out.Publication}, {PageName, &out.PageName}, {Source, &out.Source}} {
		if *f.to, err = r.countValues(f.field, hits); err != nil {
			return nil, err
		}
	}
	if out.Section, err = r.countSections(hits, of.shown); err != nil {
		return nil, err
	}
	out.Date, err = r.countDays(hits)
	return out, err
}

// hits returns the members that a cursor walks, rising: all that match, but of
// each group of copies the one that comes first.
func (r *run) hits(of *ranking, q search.Request) ([]uint32, error) {
	if of.fold == nil {
		return of.set.ToArray(), nil
	}
	groups := newFolding(r.columns.copies, order(q.Sort, q.Query == nil))
	copied := roaring.And(of.set, r.columns.copies.all).ToArray()
	score, err := r.scores(copied)
	if err != nil {
		return nil, err
	}
	for i, m := range copied {
		s := r.place(m)
		s.score = score(i)
		groups.take(s)
	}
	out := roaring.AndNot(of.set, r.columns.copies.all)
	for _, s := range groups.best {
		out.Add(s.member)
	}
	return out.ToArray(), nil
}

// scores scores members, each as if all were.
func (r *run) scores(members []uint32) (func(i int) float64, error) {
	if len(r.ranked) == 0 || len(members) == 0 {
		return func(int) float64 { return 0 }, nil
	}
	lists, err := r.lists()
	if err != nil {
		return nil, err
	}
	s := r.scorer(members)
	if err := s.sum(lists, 0); err != nil {
		return nil, err
	}
	return func(i int) float64 { return s.of(i, rest{}) }, nil
}

// each calls visit with every member's article, while the context lasts.
func (r *run) each(members []uint32, visit func(member, article uint32)) error {
	for part := range slices.Chunk(members, checkEvery) {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		for _, m := range part {
			article := m
			if r.by == search.ByParagraph {
				article = r.columns.Article[m]
			}
			visit(m, article)
		}
	}
	return nil
}

// countValues counts the values that members' articles have in a field.
func (r *run) countValues(field string, members []uint32) ([]search.ValueCount, error) {
	v := r.columns.Values(field)
	if v == nil {
		return nil, nil
	}
	counts := make([]int, len(v.Names))
	err := r.each(members, func(_, article uint32) { counts[v.Of[article]]++ })
	return v.frequent(counts), err
}

// countSections counts the sections of paragraphs or, each once, of articles;
// shown, which may be nil, are the documents that a filter lets through.
func (r *run) countSections(members []uint32, shown *roaring.Bitmap) ([]search.ValueCount, error) {
	v := r.columns.Values(Section)
	if v == nil {
		return nil, nil
	}
	counts, last := make([]int, len(v.Names)), make([]uint32, len(v.Names)) // last: the article counted last, and 1
	err := r.each(members, func(m, article uint32) {
		if r.by == search.ByParagraph {
			counts[v.Of[m]]++
			return
		}
		head, end := r.columns.documents(article)
		for doc := head + 1; doc < end; doc++ {
			at := v.Of[doc]
			if at == 0 || last[at] == article+1 || shown != nil && !shown.Contains(doc) {
				continue
			}
			counts[at]++
			last[at] = article + 1
		}
	})
	return v.frequent(counts), err
}

// frequent returns the values that were counted most.
func (v *Values) frequent(counts []int) []search.ValueCount {
	var out []search.ValueCount
	for i := 1; i < len(counts); i++ { // the first is no value
		if counts[i] > 0 {
			out = append(out, search.ValueCount{Value: v.Names[i], Count: counts[i]})
		}
	}
	slices.SortStableFunc(out, func(a, b search.ValueCount) int { return cmp.Compare(b.Count, a.Count) }) // names are in order
	return out[:min(len(out), search.MaxFacetValues)]
}

// countDays counts members by day, month or year, as fits their span.
func (r *run) countDays(members []uint32) ([]search.PeriodCount, error) {
	counts := map[int32]int{}
	err := r.each(members, func(_, article uint32) {
		if day := r.columns.Day[article]; day != NoDay {
			counts[day]++
		}
	})
	if err != nil || len(counts) == 0 {
		return nil, err
	}
	days := make([]int32, 0, len(counts))
	for day := range counts {
		days = append(days, day)
	}
	spans := fitting(slices.Min(days), slices.Max(days), search.MaxFacetPeriods).spans(days, search.MaxFacetPeriods)
	out := make([]search.PeriodCount, len(spans))
	for i, s := range spans {
		out[i] = search.PeriodCount{From: s.from(), To: s.to()}
	}
	for day, n := range counts {
		if i, ok := holding(spans, day); ok {
			out[i].Count += n
		}
	}
	return out, nil
}

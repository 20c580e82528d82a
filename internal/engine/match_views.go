package engine

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// matches are the members that a search matches.
type matches struct {
	base view

	// The members of the scope of matching, by article items, that the plan matches; nil
	// for all.
	plan *roaring.Bitmap

	// By field, the view that its facet counts, where that isn't base.
	facets map[string]view
}

// view is what matches and passes a filter.
type view struct {
	shown   *roaring.Bitmap // the documents that pass the filter; nil for all
	members *roaring.Bitmap // those that match, near-duplicates included
}

// match matches the plan once, for the filter and for the other filters that facets
// need.
func (s *searcher) match(ctx context.Context, f search.Filter, facets *search.FacetRequest) (*matches, error) {
	sets, err := s.index.filter(ctx, f)
	if err != nil {
		return nil, err
	}
	out := &matches{base: s.filtered(sets), facets: map[string]view{}}
	if facets != nil {
		if err := s.addFacetViews(ctx, out, f, sets, facets); err != nil {
			return nil, err
		}
	}
	found := s.scope.all()
	if s.plan.root != nil {
		if out.plan, err = s.matchTree(ctx, s.scope.toMatching(out.union())); err != nil {
			return nil, err
		}
		found = s.scope.fromMatching(out.plan)
	}
	out.each(func(v *view) { v.members = intersection(v.members, found) })
	return out, nil
}

// matchTree returns the members of the scope of matching that the plan's tree matches.
func (s *searcher) matchTree(ctx context.Context, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	matching := *s
	matching.scope = s.scope.matching()
	return matchNode(ctx, s.plan.root, &matching, within)
}

// filtered returns the view of a filter, before the plan is matched: its members are
// those that pass, nil for all.
func (s *searcher) filtered(f filterSets) view {
	v := view{shown: f.documents()}
	if v.shown != nil {
		v.members = s.scope.members(v.shown, anywhere)
	}
	return v
}

// union returns the members of any view; nil for all.
func (m *matches) union() *roaring.Bitmap {
	if m.base.members == nil || len(m.facets) == 0 {
		return m.base.members
	}
	sets := []*roaring.Bitmap{m.base.members}
	for _, v := range m.facets {
		if v.members == nil {
			return nil
		}
		sets = append(sets, v.members)
	}
	return roaring.FastOr(sets...)
}

func (m *matches) empty() bool {
	empty := true
	m.each(func(v *view) { empty = empty && v.members.IsEmpty() })
	return empty
}

// each calls change for every view.
func (m *matches) each(change func(*view)) {
	change(&m.base)
	for field, v := range m.facets {
		change(&v)
		m.facets[field] = v
	}
}

// matchArticles returns the articles that a plan matches, without a filter.
func (sn *snapshot) matchArticles(ctx context.Context, p *plan) (*roaring.Bitmap, error) {
	s, err := newSearcher(ctx, sn, p, newScope(sn.columns, search.ByArticle, true), nil)
	if err != nil {
		return nil, err
	}
	found, err := s.match(ctx, search.Filter{}, nil)
	if err != nil {
		return nil, err
	}
	return found.base.members, nil
}

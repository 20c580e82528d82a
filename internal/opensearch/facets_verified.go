package opensearch

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"xunwen/internal/opensearch/layout"
	"xunwen/internal/search"
)

// verifiedFacets is facets for a query where texts decide what matches: it reads all articles that may match.
func (e *Engine) verifiedFacets(ctx context.Context, p *prepared) (*search.Facets, error) {
	wide := p.Filter
	if p.Facets.MultiSelect {
		wide.Publication, wide.PageName, wide.Source, wide.Section = nil, nil, nil, nil
	}
	out, err := e.countVerified(ctx, p, wide, p.Filter)
	if err != nil {
		return nil, err
	}
	for _, f := range []struct {
		field string
		given []string
		to    *[]search.ValueCount
	}{
		{"publication", p.Filter.Publication, &out.Publication},
		{"page_name", p.Filter.PageName, &out.PageName},
		{"source", p.Filter.Source, &out.Source},
		{layout.SectionField, p.Filter.Section, &out.Section},
	} {
		if *f.to, err = e.respelled(ctx, f.field, *f.to, f.given); err != nil {
			return nil, err
		}
	}
	if p.Facets.From == "" && p.Facets.To == "" {
		return out, nil
	}
	days := p.Filter
	days.From, days.To = p.Facets.From, p.Facets.To
	counts, err := e.countVerified(ctx, p, days, days)
	if err != nil {
		return nil, err
	}
	out.Date = counts.Date
	return out, nil
}

// countVerified counts the hits that pass a filter, of the root documents that pass a wider one.
func (e *Engine) countVerified(ctx context.Context, p *prepared, wide, f search.Filter) (*search.Facets, error) {
	roots, err := e.candidates(ctx, p.withFilter(e, wide))
	if err != nil {
		return nil, err
	}
	local, err := e.localOf(ctx, roots, true, nil)
	if err != nil {
		return nil, err
	}
	r := p.Request
	r.Filter, r.Cursor, r.Size, r.NoSuggestions, r.NoHighlights, r.MarkedTexts = f, "", 1, true, true, false
	r.Facets = &search.FacetRequest{MultiSelect: p.Facets.MultiSelect, Table: p.Facets.Table}
	res, err := local.Search(ctx, r)
	return res.Facets, err
}

// respelled returns counts with each value in the spelling of most articles of the index, unless it was given.
func (e *Engine) respelled(
	ctx context.Context, field string, counts []search.ValueCount, given []string,
) ([]search.ValueCount, error) {
	usual, err := e.usual(ctx, field)
	if err != nil {
		return nil, err
	}
	for i, c := range counts {
		if !slices.Contains(given, c.Value) {
			counts[i].Value = cmp.Or(usual[layout.ValueKey(e.words, c.Value)], c.Value)
		}
	}
	slices.SortFunc(counts, func(a, b search.ValueCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Value, b.Value))
	})
	return counts, nil
}

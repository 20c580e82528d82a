package opensearch

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"xunwen/internal/opensearch/layout"
	"xunwen/internal/search"
)

// verifiedFacets is facets for a query where texts decide what matches: it reads all articles that may match. If there
// are too many without the filter of a facet, facets count what matches for certain.
func (e *Engine) verifiedFacets(ctx context.Context, p *prepared) (*search.Facets, error) {
	out, err := e.readFacets(ctx, p)
	if !errors.Is(err, errTooMany) {
		return out, err
	}
	least, err := e.certain(p)
	if err != nil {
		return nil, err
	}
	return e.facets(ctx, least)
}

func (e *Engine) readFacets(ctx context.Context, p *prepared) (*search.Facets, error) {
	wide := p.Filter
	if p.Facets.MultiSelect {
		for _, f := range valueFacets {
			*f.filter(&wide) = nil
		}
	}
	out, err := e.countVerified(ctx, p, wide, p.Filter)
	if err != nil {
		return nil, err
	}
	for _, f := range valueFacets {
		if *f.of(out), err = e.respelled(ctx, f.field, *f.of(out), *f.filter(&p.Filter)); err != nil {
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
	slices.SortFunc(counts, mostFirst)
	return counts, nil
}

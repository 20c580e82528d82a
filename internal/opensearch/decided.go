package opensearch

import (
	"context"
	"errors"

	"xunwen/internal/opensearch/dsl"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/search"
)

// decided returns the same request as a query that matches exactly its hits: what matches for certain, and those of
// the other candidates whose texts match. ok is false if there are too many of them to read.
func (e *Engine) decided(ctx context.Context, p *prepared) (out *prepared, ok bool, err error) {
	if p.Exact || p.Least || p.By == search.ByParagraph {
		return nil, false, nil
	}
	wide := p.withFilter(e, p.widest())
	certain, err := e.certain(wide)
	if errors.Is(err, errTooMany) {
		return nil, false, nil
	} else if err != nil {
		return nil, false, err
	}
	doubtful := dsl.AllOf(wide.all(), dsl.NoneOf(certain.Roots))
	if dsl.Clauses(doubtful)+spareClauses > e.mostClauses() {
		return nil, false, nil
	}
	n, err := e.count(ctx, doubtful)
	if err != nil || n > e.options.Verified {
		return nil, false, err
	}
	members, err := e.matching(ctx, wide, doubtful, n)
	if err != nil {
		return nil, false, err
	}
	other := *p
	other.unfiltered = dsl.Asked{Exact: true, Roots: dsl.AnyOf(certain.Roots, object{
		"terms": object{layout.MemberField: members},
	})}
	other.setFilter(e, p.Filter)
	return &other, true, nil
}

// decidedIfMany is decided if there are so many candidates that not all are read, and if it can be.
func (e *Engine) decidedIfMany(ctx context.Context, p *prepared) (*prepared, error) {
	n, err := e.count(ctx, p.all())
	if err != nil || n <= e.options.Small {
		return p, err
	}
	exact, ok, err := e.decided(ctx, p)
	if err != nil || !ok {
		return p, err
	}
	return exact, nil
}

// widest is a filter that passes all that a request counts.
func (p *prepared) widest() search.Filter {
	f := p.Filter
	if p.Facets == nil {
		return f
	}
	if p.Facets.MultiSelect {
		for _, facet := range valueFacets {
			*facet.filter(&f) = nil
		}
	}
	if p.Facets.From != "" || p.Facets.To != "" {
		f.From, f.To = "", ""
	}
	return f
}

// matching returns the members of the root documents of articles that match, of n that a query finds.
func (e *Engine) matching(ctx context.Context, p *prepared, q object, n int) ([]int64, error) {
	out := []int64{}
	if n == 0 {
		return out, nil
	}
	roots, err := e.roots(ctx, q, n)
	if err != nil {
		return nil, err
	}
	local, err := e.localOf(ctx, roots, false, p.expected)
	if err != nil {
		return nil, err
	}
	r := p.Request
	r.Cursor, r.Facets, r.MarkedTexts = "", nil, false
	r.Uncollapsed, r.NoHighlights, r.NoSuggestions = true, true, true
	var found collector
	if err := local.Export(ctx, search.ExportRequest{Search: r}, &found); err != nil {
		return nil, err
	}
	matches := map[string]bool{}
	for _, h := range found.hits {
		matches[h.Article.ID] = true
	}
	for _, root := range roots {
		if matches[root.Article] {
			out = append(out, root.Member)
		}
	}
	return out, nil
}

// mostClauses is how many clauses a query to the cluster may have.
func (e *Engine) mostClauses() int { return e.options.Clauses * luceneClauses / defaultClauses }

package opensearch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"xunwen/internal/engine"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/opensearch/dsl"
	"xunwen/internal/opensearch/layout"
	"xunwen/internal/search"
	"xunwen/internal/workers"
)

// prepared is a request as the cluster is asked.
type prepared struct {
	search.Request
	dsl.Asked
	filter object // of root documents
	terms  []engine.Term

	expected func(term string) bool // the terms of texts that package engine looks up

	unfiltered dsl.Asked
	least      func() (dsl.Asked, error) // another translation, for too many articles to read
}

// all matches the root documents of the request.
func (p *prepared) all() object {
	if p.Roots == nil {
		return p.filter
	}
	return dsl.AllOf(p.Roots, p.filter)
}

// prepare translates a request, and looks up the statistics that it needs.
func (e *Engine) prepare(ctx context.Context, r search.Request) (*prepared, error) {
	r.By, r.Sort = cmp.Or(r.By, search.ByArticle), cmp.Or(r.Sort, search.ByRelevance)
	if r.Sort == search.Reprinted && (r.By == search.ByParagraph || r.Uncollapsed) {
		r.Sort = search.Oldest // nothing collapses
	}
	p := &prepared{Request: r}
	terms, bags, err := engine.Needs(r.Query, e.words, r.Match)
	if err != nil {
		return nil, err
	}
	p.terms = terms
	var needed []counted
	for _, t := range terms {
		needed = append(needed, countsOfTerm(t)...)
	}
	for _, bag := range bags {
		needed = append(needed, countsOfUnits(r.By, bag, false, e.options.Clauses)...)
		needed = append(needed, countsOfUnits(r.By, bag, true, e.options.Clauses)...)
	}
	if err := e.lookUp(ctx, needed); err != nil {
		return nil, err
	}
	condition, err := engine.Conditions(r.Query, e.words, r.Match)
	if err != nil {
		return nil, err
	}
	p.expected = dsl.ExpectedTerms(terms, condition)
	own := &statistics{e.sizes, e.counts, e.options.Clauses}
	weigh := own.weigher()
	if p.unfiltered, err = dsl.Ask(condition, r.By, weigh, e.options.Clauses); err != nil {
		return nil, err
	}
	p.least = func() (dsl.Asked, error) { return dsl.AskLeast(condition, r.By, weigh, e.options.Clauses) }
	p.setFilter(e, r.Filter)
	return p, nil
}

// withFilter returns the same request with another filter.
func (p *prepared) withFilter(e *Engine, f search.Filter) *prepared {
	other := *p
	other.setFilter(e, f)
	return &other
}

func (p *prepared) setFilter(e *Engine, f search.Filter) {
	p.Filter, p.Asked = f, p.unfiltered
	p.Cases = slices.Clone(p.Cases)
	p.filter = e.filter(f, p.By, p)
}

// filter translates a filter. By paragraph, its parts about paragraphs are added to the cases.
func (e *Engine) filter(f search.Filter, by search.By, p *prepared) object {
	parts := []object{dsl.MatchAll}
	add := func(field string, values []string, fold bool) {
		if len(values) == 0 {
			return
		}
		keys := values
		if fold {
			field, keys = layout.KeyOf(field), nil
			for _, v := range values {
				keys = append(keys, layout.ValueKey(e.words, v))
			}
		}
		parts = append(parts, object{"terms": object{field: keys}})
	}
	add("publication", f.Publication, true)
	add("source", f.Source, true)
	add("page", f.Page, false)
	add("page_name", f.PageName, true)
	if f.From != "" || f.To != "" {
		parts = append(parts, dsl.Between(layout.DateField, f.From, f.To))
	}
	if len(f.Section)+len(f.Kind) == 0 {
		return dsl.AllOf(parts...)
	}
	of := func(path string) object { return e.paragraphFilter(f, path) }
	if by == search.ByArticle {
		own := dsl.Nested(layout.OwnField, of(layout.OwnField))
		others := dsl.Nested(layout.OthersField, of(layout.OthersField))
		return dsl.AllOf(append(parts, dsl.AnyOf(own, others))...)
	}
	var queries []object
	for i := range p.Cases {
		c := &p.Cases[i]
		c.Paragraph = dsl.AllOf(c.Paragraph, of(layout.OwnField))
		queries = append(queries, dsl.AllOf(c.Root, dsl.Nested(layout.OwnField, c.Paragraph)))
	}
	p.Roots = dsl.AnyOf(queries...)
	return dsl.AllOf(parts...)
}

// paragraphFilter is the part of a filter that is about paragraphs.
func (e *Engine) paragraphFilter(f search.Filter, path string) object {
	in := []object{dsl.MatchAll}
	if len(f.Section) > 0 {
		var keys []string
		for _, v := range f.Section {
			keys = append(keys, layout.ValueKey(e.words, v))
		}
		in = append(in, object{"terms": object{path + "." + layout.KeyOf(layout.SectionField): keys}})
	}
	if len(f.Kind) > 0 {
		in = append(in, object{"terms": object{path + "." + layout.KindField: f.Kind}})
	}
	return dsl.AllOf(in...)
}

// Search implements search.Engine.
func (e *Engine) Search(ctx context.Context, r search.Request) (search.Response, error) {
	p, err := e.prepare(ctx, r)
	if err != nil {
		return search.Response{}, err
	}
	var res search.Response
	var didYouMean string
	var names []search.Named
	g, asking := workers.With(ctx)
	g.Go(func() (err error) {
		res, err = e.hits(asking, p)
		return err
	})
	g.Go(func() (err error) {
		didYouMean, err = e.didYouMean(asking, p.Request)
		return err
	})
	g.Go(func() (err error) {
		names, err = e.named(asking, p.Request)
		return err
	})
	if err := g.Wait(); errors.Is(err, client.ErrDeleted) && r.Cursor != "" {
		return search.Response{}, fmt.Errorf("%w: %s was deleted", search.ErrCursorExpired, e.generation)
	} else if err != nil {
		return search.Response{}, fmt.Errorf("searching %s: %w", e.generation, err)
	}
	res.DidYouMean, res.Named = didYouMean, names
	return res, nil
}

// hits answers a request without suggestions.
func (e *Engine) hits(ctx context.Context, p *prepared) (search.Response, error) {
	from, err := e.start(p.Request)
	if err != nil {
		return search.Response{}, err
	}
	if !p.Exact {
		if p, err = e.decidedIfMany(ctx, p); err != nil {
			return search.Response{}, err
		}
	}
	first, err := e.window(ctx, p, from.After, true)
	if err != nil {
		return search.Response{}, err
	}
	switch n := first.total; {
	case p.Sort == search.Reprinted:
		return e.searchReprinted(ctx, p, n)
	case n <= e.options.Small && !p.Least && from.After == nil && len(first.found) == n:
		return e.searchSmall(ctx, p, first.found)
	case n <= e.options.Small && !p.Least, !p.Exact && !p.Least && n <= e.options.Verified:
		roots, err := e.roots(ctx, p.all(), n)
		if err != nil {
			return search.Response{}, err
		}
		return e.searchSmall(ctx, p, roots)
	case !p.Exact && p.Least:
		first.exact = false
	case !p.Exact:
		return e.searchLeast(ctx, p, from, n)
	}
	return e.searchWindows(ctx, p, from, first)
}

// searchReprinted answers a request whose order depends on every root document that matches.
func (e *Engine) searchReprinted(ctx context.Context, p *prepared, n int) (search.Response, error) {
	if n > e.options.Verified || p.Least {
		return search.Response{}, fmt.Errorf("%d articles in the order of their copies: %w", n, errTooMany)
	}
	roots, err := e.roots(ctx, p.all(), n)
	if err != nil {
		return search.Response{}, err
	}
	return e.searchSmall(ctx, p, roots)
}

// searchLeast answers a request of which texts would have to decide about too many articles: by what matches
// for certain.
func (e *Engine) searchLeast(ctx context.Context, p *prepared, from start, candidates int) (search.Response, error) {
	least, err := e.certain(p)
	if err != nil {
		return search.Response{}, fmt.Errorf("%d articles: %w", candidates, err)
	}
	first, err := e.window(ctx, least, from.After, true)
	if err != nil {
		return search.Response{}, err
	}
	first.exact = false
	return e.searchWindows(ctx, least, from, first)
}

// certain returns the same request about what matches for certain.
// Errors: errTooMany if texts have to decide.
func (e *Engine) certain(p *prepared) (*prepared, error) {
	least, err := p.least()
	if err != nil {
		return nil, err
	}
	if !least.Least {
		return nil, errTooMany
	}
	other := *p
	other.unfiltered = least
	other.setFilter(e, p.Filter)
	return &other, nil
}

// searchSmall answers a request from all of the few root documents that match.
func (e *Engine) searchSmall(ctx context.Context, p *prepared, roots []source) (search.Response, error) {
	slices.SortFunc(roots, func(a, b source) int { return cmp.Compare(a.Member, b.Member) })
	r := p.Request
	r.NoSuggestions, r.Facets = true, nil
	local, err := e.localOf(ctx, roots, true, p.expected)
	if err != nil {
		return search.Response{}, err
	}
	res, err := local.Search(ctx, r)
	switch {
	case err != nil || p.Facets == nil:
	case p.Exact:
		res.Facets, err = e.facets(ctx, p)
	default:
		res.Facets, err = e.verifiedFacets(ctx, p)
	}
	return res, err
}

// count counts root documents.
func (e *Engine) count(ctx context.Context, q object) (int, error) {
	var answer hitsAnswer
	err := e.search(ctx, object{"query": q, "size": 0, "track_total_hits": true}, &answer)
	return answer.Hits.Total.Value, err
}

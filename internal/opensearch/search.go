package opensearch

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"xunwen/internal/engine"
	"xunwen/internal/search"
)

// prepared is a request as the cluster is asked.
type prepared struct {
	search.Request
	asked
	filter object // of root documents
	terms  []engine.Term
}

// query matches the root documents of the request.
func (p *prepared) all() object {
	if p.query == nil {
		return p.filter
	}
	return allOf(p.query, p.filter)
}

// prepare translates a request, and looks up the statistics that it needs.
func (e *Engine) prepare(ctx context.Context, r search.Request) (*prepared, error) {
	r.By, r.Sort = cmp.Or(r.By, search.ByArticle), cmp.Or(r.Sort, search.ByRelevance)
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
		needed = append(needed, countsOfUnits(r.By, bag, false)...)
		needed = append(needed, countsOfUnits(r.By, bag, true)...)
	}
	if err := e.lookUp(ctx, needed); err != nil {
		return nil, err
	}
	condition, err := engine.Conditions(r.Query, e.words, r.Match)
	if err != nil {
		return nil, err
	}
	own := &statistics{e.sizes, e.counts}
	weigh := func(by search.By, of engine.UnitsOf, synonyms bool) ([]int, int, error) {
		members := e.sizes.Items
		if by == search.ByParagraph {
			members = e.sizes.Documents
		}
		return own.Units(by, of, synonyms), members, nil
	}
	if p.asked, err = ask(condition, r.By, weigh); err != nil {
		return nil, err
	}
	p.filter = e.filter(r.Filter, r.By, p)
	return p, nil
}

// filter translates a filter. By paragraph, its parts about paragraphs are added to the cases.
func (e *Engine) filter(f search.Filter, by search.By, p *prepared) object {
	parts := []object{matchAll}
	add := func(field string, values []string, fold bool) {
		if len(values) == 0 {
			return
		}
		keys := values
		if fold {
			field, keys = keyOf(field), nil
			for _, v := range values {
				keys = append(keys, valueKey(e.words, v))
			}
		}
		parts = append(parts, object{"terms": object{field: keys}})
	}
	add("publication", f.Publication, true)
	add("source", f.Source, true)
	add("page", f.Page, false)
	add("page_name", f.PageName, true)
	if f.From != "" || f.To != "" {
		parts = append(parts, between(dateField, f.From, f.To))
	}
	if len(f.Section)+len(f.Kind) == 0 {
		return allOf(parts...)
	}
	of := func(path string) object {
		in := []object{matchAll}
		if len(f.Section) > 0 {
			var keys []string
			for _, v := range f.Section {
				keys = append(keys, valueKey(e.words, v))
			}
			in = append(in, object{"terms": object{path + "." + keyOf(sectionField): keys}})
		}
		if len(f.Kind) > 0 {
			in = append(in, object{"terms": object{path + "." + kindField: f.Kind}})
		}
		return allOf(in...)
	}
	if by == search.ByArticle {
		return allOf(append(parts, anyOf(nested(ownField, of(ownField)), nested(othersField, of(othersField))))...)
	}
	var queries []object
	for i := range p.cases {
		c := &p.cases[i]
		c.paragraph = allOf(c.paragraph, of(ownField))
		queries = append(queries, allOf(c.root, nested(ownField, c.paragraph)))
	}
	p.query = anyOf(queries...)
	return allOf(parts...)
}

// Search implements search.Engine.
func (e *Engine) Search(ctx context.Context, r search.Request) (search.Response, error) {
	p, err := e.prepare(ctx, r)
	if err != nil {
		return search.Response{}, err
	}
	n, err := e.count(ctx, p.all())
	if err != nil {
		return search.Response{}, err
	}
	if n <= e.options.Small || !p.exact && n <= e.options.Verified {
		roots, err := e.roots(ctx, p.all(), n)
		if err != nil {
			return search.Response{}, err
		}
		return e.localOf(roots, true).Search(ctx, r)
	}
	if !p.exact {
		return search.Response{}, fmt.Errorf("%d articles: %w", n, errTooMany)
	}
	from, err := e.start(r)
	if err != nil {
		return search.Response{}, err
	}
	return e.searchWindows(ctx, p, from)
}

// count counts root documents.
func (e *Engine) count(ctx context.Context, q object) (int, error) {
	var answer hitsAnswer
	err := e.search(ctx, object{"query": q, "size": 0, "track_total_hits": true}, &answer)
	return answer.Hits.Total.Value, err
}

// start is where the wanted hits begin: in the window after some sort values, after some of its hits.
type start struct {
	After  []json.RawMessage `json:"a,omitempty"`
	Offset int               `json:"p,omitempty"`
	Before int               `json:"n,omitempty"` // hits before
}

// cursor is a position among the hits of a request over a generation.
type cursor struct {
	Generation string `json:"g"`
	Request    string `json:"r"` // digest
	start
}

// start returns the one of a request's cursor.
func (e *Engine) start(r search.Request) (start, error) {
	if r.Cursor == "" {
		return start{}, nil
	}
	var c cursor
	b, err := base64.RawURLEncoding.DecodeString(r.Cursor)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil || c.Request != digest(r) {
		return start{}, search.ErrBadCursor
	}
	if c.Generation != e.generation {
		return start{}, fmt.Errorf("%w: %s, now %s", search.ErrCursorExpired, c.Generation, e.generation)
	}
	return c.start, nil
}

func (e *Engine) cursor(r search.Request, next start) (string, error) {
	b, err := json.Marshal(cursor{e.generation, digest(r), next})
	return base64.RawURLEncoding.EncodeToString(b), err
}

// digest is a digest of what a cursor's request must have in common with the first.
func digest(r search.Request) string { return engine.Digest(r) }

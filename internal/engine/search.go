package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// Search implements search.Engine.
func (e *Engine) Search(ctx context.Context, r search.Request) (search.Response, error) {
	r = withDefaults(r)
	from, err := e.start(r)
	if err != nil {
		return search.Response{}, err
	}
	res, err := e.answer(ctx, r, from)
	if err != nil {
		return search.Response{}, fmt.Errorf("searching %s: %w", e.name, err)
	}
	return res, nil
}

// answer searches, and corrects the query at the same time.
func (e *Engine) answer(ctx context.Context, r search.Request, from start) (search.Response, error) {
	var didYouMean string
	wanted, cancel := context.WithCancel(ctx)
	suggesting := beside(e.isCorrected(r), func() (err error) {
		defer e.processors.begin()()
		didYouMean, err = e.didYouMean(wanted, r)
		return err
	})
	defer suggesting.wait()
	defer cancel()
	res, err := e.search(ctx, r, from)
	if err == nil {
		res.Named, err = e.named(ctx, r)
	}
	if err != nil {
		return search.Response{}, err
	}
	err = suggesting.wait()
	res.DidYouMean = didYouMean
	return res, err
}

// search answers a request: it compiles the query, looks its leaves up, ranks what
// matches, counts facets, and reads and highlights the hits.
func (e *Engine) search(ctx context.Context, r search.Request, from start) (search.Response, error) {
	p, err := compile(r.Query, e.index.segmenter, r.Match)
	if err != nil {
		return search.Response{}, err
	}
	team := newTeam(e.processors)
	defer team.end()
	s, err := newSearcher(ctx, e.index, p, newScope(e.index.columns, r.By, r.Uncollapsed), team)
	if err != nil {
		return search.Response{}, err
	}
	best, err := s.rank(ctx, r, from)
	if err != nil {
		return search.Response{}, err
	}
	res := search.Response{Generation: e.name, Total: best.total, Relation: search.Eq}
	if r.Facets != nil {
		if res.Facets, err = s.facets(ctx, best.hits, r.Filter, *r.Facets); err != nil {
			return search.Response{}, err
		}
	}
	if r.Explain {
		res.Plan = p.String()
	}
	if res.Hits, err = s.hits(ctx, best, r); err != nil {
		return search.Response{}, err
	}
	if n := len(res.Hits); n > 0 && from.offset+n < best.total {
		res.Cursor = e.cursor(r, start{from.offset + n, best.top[n-1].member})
	}
	return res, nil
}

// rank carries a search out up to its wanted hits: it matches the plan, for the filter
// and for facets, resolves the posting lists of the terms that rank, scores what
// matches, collapses near-duplicates and orders the rest.
// Errors: search.ErrBadCursor if from is not a hit.
func (s *searcher) rank(ctx context.Context, r search.Request, from start) (*ranking, error) {
	wanted, cancel := context.WithCancel(ctx)
	defer cancel()
	resolved, resolving := s.beginLists(wanted)
	found, err := s.match(ctx, r.Filter, r.Facets)
	if err != nil {
		return nil, err
	}
	var lists []weightedList
	if !found.empty() {
		if err := resolving.finish(); err != nil {
			return nil, err
		}
		lists = *resolved
	}
	q := ranks(r, from)
	scores, err := s.score(ctx, found, lists, q)
	if err != nil {
		return nil, err
	}
	hits := s.collapse(found, scores, q.compare)
	top, err := scores.top(hits.base, q)
	if err != nil {
		return nil, err
	}
	total := s.scope.groups.count(found.base.members)
	return &ranking{
		lists: lists, hits: hits, scorer: scores.scorer, matching: found.plan, total: total, top: top,
	}, nil
}

// hits reads and highlights the hits of a ranking.
func (s *searcher) hits(ctx context.Context, of *ranking, r search.Request) ([]search.Hit, error) {
	out := make([]search.Hit, len(of.top))
	reader := newHitReader(s, of, r)
	for i, h := range of.top {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var err error
		if out[i], err = s.hit(ctx, reader, h, r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// hit reads and highlights one hit.
func (s *searcher) hit(ctx context.Context, reader *hitReader, h scored, r search.Request) (search.Hit, error) {
	a, err := reader.article(ctx, h)
	if err != nil {
		return search.Hit{}, err
	}
	hit, err := reader.hit(ctx, h, &a)
	if err != nil {
		return search.Hit{}, err
	}
	if r.Explain {
		if hit.Explanation, err = s.explain(reader.ranking, h); err != nil {
			return search.Hit{}, err
		}
	}
	if r.MarkedTexts {
		if hit.MarkedTexts, err = reader.marked(ctx, h, &a); err != nil {
			return search.Hit{}, err
		}
	}
	return hit, nil
}

func withDefaults(r search.Request) search.Request {
	r.By, r.Sort = cmp.Or(r.By, search.ByArticle), cmp.Or(r.Sort, search.ByRelevance)
	return r
}

// searcher is one search of a plan over a snapshot, with the plan's leaves looked up there.
// It does not change.
type searcher struct {
	index *reader
	scope scope
	plan  *plan
	team  *team
	units map[unitKey]*roaring.Bitmap // members of the scope of matching with a unit, of all bags
	terms map[prefixKey][]string      // that match the prefixes
}

// newSearcher looks up the leaves of a plan, each once.
// Errors: search.ErrTooBroad. A team of nil has no helpers.
func newSearcher(ctx context.Context, index *snapshot, p *plan, of scope, team *team) (*searcher, error) {
	s := &searcher{
		index: newReader(index),
		scope: of,
		plan:  p,
		team:  team,
		units: map[unitKey]*roaring.Bitmap{},
	}
	if err := s.lookUpUnits(ctx); err != nil {
		return nil, err
	}
	var err error
	s.terms, err = index.expand(ctx, s.scope, p.prefixes)
	return s, err
}

// unitWeight is what a unit gains a snippet: its idf, where a bag looks for it anywhere,
// else that of the rarest of its grams by which hits are ranked, else 1.
func (s *searcher) unitWeight(u unit, lists []weightedList) float64 {
	if set, ok := s.units[unitKey{u.text, anywhere}]; ok && s.index.statistics == nil {
		return s.scope.matching().idf(set)
	}
	weight := 0.0
	for _, l := range lists {
		if l.field == Grams && slices.Contains(u.grams, l.text) {
			weight = max(weight, idf(s.index.sizes().Documents, l.everywhere))
		}
	}
	if weight == 0 {
		return 1
	}
	return weight
}

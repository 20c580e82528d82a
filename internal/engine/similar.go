package engine

import (
	"context"
	"fmt"
	"slices"

	"xunwen/internal/search"
)

const (
	// SimilarTerms is how many terms of an article are compared: more of them bring
	// what every report has, and take longer.
	SimilarTerms = 24
	// leastSimilar is the share of the terms' weight that an article must have: less
	// is a subject in common, not a story.
	leastSimilar = 0.25
)

// Similar implements search.Engine. It scores articles by BM25 for the terms of the
// highest tf·idf in the given one.
func (e *Engine) Similar(ctx context.Context, r search.SimilarRequest) (search.Related, error) {
	article, err := e.number(r.ID)
	if err != nil {
		return search.Related{}, err
	}
	top, err := e.index.similar(ctx, article, r.Size)
	if err != nil {
		return search.Related{}, fmt.Errorf("articles similar to %s of %s: %w", r.ID, e.name, err)
	}
	out := search.Related{Generation: e.name, Hits: []search.Hit{}}
	outline := e.index.outline()
	for _, s := range top {
		if err := ctx.Err(); err != nil {
			return search.Related{}, err
		}
		hit, err := e.related(outline, s.member, s.score)
		if err != nil {
			return search.Related{}, err
		}
		for _, other := range e.index.columns.nearDuplicates.others(s.member) {
			near, err := e.index.columns.nearDuplicate(other)
			if err != nil {
				return search.Related{}, err
			}
			hit.NearDuplicates = append(hit.NearDuplicates, near)
		}
		out.Hits = append(out.Hits, hit)
	}
	return out, nil
}

// NearDuplicates implements search.Engine.
func (e *Engine) NearDuplicates(ctx context.Context, id string) (search.Related, error) {
	article, err := e.number(id)
	if err != nil {
		return search.Related{}, err
	}
	out := search.Related{Generation: e.name, Hits: []search.Hit{}}
	outline := e.index.outline()
	for _, other := range e.index.columns.nearDuplicates.others(article) {
		if err := ctx.Err(); err != nil {
			return search.Related{}, err
		}
		hit, err := e.related(outline, other, 0)
		if err != nil {
			return search.Related{}, err
		}
		out.Hits = append(out.Hits, hit)
	}
	return out, nil
}

func (e *Engine) related(o *outline, article uint32, score float64) (search.Hit, error) {
	a, err := o.Open(int(article))
	var opening string
	if err == nil {
		opening, err = o.opening(&a)
	}
	if err != nil {
		return search.Hit{}, fmt.Errorf("reading article %d of %s: %w", article, e.name, err)
	}
	return search.Hit{Article: metadata(a), Opening: opening, Score: score}, nil
}

// similar returns the articles most similar to one, the best of each group of
// near-duplicates, without the article's own group.
func (sn *snapshot) similar(ctx context.Context, article uint32, size int) ([]scored, error) {
	terms, err := sn.characteristic(ctx, article)
	if err != nil {
		return nil, err
	}
	sums := newSimilarity(sn.columns, sn.columns.Group[article])
	everything := []DocumentRange{{0, uint32(len(sn.columns.Article))}}
	b := sn.buffers()
	for _, t := range terms {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		l, err := sn.lookUpList(Words, t.text)
		if err != nil {
			return nil, err
		}
		if err := l.within(&b.postings, everything); err != nil {
			return nil, err
		}
		own := sums.add(&b.postings, t.weight)
		if sn.articlesWith(t.text, &b.postings) > own {
			sums.terms++
			sums.weight += t.weight
		}
		if sums.terms == SimilarTerms {
			break
		}
	}
	sn.pool.Put(b)
	compare := order(search.ByRelevance, false)
	top := newTopN(size, compare)
	var near []scored
	for _, m := range sums.found {
		if sums.present[m] < leastSimilar*sums.weight {
			continue
		}
		hit := scored{
			member: m, score: sums.score[m], day: sn.columns.Day[m], article: m, sequence: sn.columns.Sequence[m],
		}
		if sn.columns.nearDuplicates.contains(m) {
			near = append(near, hit)
		} else {
			top.offer(hit)
		}
	}
	for _, hit := range sn.columns.nearDuplicates.first(slices.Values(near), compare) {
		top.offer(hit)
	}
	return top.sorted(), nil
}

// similarity sums up scores by article, term by term.
type similarity struct {
	columns *Columns
	own     uint32 // the group whose articles are left out

	terms   int       // so far, those that occur in other groups of the collection
	weight  float64   // of these
	score   []float64 // by article
	present []float64 // by article, the weight of the terms that it has
	found   []uint32  // articles with a term
}

func newSimilarity(c *Columns, own uint32) *similarity {
	return &similarity{
		columns: c,
		own:     own,
		score:   make([]float64, len(c.Day)),
		present: make([]float64, len(c.Day)),
	}
}

// add adds a term of the channel words. It returns how many articles of the own group have it.
func (s *similarity) add(l *postings, weight float64) (own int) {
	c := s.columns
	lengths := c.lengths(Words)
	for i := 0; i < len(l.docs); {
		article, tf := c.Article[l.docs[i]], 0.0
		for ; i < len(l.docs) && c.Article[l.docs[i]] == article; i++ {
			tf += float64(l.frequencies[i])
		}
		if c.Group[article] == s.own {
			own++
			continue
		}
		if s.present[article] == 0 {
			s.found = append(s.found, article)
		}
		s.present[article] += weight
		s.score[article] += weight * bm25(tf, lengths.ofArticle(article))
	}
	return own
}

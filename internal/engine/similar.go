package engine

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

const (
	// similarTerms is how many of an article's terms it is compared by: more of
	// them bring what every report has, and take longer.
	similarTerms = 24
	// titleWeight is how often a word of the headings counts.
	titleWeight = 2
	// leastSimilar is how much of the terms' weight an article must hold: less
	// is a subject in common, not a story.
	leastSimilar = .25
)

// Similar implements search.Engine: articles are scored by BM25 for the words
// that tell the article in hand from others, those of the highest tf·idf.
func (e *Engine) Similar(ctx context.Context, r search.SimilarRequest) (search.Related, error) {
	article, err := e.number(r.ID)
	if err != nil {
		return search.Related{}, err
	}
	top, err := e.similar(ctx, article, r.Size)
	if err != nil {
		return search.Related{}, fmt.Errorf("articles similar to %s of %s: %w", r.ID, e.name, err)
	}
	out := search.Related{Generation: e.name, Hits: []search.Hit{}}
	for _, s := range top {
		if err := ctx.Err(); err != nil {
			return search.Related{}, err
		}
		hit, err := e.related(s.member, s.score)
		if err != nil {
			return search.Related{}, err
		}
		for _, other := range e.columns.copies.others(s.member) {
			hit.NearDuplicates = append(hit.NearDuplicates, e.columns.copy(other))
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
	for _, other := range e.columns.copies.others(article) {
		if err := ctx.Err(); err != nil {
			return search.Related{}, err
		}
		hit, err := e.related(other, 0)
		if err != nil {
			return search.Related{}, err
		}
		out.Hits = append(out.Hits, hit)
	}
	return out, nil
}

// number returns the number of the article with an id.
func (e *Engine) number(id string) (uint32, error) {
	docs, err := e.postings.Documents(ArticleID, id)
	if err != nil {
		return 0, fmt.Errorf("article %s of %s: %w", id, e.name, err)
	}
	if id == "" || docs.IsEmpty() {
		return 0, fmt.Errorf("article %q: %w", id, search.ErrNotFound)
	}
	return e.columns.Article[docs.Minimum()], nil
}

func (e *Engine) related(article uint32, score float64) (search.Hit, error) {
	a, err := e.records.Get(int(article))
	if err != nil {
		return search.Hit{}, fmt.Errorf("reading article %d of %s: %w", article, e.name, err)
	}
	return search.Hit{Article: metadata(a), Opening: a.Opening(), Score: score}, nil
}

// similar returns the articles most like one, the best of each group, without
// the group of its own.
func (e *Engine) similar(ctx context.Context, article uint32, keep int) ([]scored, error) {
	a, err := e.records.Get(int(article))
	if err != nil {
		return nil, err
	}
	terms, err := e.characteristic(ctx, &a)
	if err != nil {
		return nil, err
	}
	sums := &tally{columns: e.columns, own: e.columns.Group[article],
		score: make([]float64, len(e.columns.Day)), held: make([]float64, len(e.columns.Day))}
	for _, t := range terms {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		l, err := e.list(Words, t.text)
		if err != nil {
			return nil, err
		}
		if sums.add(l, t.weight); sums.terms == similarTerms {
			break
		}
	}
	first := newCollector(keep, order(search.ByRelevance, false), &e.columns.copies)
	for _, m := range sums.found {
		if sums.held[m] < leastSimilar*sums.weight {
			continue
		}
		first.offer(scored{member: m, score: sums.score[m], day: e.columns.Day[m], place: m})
	}
	return first.hits(), nil
}

// characteristic returns the words that tell an article from others, the
// weightiest first: (1 + log of how often it stands there) times idf. They are
// more than are needed, since others may hold none of a few.
func (e *Engine) characteristic(ctx context.Context, a *news.Article) ([]weighted, error) {
	counts := map[string]float64{}
	count := func(text string, weight float64) {
		for _, t := range e.cut.Segment(e.cut.FoldString(text)) {
			if !isNumber(t.Term) && !isSingleHan(t.Term) && !e.cut.IsStopWord(t.Term) {
				counts[t.Term] += weight
			}
		}
	}
	for _, s := range []string{a.Title, a.Kicker, a.Subtitle} {
		count(s, titleWeight)
	}
	for _, p := range a.Paragraphs {
		count(p.Text, 1)
	}
	var terms []weighted
	for word, tf := range counts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		df, err := e.postings.Count(Words, word)
		if err != nil {
			return nil, err
		}
		w := (1 + math.Log(tf)) * idf(len(e.columns.Article), df)
		terms = append(terms, weighted{term{Words, word}, w})
	}
	slices.SortFunc(terms, func(a, b weighted) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.text, b.text))
	})
	return terms[:min(len(terms), 2*similarTerms)], nil
}

// tally sums up scores by article, one term after another.
type tally struct {
	columns *Columns
	own     uint32 // the group whose articles are left out

	terms  int       // so far, those that other groups hold
	weight float64   // of these
	score  []float64 // by article
	held   []float64 // by article, the weight of the terms that it holds
	found  []uint32  // articles that hold a term
}

// add adds a term of the words channel.
func (t *tally) add(l *termList, weight float64) {
	c, others := t.columns, false
	lengths := c.lengths(Words)
	for i := 0; i < len(l.docs); {
		article, tf := c.Article[l.docs[i]], 0.
		for ; i < len(l.docs) && c.Article[l.docs[i]] == article; i++ {
			tf += float64(l.frequencies[i])
		}
		if c.Group[article] == t.own {
			continue
		}
		others = true
		if t.held[article] == 0 {
			t.found = append(t.found, article)
		}
		t.held[article] += weight
		t.score[article] += weight * bm25(tf, lengths.ofArticle(article))
	}
	if others {
		t.terms++
		t.weight += weight
	}
}

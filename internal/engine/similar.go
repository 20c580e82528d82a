package engine

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

const (
	// similarTerms is how many terms of an article are compared: more of them bring
	// what every report has, and take longer.
	similarTerms = 24
	// titleWeight is how often a word of the headings counts.
	titleWeight = 2
	// leastSimilar is the share of the terms' weight that an article must have: less
	// is a subject in common, not a story.
	leastSimilar = 0.25
	// comparedBytes is how much of an article's texts is compared, the headings first: its
	// beginning says what it is about, and no report is longer.
	comparedBytes = 48 << 10
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
		if sums.add(&b.postings, t.weight); sums.terms == similarTerms {
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

// characteristic returns the words by which an article differs from others, the
// highest weight first: (1 + log tf) times idf. They are more than are needed, since
// some may occur nowhere else.
func (sn *snapshot) characteristic(ctx context.Context, article uint32) ([]weightedTerm, error) {
	words, err := sn.contentWords(ctx, article)
	if err != nil {
		return nil, err
	}
	var terms []weightedTerm
	for word, tf := range words {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		df, err := sn.documentFrequency(word)
		if err != nil {
			return nil, err
		}
		w := (1 + math.Log(tf)) * idf(sn.sizes().Documents, df)
		terms = append(terms, weightedTerm{term{Words, word}, w})
	}
	slices.SortFunc(terms, func(a, b weightedTerm) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.text, b.text))
	})
	return terms[:min(len(terms), 2*similarTerms)], nil
}

// contentWords counts the words of an article, as wordCounts does.
func (sn *snapshot) contentWords(ctx context.Context, article uint32) (map[string]float64, error) {
	o := sn.outline()
	a, err := o.Open(int(article))
	if err != nil {
		return nil, err
	}
	c := newWordCounts(sn.segmenter)
	c.addHeadings(&a)
	for n := range a.Paragraphs {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		text, err := o.text(n+1, c.left)
		if err != nil {
			return nil, err
		}
		if c.add(strings.Clone(text), 1); c.left == 0 { // the words are parts of it
			break
		}
	}
	return c.counts, nil
}

// contentWords is snapshot.contentWords for an article in memory.
func contentWords(s Segmenter, a *news.Article) map[string]float64 {
	c := newWordCounts(s)
	c.addHeadings(a)
	for _, p := range a.Paragraphs {
		c.add(p.Text, 1)
	}
	return c.counts
}

// wordCounts counts the words of an article's first comparedBytes that are no numbers, single
// characters or stop words.
type wordCounts struct {
	segmenter Segmenter
	counts    map[string]float64
	left      int // bytes
}

func newWordCounts(s Segmenter) *wordCounts {
	return &wordCounts{segmenter: s, counts: map[string]float64{}, left: comparedBytes}
}

func (c *wordCounts) addHeadings(a *news.Article) {
	for _, text := range []string{a.Title, a.Kicker, a.Subtitle} {
		c.add(text, titleWeight)
	}
}

func (c *wordCounts) add(text string, weight float64) {
	if len(text) >= c.left {
		text = beginningOf(text, c.left)
		c.left = len(text)
	}
	c.left -= len(text)
	s := c.segmenter
	for _, t := range s.Segment(s.FoldString(text)) {
		if !isNumber(t.Term) && !isSingleHan(t.Term) && !s.IsStopWord(t.Term) {
			c.counts[t.Term] += weight
		}
	}
}

// ContentWords lists the words of an article by which it is compared with others.
func ContentWords(s Segmenter, a *news.Article) []string {
	return slices.Sorted(maps.Keys(contentWords(s, a)))
}

// WeightedWord is a word with its weight.
type WeightedWord struct {
	Text   string
	Weight float64
}

// Characteristic returns the words by which an article differs from others of a collection, as Similar
// compares them.
func Characteristic(a *news.Article, s Segmenter, of Statistics) []WeightedWord {
	documents := of.Sizes().Documents
	var out []WeightedWord
	for word, tf := range contentWords(s, a) {
		df, _ := of.Term(Words, word)
		out = append(out, WeightedWord{word, (1 + math.Log(tf)) * idf(documents, df)})
	}
	slices.SortFunc(out, func(a, b WeightedWord) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Text, b.Text))
	})
	return out[:min(len(out), 2*similarTerms)]
}

// similarity sums up scores by article, term by term.
type similarity struct {
	columns *Columns
	own     uint32 // the group whose articles are left out

	terms   int       // so far, those that occur in other groups
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

// add adds a term of the channel words.
func (s *similarity) add(l *postings, weight float64) {
	c, elsewhere := s.columns, false
	lengths := c.lengths(Words)
	for i := 0; i < len(l.docs); {
		article, tf := c.Article[l.docs[i]], 0.0
		for ; i < len(l.docs) && c.Article[l.docs[i]] == article; i++ {
			tf += float64(l.frequencies[i])
		}
		if c.Group[article] == s.own {
			continue
		}
		elsewhere = true
		if s.present[article] == 0 {
			s.found = append(s.found, article)
		}
		s.present[article] += weight
		s.score[article] += weight * bm25(tf, lengths.ofArticle(article))
	}
	if elsewhere {
		s.terms++
		s.weight += weight
	}
}

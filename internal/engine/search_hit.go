package engine

import (
	"cmp"
	"fmt"
	"slices"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/snippet"
)

// shownParagraphs is how many paragraphs of an article a hit shows.
const shownParagraphs = 3

// hitReader makes hits of ranked members: it reads their articles and chooses and
// highlights what is shown. It is not for concurrent use.
type hitReader struct {
	index        *snapshot
	scope        scope
	ranking      *ranking
	marks        *highlighter
	noHighlights bool
}

func newHitReader(s *searcher, of *ranking, r search.Request) *hitReader {
	weight := func(u unit) float64 { return s.unitWeight(u, of.lists) }
	marks := newHighlighter(s.plan, s.index.segmenter, s.scope.by, weight)
	return &hitReader{s.index.snapshot, s.scope, of, marks, r.NoHighlights}
}

// article reads the article of a ranked member.
func (r *hitReader) article(h scored) (news.Article, error) {
	a, err := r.index.records.Get(int(h.article))
	if err != nil {
		return news.Article{}, err
	}
	head, end := r.scope.columns.documents(h.article)
	if want := int(end - head - 1); len(a.Paragraphs) != want {
		return news.Article{}, fmt.Errorf("article %s has %d paragraphs, its columns have %d",
			a.ID, len(a.Paragraphs), want)
	}
	r.marks.begin(&a)
	return a, nil
}

// hit returns what is shown of a ranked member and its article.
func (r *hitReader) hit(h scored, a *news.Article) (search.Hit, error) {
	hit := search.Hit{
		Article:     metadata(*a),
		Opening:     a.Opening(),
		Score:       h.score,
		TitleMarks:  []search.Span{},
		BylineMarks: []search.Span{},
		Paragraphs:  []search.Match{},
	}
	for _, other := range r.scope.groups.others(h.member) {
		if r.ranking.hits.base.view.members.Contains(other) {
			near, err := r.scope.columns.nearDuplicate(other)
			if err != nil {
				return search.Hit{}, err
			}
			hit.NearDuplicates = append(hit.NearDuplicates, near)
		}
	}
	if r.noHighlights {
		return hit, nil
	}
	hit.TitleMarks, hit.BylineMarks = r.marks.title(a.Title), r.marks.byline(a.Byline)
	for _, s := range r.shown(h, a) {
		p := a.Paragraphs[s.n-1]
		hit.Paragraphs = append(hit.Paragraphs, search.Match{
			N:            s.n,
			Section:      p.Section,
			SectionMarks: r.marks.section(p.Section),
			Kind:         p.Kind,
			Score:        s.score,
			Snippet:      snippet.Build(p.Text, s.marks),
		})
	}
	return hit, nil
}

// mayShow reports whether a document of a ranked member's article may be shown: by
// paragraph the member alone, by article what passes the filter.
func (r *hitReader) mayShow(h scored, doc uint32) bool {
	shown := r.ranking.hits.base.view.shown
	return (r.scope.by != search.ByParagraph || doc == h.member) && (shown == nil || shown.Contains(doc))
}

// item returns the documents of the item that a hit is shown by: the whole of an article,
// of a round-up the item that makes its score, or without a score the first that matches.
func (r *hitReader) item(h scored) DocumentRange {
	if r.scope.by == search.ByParagraph {
		return DocumentRange{h.member, h.member + 1}
	}
	if r.ranking.scorer != nil {
		return r.ranking.scorer.bestItem(h.article)
	}
	return r.scope.columns.appendMatching(nil, h.article, r.ranking.matching)[0]
}

// paragraph is one that may be shown.
type paragraph struct {
	n     int  // from 1
	first bool // it is in the item that the hit is shown by
	score float64
	marks []snippet.Mark
}

// shown chooses the paragraphs to show: by paragraph the one, by article the best
// of those with a mark, else the first below a section with one, else the first. Of a
// round-up, those of an item come before all others.
func (r *hitReader) shown(h scored, a *news.Article) []paragraph {
	paragraphs := a.Paragraphs
	head, _ := r.scope.columns.documents(h.article)
	item := r.item(h)
	var allowed []paragraph
	for i := range paragraphs {
		doc := head + 1 + uint32(i)
		if !r.mayShow(h, doc) {
			continue
		}
		p := paragraph{n: i + 1, first: item.From <= doc && doc < item.End}
		if r.ranking.scorer != nil {
			p.score = r.ranking.scorer.document(doc)
		}
		allowed = append(allowed, p)
	}
	slices.SortStableFunc(allowed, func(a, b paragraph) int { return compareBool(b.first, a.first) })
	best := slices.Clone(allowed)
	slices.SortStableFunc(best, func(a, b paragraph) int {
		return cmp.Or(compareBool(b.first, a.first), cmp.Compare(b.score, a.score))
	})
	var marked []paragraph
	for _, p := range best {
		if p.marks = r.marks.paragraph(a, p.n); len(p.marks) > 0 {
			marked = append(marked, p)
		}
		if len(marked) == shownParagraphs {
			break
		}
	}
	if len(marked) > 0 || len(allowed) == 0 {
		return marked
	}
	first := max(0, slices.IndexFunc(allowed, func(p paragraph) bool {
		return len(r.marks.section(paragraphs[p.n-1].Section)) > 0
	}))
	return allowed[first : first+1]
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// marked returns the texts of a hit with marks: by article its title and the
// paragraphs that pass the filter.
func (r *hitReader) marked(h scored, a *news.Article) []search.Marked {
	var out []search.Marked
	add := func(m search.Marked) {
		if len(m.Marks) > 0 {
			out = append(out, m)
		}
	}
	if r.scope.by == search.ByArticle {
		add(search.Marked{Text: a.Title, Marks: r.marks.title(a.Title)})
	}
	head, _ := r.scope.columns.documents(h.article)
	for i, p := range a.Paragraphs {
		if !r.mayShow(h, head+1+uint32(i)) {
			continue
		}
		add(search.Marked{
			N:       i + 1,
			Section: p.Section,
			Kind:    p.Kind,
			Text:    p.Text,
			Marks:   snippet.Merge(r.marks.paragraph(a, i+1)),
		})
	}
	return out
}

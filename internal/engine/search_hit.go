package engine

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

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
	texts        bool // of articles are read before they are needed
	all          bool // of them, however long they are

	// Memory that is used again for each hit.
	outline  *outline
	allowed  []paragraph
	snippets snippet.Builder
}

// newHitReader returns a reader of articles of which only the texts are decoded that may be
// shown, if no matcher depends on the others and not all marks of an article are wanted.
func newHitReader(s *searcher, of *ranking, r search.Request) *hitReader {
	weight := func(u unit) float64 { return s.unitWeight(u, of.lists) }
	marks := newHighlighter(s.plan, s.index.segmenter, s.scope.by, weight)
	return &hitReader{
		index: s.index.snapshot, scope: s.scope, ranking: of, marks: marks, noHighlights: r.NoHighlights,
		texts: len(marks.begins) > 0 || r.MarkedTexts, outline: s.index.outline(),
	}
}

// article reads the article of a ranked member. Its paragraphs have texts if the reader needs
// all of them; without, they are valid until the next call.
func (r *hitReader) article(ctx context.Context, h scored) (news.Article, error) {
	a, err := r.outline.Open(int(h.article))
	if err != nil {
		return news.Article{}, err
	}
	head, end := r.scope.columns.documents(h.article)
	if want := int(end - head - 1); len(a.Paragraphs) != want {
		return news.Article{}, fmt.Errorf("article %s has %d paragraphs, its columns have %d",
			a.ID, len(a.Paragraphs), want)
	}
	switch {
	case r.texts && r.all:
		a, err = r.index.records.Get(int(h.article))
	case r.texts:
		err = r.outline.read(ctx, &a, markedBytes)
	}
	r.marks.begin(&a)
	return a, err
}

// text returns the first bytes, at most so many, of the text of a paragraph, from 1, of the
// article that was read last. It is valid until the next call.
func (r *hitReader) text(a *news.Article, n, most int) (string, error) {
	if r.texts {
		return beginningOf(a.Paragraphs[n-1].Text, most), nil
	}
	return r.outline.text(n, most)
}

// hit returns what is shown of a ranked member and its article.
func (r *hitReader) hit(ctx context.Context, h scored, a *news.Article) (search.Hit, error) {
	opening, err := r.outline.opening(a)
	if err != nil {
		return search.Hit{}, err
	}
	hit := search.Hit{
		Article:     metadata(*a),
		Opening:     opening,
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
	hit.Paragraphs, err = r.shown(ctx, h, a)
	return hit, err
}

// match returns what is shown of a paragraph with its text and marks.
func (r *hitReader) match(a *news.Article, p paragraph, text string, marks []snippet.Mark) search.Match {
	out := search.Match{N: p.n, Score: p.score, Snippet: r.snippets.Build(text, marks)}
	for i := range out.Snippet.Fragments { // the text is valid until another is read
		f := &out.Snippet.Fragments[i]
		f.Text = strings.Clone(f.Text)
	}
	of := a.Paragraphs[p.n-1]
	out.Section, out.SectionMarks, out.Kind = of.Section, r.marks.section(of.Section), of.Kind
	return out
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
}

// shown chooses the paragraphs to show: by paragraph the one, by article the best
// of those with a mark, else the first below a section with one, else the first. Of a
// round-up, those of an item come before all others. Of a long article, hitBytes are looked
// through.
func (r *hitReader) shown(ctx context.Context, h scored, a *news.Article) ([]search.Match, error) {
	out := []search.Match{}
	best := r.mayBeShown(h, a)
	slices.SortStableFunc(best, func(a, b paragraph) int {
		return cmp.Or(compareBool(b.first, a.first), cmp.Compare(b.score, a.score))
	})
	left := hitBytes
	for i, p := range best {
		if i%textsAtOnce == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		text, err := r.text(a, p.n, left)
		if err != nil {
			return nil, err
		}
		if marks := r.marks.paragraph(p.n, text); len(marks) > 0 {
			out = append(out, r.match(a, p, text, marks))
		}
		if left -= len(text); len(out) == shownParagraphs || left <= 0 {
			break
		}
	}
	if len(out) > 0 || len(best) == 0 {
		return out, nil
	}
	first := r.firstBelow(a, best)
	text, err := r.text(a, first.n, hitBytes)
	return append(out, r.match(a, first, text, nil)), err
}

// firstBelow returns the first of some paragraphs below a section with a mark, else the first.
func (r *hitReader) firstBelow(a *news.Article, of []paragraph) paragraph {
	slices.SortFunc(of, func(a, b paragraph) int { return cmp.Or(compareBool(b.first, a.first), a.n-b.n) })
	last := ""
	for _, p := range of {
		if section := a.Paragraphs[p.n-1].Section; section != last {
			if last = section; len(r.marks.section(section)) > 0 {
				return p
			}
		}
	}
	return of[0]
}

// mayBeShown lists the paragraphs that may be shown, in their order.
func (r *hitReader) mayBeShown(h scored, a *news.Article) []paragraph {
	head, _ := r.scope.columns.documents(h.article)
	item := r.item(h)
	r.allowed = r.allowed[:0]
	for i := range a.Paragraphs {
		doc := head + 1 + uint32(i)
		if !r.mayShow(h, doc) {
			continue
		}
		p := paragraph{n: i + 1, first: item.From <= doc && doc < item.End}
		if r.ranking.scorer != nil {
			p.score = r.ranking.scorer.document(doc)
		}
		r.allowed = append(r.allowed, p)
	}
	return r.allowed
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
func (r *hitReader) marked(ctx context.Context, h scored, a *news.Article) ([]search.Marked, error) {
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
		if i%textsAtOnce == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !r.mayShow(h, head+1+uint32(i)) {
			continue
		}
		add(search.Marked{
			N:       i + 1,
			Section: p.Section,
			Kind:    p.Kind,
			Text:    p.Text,
			Marks:   snippet.Merge(r.marks.paragraph(i+1, p.Text)),
		})
	}
	return out, nil
}

package engine

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
	"unsafe"

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
	outlines     Outlines // nil to read articles whole

	// Memory that is used again for each hit.
	buffer   []byte // of a text
	allowed  []paragraph
	snippets snippet.Builder
}

// newHitReader returns a reader of articles of which only the texts are decoded that may be
// shown, if no matcher depends on the others and not all marks of an article are wanted.
func newHitReader(s *searcher, of *ranking, r search.Request) *hitReader {
	weight := func(u unit) float64 { return s.unitWeight(u, of.lists) }
	marks := newHighlighter(s.plan, s.index.segmenter, s.scope.by, weight)
	out := &hitReader{
		index: s.index.snapshot, scope: s.scope, ranking: of, marks: marks, noHighlights: r.NoHighlights,
	}
	if len(marks.begins) == 0 && !r.MarkedTexts {
		out.outlines = s.index.records.Outlines()
	}
	return out
}

// article reads the article of a ranked member. With outlines, its paragraphs have no texts and
// are valid until the next call.
func (r *hitReader) article(h scored) (news.Article, error) {
	read := r.index.records.Get
	if r.outlines != nil {
		read = r.outlines.Open
	}
	a, err := read(int(h.article))
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

// text returns the text of a paragraph, from 1, of the article that was read last. It is valid
// until the next call.
func (r *hitReader) text(a *news.Article, n int) (string, error) {
	if r.outlines == nil {
		return a.Paragraphs[n-1].Text, nil
	}
	return r.beginning(n, math.MaxInt)
}

// beginning is text for a reader of outlines; what follows some bytes may be left out.
func (r *hitReader) beginning(n, bytes int) (string, error) {
	var err error
	r.buffer, err = r.outlines.AppendText(r.buffer[:0], n-1, bytes)
	return unsafe.String(unsafe.SliceData(r.buffer), len(r.buffer)), err
}

// openingBytes are more than an opening has, unless there is much white space in it.
const openingBytes = 200

// opening returns how an article without headings begins.
func (r *hitReader) opening(a *news.Article) (string, error) {
	title, _, _ := a.Headings()
	if title != "" || r.outlines == nil {
		return a.Opening(), nil
	}
	for n := range a.Paragraphs {
		text, err := r.beginning(n+1, openingBytes)
		if err != nil {
			return "", err
		}
		opening, cut := news.Opening(withoutPart(text))
		if !cut {
			if text, err = r.beginning(n+1, math.MaxInt); err != nil {
				return "", err
			}
			opening, _ = news.Opening(text)
		}
		if opening != "" {
			return opening, nil
		}
	}
	return "", nil
}

// withoutPart returns a text without a part of a character at its end.
func withoutPart(text string) string {
	for range utf8.UTFMax - 1 {
		if r, size := utf8.DecodeLastRuneInString(text); r != utf8.RuneError || size != 1 {
			break
		}
		text = text[:len(text)-1]
	}
	return text
}

// hit returns what is shown of a ranked member and its article.
func (r *hitReader) hit(h scored, a *news.Article) (search.Hit, error) {
	opening, err := r.opening(a)
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
	hit.Paragraphs, err = r.shown(h, a)
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
// round-up, those of an item come before all others.
func (r *hitReader) shown(h scored, a *news.Article) ([]search.Match, error) {
	out := []search.Match{}
	best := r.mayBeShown(h, a)
	slices.SortStableFunc(best, func(a, b paragraph) int {
		return cmp.Or(compareBool(b.first, a.first), cmp.Compare(b.score, a.score))
	})
	for _, p := range best {
		text, err := r.text(a, p.n)
		if err != nil {
			return nil, err
		}
		if marks := r.marks.paragraph(a, p.n, text); len(marks) > 0 {
			out = append(out, r.match(a, p, text, marks))
		}
		if len(out) == shownParagraphs {
			break
		}
	}
	if len(out) > 0 || len(best) == 0 {
		return out, nil
	}
	inOrder := best
	slices.SortFunc(inOrder, func(a, b paragraph) int { return cmp.Or(compareBool(b.first, a.first), a.n-b.n) })
	first := max(0, slices.IndexFunc(inOrder, func(p paragraph) bool {
		return len(r.marks.section(a.Paragraphs[p.n-1].Section)) > 0
	}))
	text, err := r.text(a, inOrder[first].n)
	return append(out, r.match(a, inOrder[first], text, nil)), err
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
			Marks:   snippet.Merge(r.marks.paragraph(a, i+1, p.Text)),
		})
	}
	return out
}

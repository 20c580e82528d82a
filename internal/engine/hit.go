package engine

import (
	"cmp"
	"fmt"
	"slices"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/snippet"
)

// shownParagraphs is how many paragraphs an article shows under a hit.
const shownParagraphs = 3

// read returns the article of a ranked member.
func (r *run) read(h ranked) (news.Article, error) {
	a, err := r.records.Get(int(h.place))
	if err != nil {
		return news.Article{}, err
	}
	head, end := r.columns.documents(h.place)
	if int(end-head) != 1+len(a.Paragraphs) {
		return news.Article{}, fmt.Errorf("article %s has %d paragraphs, its columns say %d", a.ID, len(a.Paragraphs), end-head-1)
	}
	return a, nil
}

// hit fills in what is shown of a ranked member and its article.
func (r *run) hit(h ranked, a news.Article, marks *marker, bare bool) search.Hit {
	hit := search.Hit{Article: metadata(a), Opening: a.Opening(), Score: h.score, TitleMarks: []search.Span{}, Paragraphs: []search.Match{}}
	if h.of.fold != nil {
		for _, other := range r.columns.copies.besides(h.place, h.of.fold) {
			hit.NearDuplicates = append(hit.NearDuplicates, r.columns.copy(other))
		}
	}
	if bare {
		return hit
	}
	hit.TitleMarks = marks.title(a.Title)
	for _, s := range r.shown(h, a.Paragraphs, marks) {
		p := a.Paragraphs[s.n-1]
		hit.Paragraphs = append(hit.Paragraphs, search.Match{
			N: s.n, Section: p.Section, SectionMarks: marks.section(p.Section), Kind: p.Kind, Score: s.score, Snippet: snippet.Build(p.Text, s.marks),
		})
	}
	return hit
}

// mayShow tells whether a document of a ranked member's article may be shown:
// by paragraph the member alone, by article what no filter leaves out.
func (r *run) mayShow(h ranked, doc uint32) bool {
	return (r.by != search.ByParagraph || doc == h.member) && (h.of.shown == nil || h.of.shown.Contains(doc))
}

// candidate is a paragraph that may be shown.
type candidate struct {
	n     int // from 1
	score float64
	marks []snippet.Mark
}

// shown chooses the paragraphs to show: by paragraph the one, by article the
// best of those where something is marked, else the first of a section where
// something is, else the first.
func (r *run) shown(h ranked, paragraphs []news.Paragraph, marks *marker) []candidate {
	head, _ := r.columns.documents(h.place)
	var allowed []candidate
	for i := range paragraphs {
		doc := head + 1 + uint32(i)
		if !r.mayShow(h, doc) {
			continue
		}
		c := candidate{n: i + 1}
		if h.of.score != nil {
			c.score = h.of.score.document(doc)
		}
		allowed = append(allowed, c)
	}
	best := slices.Clone(allowed)
	slices.SortStableFunc(best, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	var marked []candidate
	for _, c := range best {
		if c.marks = marks.text(paragraphs[c.n-1].Text); len(c.marks) > 0 {
			marked = append(marked, c)
		}
		if len(marked) == shownParagraphs {
			break
		}
	}
	if len(marked) > 0 || len(allowed) == 0 {
		return marked
	}
	first := max(0, slices.IndexFunc(allowed, func(c candidate) bool { return len(marks.section(paragraphs[c.n-1].Section)) > 0 }))
	return allowed[first : first+1]
}

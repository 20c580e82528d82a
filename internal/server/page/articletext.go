package page

import (
	"cmp"
	"strconv"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/highlight"
	"xunwen/internal/wording"
)

// articleText is the text of an article in blocks, its marks numbered in reading
// order.
type articleText struct {
	Kicker, Heading, Subtitle []highlight.Piece
	Byline                    []highlight.Piece
	Blocks                    []block
	Sections                  []sectionLink
	Matches                   []matchLink
	Marks                     int    // number of marks
	Ticks                     []tick // their positions, for the match rail

	read  int   // bytes of text so far
	marks []int // offset of each mark in them
}

// block is a heading or a paragraph.
type block struct {
	Heading []highlight.Piece // empty for a paragraph
	Anchor  string
	N       int
	Label   string // 第3段
	Kind    news.Kind
	Pieces  []highlight.Piece
}

type sectionLink struct{ Words, Anchor string }

// matchLink links to a paragraph with marks.
type matchLink struct {
	Words, Anchor string
	Marks         int
}

// tick shows on the rail where marks are, and links to the first of them.
type tick struct {
	Mark int
	Y    int // from the top, 0 to railLength
}

// The lengths of the rail and of a tick, in units of the template's viewBox. Ticks
// that would overlap become one.
const (
	railLength = 1000
	tickLength = 5
)

// newArticleText divides an article into headings and paragraphs. A caption doesn't
// end the section around it.
func newArticleText(w *wording.Words, m search.MarkedArticle) articleText {
	a, t := m.Article, articleText{}
	title, kicker, subtitle := heading(w, a)
	// A kicker or a subtitle in place of a missing title has its own marks.
	marks := map[string][]search.Span{a.Subtitle: m.Subtitle, a.Kicker: m.Kicker, a.Title: m.Title}
	t.Kicker = t.split(kicker, marks[kicker])
	t.Heading = t.split(title, marks[title])
	t.Subtitle = t.split(subtitle, marks[subtitle])
	t.Byline = t.split(a.Byline, m.Byline)
	section, first := "", max(1, m.First.Paragraph)
	for i, p := range a.Paragraphs {
		if p.Section != "" && p.Section != section && p.Kind != news.Caption {
			section = p.Section
			anchor := "s" + strconv.Itoa(len(t.Sections)+1)
			t.Sections = append(t.Sections, sectionLink{section, anchor})
			t.Blocks = append(t.Blocks, block{Heading: t.split(section, marksAt(m.Sections, i)), Anchor: anchor})
		}
		t.addParagraph(w, first+i, p, marksAt(m.Paragraphs, i))
	}
	t.Marks = len(t.marks)
	t.Ticks = t.ticks()
	return t
}

func (t *articleText) addParagraph(w *wording.Words, n int, p news.Paragraph, marks []search.Span) {
	b := block{
		N:      n,
		Label:  w.Paragraph(n),
		Anchor: paragraphAnchor(n),
		Kind:   cmp.Or(p.Kind, news.Body),
	}
	before := len(t.marks)
	b.Pieces = t.split(p.Text, marks)
	t.Blocks = append(t.Blocks, b)
	if n := len(t.marks) - before; n > 0 {
		t.Matches = append(t.Matches, matchLink{b.Label, b.Anchor, n})
	}
}

// split splits the next text at its marks and numbers them.
func (t *articleText) split(text string, spans []search.Span) []highlight.Piece {
	all := highlight.Pieces(text, spans)
	for i, p := range all {
		if p.Mark {
			t.marks = append(t.marks, t.read)
			all[i].N = len(t.marks)
		}
		t.read += len(p.Text)
	}
	return all
}

func (t *articleText) ticks() []tick {
	var out []tick
	for i, at := range t.marks {
		y := at * (railLength - tickLength) / max(t.read, 1)
		if n := len(out); n == 0 || y-out[n-1].Y >= tickLength {
			out = append(out, tick{i + 1, y})
		}
	}
	return out
}

// marksAt returns the marks of the ith paragraph or section heading of a page. An engine may
// return no marks at all.
func marksAt(marks [][]search.Span, i int) []search.Span {
	if i < len(marks) {
		return marks[i]
	}
	return nil
}

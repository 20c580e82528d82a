package page

import (
	"cmp"
	"strconv"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/highlight"
	"xunwen/internal/wording"
)

// articleText is an article laid out, its marks numbered in the order in which
// they are read.
type articleText struct {
	Kicker, Heading, Subtitle []highlight.Piece
	Blocks                    []block
	Sections                  []sectionLink
	Matches                   []matchLink
	Marks                     int    // how many places are marked
	Ticks                     []tick // where they are, for a rail beside the text

	read  int   // bytes of text laid out so far
	marks []int // where in them each mark begins
}

// block is a heading or a paragraph.
type block struct {
	Heading []highlight.Piece // not empty for a heading
	Anchor  string
	N       int
	Label   string // 第3段
	Kind    news.Kind
	Pieces  []highlight.Piece
}

type sectionLink struct{ Words, Anchor string }

// matchLink leads to a paragraph that holds marks.
type matchLink struct {
	Words, Anchor string
	Marks         int
}

// tick stands for the marks of one place of the rail and leads to the first.
type tick struct {
	Mark int
	Y    int // from the top, in railLength
}

// The rail's length in units of the template's viewBox, of which a tick takes
// tickLength: ticks nearer to each other are one.
const (
	railLength = 1000
	tickLength = 5
)

// newArticleText lays an article out: headings where a section begins, captions
// apart without ending the section that they stand in.
func newArticleText(w *wording.Words, m search.MarkedArticle) articleText {
	a, t := m.Article, articleText{}
	title, kicker, subtitle := heading(w, a)
	marks := map[string][]search.Span{a.Subtitle: m.Subtitle, a.Kicker: m.Kicker, a.Title: m.Title} // what stands in for a title brings its own
	t.Kicker = t.cut(kicker, marks[kicker])
	t.Heading = t.cut(title, marks[title])
	t.Subtitle = t.cut(subtitle, marks[subtitle])
	section := ""
	for i, p := range a.Paragraphs {
		if p.Section != "" && p.Section != section && p.Kind != news.Caption {
			section = p.Section
			anchor := "s" + strconv.Itoa(len(t.Sections)+1)
			t.Sections = append(t.Sections, sectionLink{section, anchor})
			t.Blocks = append(t.Blocks, block{Heading: t.cut(section, marksAt(m.Sections, i)), Anchor: anchor})
		}
		t.addParagraph(w, i, p, m.Paragraphs)
	}
	t.Marks = len(t.marks)
	t.Ticks = t.ticks()
	return t
}

func (t *articleText) addParagraph(w *wording.Words, i int, p news.Paragraph, marks [][]search.Span) {
	b := block{N: i + 1, Label: w.Paragraph(i + 1), Anchor: paragraphAnchor(i + 1), Kind: cmp.Or(p.Kind, news.Body)}
	before := len(t.marks)
	b.Pieces = t.cut(p.Text, marksAt(marks, i))
	t.Blocks = append(t.Blocks, b)
	if n := len(t.marks) - before; n > 0 {
		t.Matches = append(t.Matches, matchLink{b.Label, b.Anchor, n})
	}
}

// cut cuts the next text at its marks and numbers them from 1.
func (t *articleText) cut(text string, spans []search.Span) []highlight.Piece {
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

// marksAt returns the marks of a paragraph or its section; an engine may have
// none.
func marksAt(marks [][]search.Span, i int) []search.Span {
	if i < len(marks) {
		return marks[i]
	}
	return nil
}

package page

import (
	"math"
	"unicode/utf8"
)

// reach is over how many passages back or forward words are compared.
const reach = 12

// features are what is observed of a heading and of the text around it.
type features struct {
	pairs   int            // distinct bigrams of the heading
	prev    [reach]float64 // share of them in the last 1, 2, … passages
	next    float64        // share of them in the passage after it
	related [reach]float64 // share of the words of the passage after it that the last 1, 2, … passages contain
	// share of the words of the 1st, 2nd, … heading before it in the passage after
	// it; -1 for none
	theme     [reach]float64
	verbatim  bool     // the text after it contains it word for word
	lead      bool     // it does so in first words that open an article, as of a headline
	caption   bool     // a caption directly precedes it
	closed    bool     // the text before it ends with a source or byline
	breaksOff bool     // the text before it doesn't end a sentence
	dateline  bool     // the text after it begins with one
	opening   evidence // evidence of the first words after it for the beginning of an article
	byline    bool     // a byline belongs to it
	inBlock   bool     // no blank line separates it from the text after it
	isolated  bool     // blank lines on both sides
	parts     int      // blocks in the heading
	overflow  int      // cells by which it exceeds the column
	runes     int      // characters in its longest line
	text      float64  // 0 to 1: how much text there is to compare
	numbered  bool     // 一、…
}

// observeHeadings observes every heading, in time linear in the page.
func observeHeadings(o *outline, page *layout, words *passageWords, use evidenceKinds) []features {
	out := make([]features, len(o.headings))
	for i := range out {
		f := &out[i]
		f.numbered = numberedHead.MatchString(o.headings[i].text)
		f.describeHeading(o, page, i)
		f.describeTextBefore(o, i, use)
		f.describeTextAfter(o, i)
	}
	words.compare(o.headings, out)
	return out
}

// describeHeading observes the heading itself.
func (f *features) describeHeading(o *outline, page *layout, i int) {
	h := &o.headings[i]
	f.byline = len(h.names) > 0
	f.overflow = math.MinInt
	block := -1
	for _, k := range h.pieces {
		p := &o.pieces[k]
		f.overflow = max(f.overflow, p.overflow)
		for _, l := range page.of(p.span) {
			f.runes = max(f.runes, utf8.RuneCountInString(l.text))
		}
		if p.block != block {
			f.parts++
			block = p.block
		}
	}
}

// describeTextBefore observes how the text before heading i ends.
func (f *features) describeTextBefore(o *outline, i int, use evidenceKinds) {
	before := &o.passages[i]
	for k := len(before.items) - 1; k >= 0 && !f.caption && before.items[k].kind != textPiece; k-- {
		f.caption = before.items[k].kind == captionPiece
	}
	k := before.lastParagraph()
	if k < 0 {
		return
	}
	last := before.items[k].pieces
	p := &o.pieces[last[len(last)-1]]
	f.closed, f.breaksOff = p.source, p.end == endOpen && !p.source
	if !use.has(kindClosing) {
		return
	}
	for _, it := range before.items[k+1:] {
		f.closed = f.closed || it.kind == bylinePiece ||
			it.kind == furniturePiece && jumpTail.MatchString(o.pieces[it.pieces[0]].raw)
	}
}

// describeTextAfter observes how the text after heading i begins, and whether
// blank lines separate the heading from its neighbours.
func (f *features) describeTextAfter(o *outline, i int) {
	h := o.headings[i].pieces
	for _, it := range o.passages[i+1].items {
		if it.kind == textPiece {
			p := &o.pieces[it.pieces[0]]
			f.dateline, f.opening = p.dateline, opening(it.text)
			f.inBlock = p.block == o.pieces[h[len(h)-1]].block
			break
		}
	}
	f.isolated = !f.inBlock && (h[0] == 0 || o.pieces[h[0]-1].block != o.pieces[h[0]].block)
}

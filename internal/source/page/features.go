package page

import (
	"math"
	"strings"
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

// headingFeatures observes every heading, in time linear in the page.
func (r *reader) headingFeatures(o *outline) []features {
	size := 0
	texts := make([][]string, len(o.passages))
	for i := range o.passages {
		for _, it := range o.passages[i].items {
			if it.kind == textPiece {
				texts[i] = append(texts[i], it.text)
				size += len(it.text)
			}
		}
	}
	x := newBigramIndex(size)
	passages := make([][]int32, len(o.passages))
	for i := range texts {
		passages[i] = x.add(texts[i]...)
	}
	r.bigrams = x
	out := make([]features, len(o.headings))
	last := make([]int, len(x.df)) // by bigram: 1 + the last passage that contains it
	heads := make([][]int32, 0, len(o.headings))
	in := make([]int32, len(x.df)) // by bigram: 1 + the last marked passage that contains it
	for i := range o.headings {
		for _, id := range passages[i] {
			last[id] = i + 1
		}
		s := &out[i]
		text := r.headingText(&o.headings[i])
		r.describeNeighbours(o, i, s)
		own := x.lookUp(text)
		s.pairs = len(own)
		s.verbatim = anyContains(texts[i+1], text)
		s.prev = x.shares(own, last, i, false)
		for _, id := range passages[i+1] {
			in[id] = int32(i + 1)
		}
		s.next = overlap(own, in, i+1)
		s.theme = themes(heads, in, i+1)
		heads = append(heads, own)
		const (
			enough = 400 // bigrams nearest to the heading
			little = 120 // with fewer, having none in common says little
		)
		s.numbered = numberedHead.MatchString(text)
		s.text = math.Min(1, float64(min(len(passages[i]), len(passages[i+1])))/little)
		s.related = x.shares(passages[i+1][:min(enough, len(passages[i+1]))], last, i, true)
	}
	return out
}

// shares returns, for each number of passages back from passage at, the share of
// the ids that occur in them, by weight or by count.
func (x *bigramIndex) shares(ids []int32, last []int, at int, weighted bool) (out [reach]float64) {
	all := 0.0
	for _, id := range ids {
		w := 1.0
		if weighted {
			w = x.weight(id)
		}
		all += w
		if id < 0 || last[id] == 0 {
			continue
		}
		if back := at + 1 - last[id]; back < reach {
			out[back] += w
		}
	}
	sum := 0.0
	for k := range out {
		sum += out[k]
		if all > 0 {
			out[k] = sum / all
		}
	}
	return out
}

// themes returns the shares of the words of the preceding headings that the
// passage contains, the last heading first. What an article is about recurs in
// its text; another article is about something else.
func themes(heads [][]int32, in []int32, passage int) (out [reach]float64) {
	for k := range out {
		out[k] = -1
		if i := len(heads) - 1 - k; i >= 0 && len(heads[i]) > 0 {
			out[k] = overlap(heads[i], in, passage)
		}
	}
	return out
}

// anyContains reports whether one of the texts contains s, which must be more
// than a word.
func anyContains(texts []string, s string) bool {
	const least = 5 // characters: shorter ones are words
	if utf8.RuneCountInString(s) < least {
		return false
	}
	for _, t := range texts {
		if strings.Contains(t, s) {
			return true
		}
	}
	return false
}

// overlap is the share of ids that the passage contains; in is the last passage
// that contains each id.
func overlap(ids, in []int32, passage int) float64 {
	if len(ids) == 0 {
		return 0
	}
	n := 0
	for _, id := range ids {
		if id >= 0 && in[id] == int32(passage) {
			n++
		}
	}
	return float64(n) / float64(len(ids))
}

// describeNeighbours observes what is next to heading i.
func (r *reader) describeNeighbours(o *outline, i int, s *features) {
	h := &o.headings[i]
	s.byline = len(h.names) > 0
	s.overflow = math.MinInt
	block := -1
	for _, k := range h.pieces {
		p := &r.pieces[k]
		s.overflow = max(s.overflow, p.overflow)
		for _, l := range r.lines[p.from:p.to] {
			s.runes = max(s.runes, utf8.RuneCountInString(l.text))
		}
		if p.block != block {
			s.parts++
			block = p.block
		}
	}
	before, after := &o.passages[i], &o.passages[i+1]
	for k := len(before.items) - 1; k >= 0 && !s.caption && before.items[k].kind != textPiece; k-- {
		s.caption = before.items[k].kind == captionPiece
	}
	if k := before.lastParagraph(); k >= 0 {
		last := before.items[k].pieces
		p := &r.pieces[last[len(last)-1]]
		s.closed, s.breaksOff = p.source, p.end == endOpen && !p.source
		for _, it := range before.items[k+1:] {
			q := &r.pieces[it.pieces[0]]
			s.closed = s.closed ||
				r.uses(kindClosing) &&
					(it.kind == bylinePiece || it.kind == furniturePiece && jumpTail.MatchString(q.raw))
		}
	}
	for _, it := range after.items {
		if it.kind == textPiece {
			p := &r.pieces[it.pieces[0]]
			s.dateline, s.inBlock, s.opening = p.dateline, p.block == block, opening(it.text)
			break
		}
	}
	first := h.pieces[0]
	s.isolated = !s.inBlock && (first == 0 || r.pieces[first-1].block != r.pieces[first].block)
}

package page

import (
	"math"
	"strings"
	"unicode/utf8"
)

// reach is how many segments back or forward words are compared.
const reach = 12

// features is what can be seen of a heading and of the text around it.
type features struct {
	pairs    int            // different pairs of characters in the heading
	prev     [reach]float64 // share of them in the text of the last 1, 2, … segments
	next     float64        // share of them in the segment after it
	related  [reach]float64 // words of the segment after it that the last 1, 2, … segments hold
	theme    [reach]float64 // share of the words of the 1st, 2nd, … heading before it in the segment after it; -1 for none
	verbatim bool           // the text after holds it word for word
	caption  bool           // a caption stands right before it
	closed   bool           // the text before ends with a source or a byline
	unended  bool           // the text before doesn't end a sentence
	dateline bool           // the text after begins with one
	opening  evidence       // of its first words for the text after opening an article
	byline   bool           // it has one
	inBlock  bool           // it stands in one block with the text after it
	alone    bool           // blank lines on both sides
	parts    int            // blocks in the heading
	overflow int            // cells by which it is wider than the column
	runes    int            // in its longest line
	text     float64        // 0 to 1: how much text there is to compare
	numbered bool           // 一、…
}

// headingFeatures looks at every heading, in time linear in the page.
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
	x := newLexicon(size)
	segments := make([][]int32, len(o.passages))
	for i := range texts {
		segments[i] = x.add(texts[i]...)
	}
	r.bigrams = x
	out := make([]features, len(o.headings))
	last := make([]int, len(x.df)) // by pair: 1 + the last segment that holds it
	heads := make([][]int32, 0, len(o.headings))
	in := make([]int32, len(x.df)) // by pair: 1 + the last segment that was marked and holds it
	for i := range o.headings {
		for _, id := range segments[i] {
			last[id] = i + 1
		}
		s := &out[i]
		text := r.headingText(&o.headings[i])
		r.describeNeighbours(o, i, s)
		own := x.known(text)
		s.pairs = len(own)
		s.verbatim = anyContains(texts[i+1], text)
		s.prev = x.shares(own, last, i, false)
		for _, id := range segments[i+1] {
			in[id] = int32(i + 1)
		}
		s.next = overlap(own, in, i+1)
		s.theme = themes(heads, in, i+1)
		heads = append(heads, own)
		const (
			enough = 400 // pairs nearest to the heading
			little = 120 // fewer say little by having none in common
		)
		s.numbered = numberedHead.MatchString(text)
		s.text = math.Min(1, float64(min(len(segments[i]), len(segments[i+1])))/little)
		s.related = x.shares(segments[i+1][:min(enough, len(segments[i+1]))], last, i, true)
	}
	return out
}

// shares gives, for each number of segments back from segment at, the share of
// the pairs that stand in them, by weight or by count.
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

// themes gives the shares of the words of the headings before that the segment
// holds, the last heading first. What an article is about comes back in its
// text; another article speaks of other things.
func themes(heads [][]int32, in []int32, segment int) (out [reach]float64) {
	for k := range out {
		out[k] = -1
		if i := len(heads) - 1 - k; i >= 0 && len(heads[i]) > 0 {
			out[k] = overlap(heads[i], in, segment)
		}
	}
	return out
}

// anyContains says whether a text anyContains s, which is more than a word.
func anyContains(texts []string, s string) bool {
	const least = 5 // characters; shorter ones are words
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

// overlap is the share of ids that the segment holds, where in tells for each id
// whether it does.
func overlap(ids, in []int32, segment int) float64 {
	if len(ids) == 0 {
		return 0
	}
	n := 0
	for _, id := range ids {
		if id >= 0 && in[id] == int32(segment) {
			n++
		}
	}
	return float64(n) / float64(len(ids))
}

// describeNeighbours notes what stands next to heading i.
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
		s.closed, s.unended = p.source, p.end == endOpen && !p.source
		for _, it := range before.items[k+1:] {
			q := &r.pieces[it.pieces[0]]
			s.closed = s.closed || r.uses(kindClosing) && (it.kind == bylinePiece || it.kind == furniturePiece && jumpTail.MatchString(q.raw))
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
	s.alone = !s.inBlock && (first == 0 || r.pieces[first-1].block != r.pieces[first].block)
}

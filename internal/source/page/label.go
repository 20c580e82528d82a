package page

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// label is what a text piece is in the reading of the page.
type label int

const (
	labelBegins    label = iota // begins a paragraph
	labelContinues              // goes on with the paragraph before it
	labelHeading                // is a headline or a section heading
	labelCount
)

// labelPieces finds the likeliest labels of all text pieces together (Viterbi):
// how a piece ends bears on what the next one is.
func (r *reader) labelPieces() {
	var texts []int
	for i := range r.pieces {
		if r.pieces[i].kind == textPiece {
			texts = append(texts, i)
		}
	}
	if len(texts) == 0 {
		return
	}
	back := make([][labelCount]label, len(texts))
	score := r.firstEvidence(&r.pieces[texts[0]])
	for k := 1; k < len(texts); k++ {
		p, q := &r.pieces[texts[k-1]], &r.pieces[texts[k]]
		own := r.firstEvidence(q)
		own[labelContinues] = 0 // depends on what it goes on with: see follow
		var next [labelCount]evidence
		for to := labelBegins; to < labelCount; to++ {
			next[to] = math.Inf(-1)
			for from := labelBegins; from < labelCount; from++ {
				if s := score[from] + r.transition(p, from, q, to); s > next[to] {
					next[to], back[k][to] = s, from
				}
			}
			next[to] += own[to]
		}
		score = next
	}
	last := &r.pieces[texts[len(texts)-1]]
	best := labelBegins
	for l := labelBegins; l < labelCount; l++ {
		if l != labelHeading {
			score[l] += r.ending(last.end).ifEnds
		}
		if score[l] > score[best] {
			best = l
		}
	}
	for k := len(texts) - 1; k >= 0; k-- {
		r.pieces[texts[k]].label = best
		best = back[k][best]
	}
}

// firstEvidence is the evidence of the first piece of a page for each label.
func (r *reader) firstEvidence(p *piece) [labelCount]evidence {
	e := r.firstLine(p, p.column)
	e[labelHeading] += r.headingLook(p)
	e[labelContinues] -= 3 // a page seldom begins in the middle of a paragraph
	return e
}

// transition is the evidence of q and of the place between p and q for their labels.
func (r *reader) transition(p *piece, from label, q *piece, to label) evidence {
	if from == labelHeading {
		if to == labelContinues {
			return -8 // what would it go on with
		}
		return r.headingRoom(p, q)
	}
	if to == labelContinues {
		if p.verse || q.verse {
			return -8 // verse stands apart
		}
		column, e := r.sharedColumn(p, q, from)
		e += r.firstLine(q, column)[labelContinues]
		if p.len() == 1 && from == labelBegins && !p.indented && r.geo.stripped > .5 {
			column -= indentCells
		}
		on, _ := r.roomEvidence(column - p.last - q.need)
		e += r.ending(p.end).ifContinues + on
		if q.len() == 1 && sourceAcross(p.text, q.text) {
			e += 14
		} else if p.source {
			e -= 6
		}
		return e
	}
	_, e := r.roomEvidence(p.column - p.last - q.need)
	e += r.ending(p.end).ifEnds
	if p.unclosed {
		e -= 2
	}
	if p.source { // what follows a closed article is most often a headline
		if to == labelHeading {
			e += 2
		} else {
			e -= 2
		}
	}
	return e
}

// sourceAcross says whether a source is cut between the ends of two pieces:
// 据新 / 华社.
func sourceAcross(p, q string) bool {
	const longest = 12 // characters of the second half
	if utf8.RuneCountInString(q) > longest || endMark(p).endsSentence() {
		return false
	}
	tail := tailOf(p, tailRunes)
	if _, whole, _ := cutKnownSource(tail); whole != "" {
		return false
	}
	rest, source, _ := cutKnownSource(tail + q)
	return source != "" && len(rest) < len(tail)
}

// A heading of one or two lines fills the column by chance this often.
var headFull, headShort = math.Log(.15), math.Log(.85)

// headingRoom is the likelihood of the room on the last line of a heading, which
// fills the column only by chance.
func (r *reader) headingRoom(p, q *piece) evidence {
	if !r.uses(kindRoom) {
		return 0
	}
	const near = 3 // cells: a paragraph may be set that much narrower
	column := p.column
	if p.len() == 1 && r.geo.stripped > .5 {
		column -= indentCells // so would a line that begins a paragraph
	}
	if p.overflow <= 3 && column-p.last-q.need < near {
		return headFull
	}
	return headShort
}

// unclosed says whether a bracket or book-title mark is open at the end.
func unclosed(s string) bool {
	depth := 0
	for _, c := range tailOf(s, tailRunes) {
		switch c {
		case '（', '《':
			depth++
		case '）', '》':
			depth = max(0, depth-1)
		}
	}
	return depth > 0
}

func (l label) String() string {
	return [...]string{"begins a paragraph", "goes on", "heading"}[l]
}

// why says what told for the label of p.
func (r *reader) why(p *piece) string {
	b := append(make([]byte, 0, 64), p.label.String()...)
	for _, t := range []struct {
		before string
		n      int
	}{{": ", p.len()}, {" lines, first ", p.first}, {", last ", p.last}, {" of ", p.column}} {
		b = strconv.AppendInt(append(b, t.before...), int64(t.n), 10)
	}
	return string(append(b, " cells, ends "+p.end.String()...))
}

package page

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// label is how a text piece is read.
type label int

const (
	labelBegins    label = iota // begins a paragraph
	labelContinues              // continues the paragraph before it
	labelHeading                // a headline or a section heading
	labelCount
)

// labeller labels the text pieces of a page.
type labeller struct {
	*layout
	fill fill
	use  evidenceKinds
}

// label finds the likeliest labels of all text pieces together by the Viterbi
// algorithm, since how a piece ends bears on what the next one is.
func (lb *labeller) label(pieces []piece) {
	var texts []*piece
	for i := range pieces {
		if pieces[i].kind == textPiece {
			texts = append(texts, &pieces[i])
		}
	}
	if len(texts) == 0 {
		return
	}
	back := make([][labelCount]label, len(texts))
	score := lb.firstEvidence(texts[0])
	for k := 1; k < len(texts); k++ {
		p, q := texts[k-1], texts[k]
		own := lb.firstEvidence(q)
		own[labelContinues] = 0 // depends on what it continues: see transition
		var next [labelCount]evidence
		for to := labelBegins; to < labelCount; to++ {
			next[to] = math.Inf(-1)
			for from := labelBegins; from < labelCount; from++ {
				if s := score[from] + lb.transition(p, from, q, to); s > next[to] {
					next[to], back[k][to] = s, from
				}
			}
			next[to] += own[to]
		}
		score = next
	}
	last := texts[len(texts)-1]
	best := labelBegins
	for l := labelBegins; l < labelCount; l++ {
		if l != labelHeading {
			score[l] += lb.ending(last.end).ifEnds
		}
		if score[l] > score[best] {
			best = l
		}
	}
	for k := len(texts) - 1; k >= 0; k-- {
		texts[k].label = best
		best = back[k][best]
	}
}

// firstEvidence is the evidence of a piece that nothing precedes, for each label.
func (lb *labeller) firstEvidence(p *piece) [labelCount]evidence {
	e := lb.firstLineEvidence(p, p.column)
	e[labelHeading] += lb.headingLook(p)
	e[labelContinues] += pageStartContinues
	return e
}

// transition is the evidence of q, and of the line break between p and q, for
// the labels of both.
func (lb *labeller) transition(p *piece, from label, q *piece, to label) evidence {
	switch {
	case from == labelHeading && to == labelContinues:
		return headingContinues
	case from == labelHeading:
		return lb.headingRoom(p, q)
	case to == labelContinues:
		return lb.continues(p, from, q)
	}
	_, e := lb.roomEvidence(p.column - p.last - q.need)
	e += lb.ending(p.end).ifEnds
	if p.unclosed {
		e += unclosedEnds
	}
	if p.source && to == labelHeading {
		e += headingAfterSource
	} else if p.source {
		e += textAfterSource
	}
	return e
}

// continues is the evidence for q continuing the paragraph of p.
func (lb *labeller) continues(p *piece, from label, q *piece) evidence {
	if p.verse || q.verse {
		return verseContinues
	}
	column, e := lb.sharedColumn(p, q, from)
	e += lb.firstLineEvidence(q, column)[labelContinues]
	if p.len() == 1 && from == labelBegins && !p.indented && lb.fill.mostlyStripped() {
		column -= indentCells
	}
	room, _ := lb.roomEvidence(column - p.last - q.need)
	e += lb.ending(p.end).ifContinues + room
	if q.len() == 1 && sourceAcross(p.text, q.text) {
		e += splitSource
	} else if p.source {
		e += sourceContinues
	}
	return e
}

// sourceAcross reports whether a source credit is split between two pieces:
// 据新 / 华社.
func sourceAcross(p, q string) bool {
	if utf8.RuneCountInString(q) > longestSecondHalf || endMark(p).endsSentence() {
		return false
	}
	tail := tailOf(p, tailRunes)
	if _, whole, _ := trimKnownSource(tail); whole != "" {
		return false
	}
	rest, source, _ := trimKnownSource(tail + q)
	return source != "" && len(rest) < len(tail)
}

// headingRoom is the likelihood of the room on the last line of a heading, which
// fills the column only by chance.
func (lb *labeller) headingRoom(p, q *piece) evidence {
	if !lb.use.has(kindRoom) {
		return 0
	}
	column := p.column
	if p.len() == 1 && lb.fill.mostlyStripped() {
		column -= indentCells // so would a line that begins a paragraph
	}
	if p.overflow <= fullLineTolerance && column-p.last-q.need < headingTolerance {
		return logHeadingFull
	}
	return logHeadingRoom
}

// unclosed reports whether a bracket or book-title mark is open at the end.
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
	return [...]string{"begins a paragraph", "continues one", "heading"}[l]
}

// why describes the label of p and what it is based on.
func (p *piece) why() string {
	b := append(make([]byte, 0, 64), p.label.String()...)
	lines := " lines, first "
	if p.len() == 1 {
		lines = " line, first "
	}
	for _, t := range []struct {
		before string
		n      int
	}{{": ", p.len()}, {lines, p.first}, {", last ", p.last}, {" of ", p.column}} {
		b = strconv.AppendInt(append(b, t.before...), int64(t.n), 10)
	}
	return string(append(b, " cells, ends "+p.end.String()...))
}

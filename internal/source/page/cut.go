package page

import (
	"fmt"
	"math"
)

// label is what a text piece is in the reading of the page.
type label int

const (
	begin label = iota // begins a paragraph
	goOn               // goes on with the paragraph before it
	head               // is a headline or a section heading
	labels
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
	back := make([][labels]label, len(texts))
	score := r.alone(&r.pieces[texts[0]])
	for k := 1; k < len(texts); k++ {
		p, q := &r.pieces[texts[k-1]], &r.pieces[texts[k]]
		own := r.alone(q)
		own[goOn] = 0 // depends on what it goes on with: see follow
		var next [labels]evidence
		for to := begin; to < labels; to++ {
			next[to] = math.Inf(-1)
			for from := begin; from < labels; from++ {
				if s := score[from] + r.follow(p, from, q, to); s > next[to] {
					next[to], back[k][to] = s, from
				}
			}
			next[to] += own[to]
		}
		score = next
	}
	last := &r.pieces[texts[len(texts)-1]]
	best := begin
	for l := begin; l < labels; l++ {
		if l != head {
			score[l] += endings[last.end].end
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

// alone is the evidence of the first piece of a page for each label.
func (r *reader) alone(p *piece) [labels]evidence {
	e := r.firstLine(p, p.column)
	e[head] += r.heads(p)
	e[goOn] -= 3 // a page seldom begins in the middle of a paragraph
	return e
}

// follow is the evidence of q and of the place between p and q for their labels.
func (r *reader) follow(p *piece, from label, q *piece, to label) evidence {
	if from == head {
		if to == goOn {
			return -8 // what would it go on with
		}
		return r.headRoom(p, q)
	}
	if to == goOn {
		column, e := r.sharedColumn(p, q, from)
		e += r.firstLine(q, column)[goOn]
		if p.len() == 1 && from == begin && !p.indented && r.geo.stripped > .5 {
			column -= indentCells
		}
		on, _ := r.fill.room(r.room(&r.lines[p.to-1], column, q.from))
		e += endings[p.end].on + on
		if p.source {
			e -= 6
		}
		return e
	}
	_, e := r.fill.room(r.room(&r.lines[p.to-1], p.column, q.from))
	e += endings[p.end].end
	if unclosed(p.text) {
		e -= 2
	}
	if to == head && p.source {
		e += 2
	}
	return e
}

// headRoom is the likelihood of the room on the last line of a heading, which
// fills the column only by chance.
func (r *reader) headRoom(p, q *piece) evidence {
	const full, near = .15, 3 // cells: a paragraph may be set that much narrower
	column := p.column
	if p.len() == 1 && r.geo.stripped > .5 {
		column -= indentCells // so would a line that begins a paragraph
	}
	if p.overflow <= 3 && r.room(&r.lines[p.to-1], column, q.from) < near {
		return math.Log(full)
	}
	return math.Log(1 - full)
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
	return fmt.Sprintf("%s: %d lines, column %d, first %d, last %d, end %d, first line %.1f, heads %.1f",
		p.label, p.len(), p.column, p.first, p.last, p.end, r.firstLine(p, p.column), r.heads(p))
}

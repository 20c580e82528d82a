package page

import (
	"math"
	"strings"

	"xunwen/internal/textnorm"
)

// measurePieces reads off the text pieces what the model needs.
func (r *reader) measurePieces() {
	announced := false // the piece before ends with a colon
	for i := range r.pieces {
		p := &r.pieces[i]
		if p.kind != textPiece {
			announced = false
			continue
		}
		p.column = r.runColumn(p.span)
		p.first, p.last = r.geo.width(&r.lines[p.from]), r.geo.width(&r.lines[p.to-1])
		p.need = r.geo.need(p.text)
		p.overflow = math.MinInt
		for k := p.from; k < p.to; k++ {
			p.overflow = max(p.overflow, r.geo.width(&r.lines[k])-p.column)
			if k+1 < p.to && r.room(&r.lines[k], p.column-indentCells, k+1) >= 2 {
				p.rag++
			}
		}
		rest, source, _ := cutSource(p.text)
		unsigned, byline, _ := cutByline(rest)
		jump := strings.HasSuffix(p.text, "）") && jumpTail.MatchString(tailOf(p.text, tailRunes))
		written := byline != "" && !isWire(lastRune(unsigned)) // not of a dateline
		p.source = (source != "" || written || jump) && r.uses(kindClosing)
		p.end, p.unclosed = endMark(p.text), unclosed(p.text)
		if p.source && (rest != "" || jump) {
			p.end = endStrong // whatever stands before it
		}
		p.dateline, _, _ = readDateline(p.text)
		p.dateline = p.dateline || strings.Contains(headOf(p.text, tailRunes), "版") && jumpHead.MatchString(p.text)
		r.measureVerse(p, announced)
		announced = lastRune(p.text) == '：'
	}
	r.fill = r.measureFill()
	r.geo.stripped = r.measureStripped()
}

// measureVerse tells verse: four lines or more of which each has room for the
// beginning of the next. Its lines are not run together.
func (r *reader) measureVerse(p *piece, announced bool) {
	const least = 4
	if p.len() < least || p.rag < p.len()-1 || p.overflow > -2*indentCells || !announced && !r.hasPauses(p) {
		return
	}
	var b strings.Builder
	for i := p.from; i < p.to; i++ {
		text := r.lines[i].text
		b.WriteString(text)
		if i+1 < p.to && textnorm.IsHan(lastRune(text)) {
			b.WriteByte(' ')
		}
	}
	p.verse, p.text = true, b.String()
	if p.end == endOpen {
		p.end = endStrong // it may end without a mark
	}
}

// hasPauses: lines of verse end with marks, if they are few.
func (r *reader) hasPauses(p *piece) bool {
	const many = 6 // lines; no headline has so many
	n := 0
	for i := p.from; i < p.to; i++ {
		if strings.ContainsRune("，。；！？、", lastRune(r.lines[i].text)) {
			n++
		}
	}
	return p.len() >= many || n >= 2
}

// measureStripped estimates how many paragraphs begin with a line that is
// short by an indent which the text has lost, from the pieces after the end of
// a sentence.
func (r *reader) measureStripped() float64 {
	n, short := 2.0, 1.0 // what a page without evidence is taken for
	prev := -1
	for i := range r.pieces {
		p := &r.pieces[i]
		if p.kind != textPiece {
			continue
		}
		if p.len() > 2 && !p.indented && (prev < 0 || r.pieces[prev].end.endsSentence()) {
			n++
			if r.firstRoom(p, p.column) >= 0 {
				short++
			}
		}
		prev = i
	}
	return short / n
}

// firstRoom is the room on the first line of a piece of several lines.
func (r *reader) firstRoom(p *piece, column int) int {
	return r.room(&r.lines[p.from], column, p.from+1)
}

// fill holds how full lines are on this page where they must be full, to judge
// the lines of which that is not known.
type fill struct {
	slack [maxSlack + 1]float64  // share of full lines with at least so much room
	on    [maxSlack + 1]evidence // its logarithm
	full  evidence               // that of the lines without room
}

const (
	maxSlack = 12
	// what a page without evidence is taken to look like: few full lines have
	// room for what follows them
	priorLines = 20.0
	priorSlack = .04
)

// measureFill counts the room on lines that have a line of their own sentence
// after them.
func (r *reader) measureFill() fill {
	var f fill
	n := priorLines
	for i := range f.slack {
		f.slack[i] = priorLines * priorSlack / float64(i+1)
	}
	for k := range r.pieces {
		p := &r.pieces[k]
		if p.kind != textPiece || p.len() < 4 {
			continue
		}
		for i := p.from + 1; i+1 < p.to; i++ {
			if endMark(r.lines[i].text) != endOpen {
				continue
			}
			n++
			room := r.room(&r.lines[i], p.column, i+1)
			for s := 0; s <= min(room, maxSlack); s++ {
				f.slack[s]++
			}
		}
	}
	for i := range f.slack {
		f.slack[i] /= n
		f.on[i] = math.Log(f.slack[i])
	}
	f.full = math.Log(1 - f.slack[0])
	return f
}

// The last line of a paragraph ends anywhere, so about one in ten is full by
// chance.
const fullByChance = .12

// room gives the likelihoods of the room left on a line if the text goes on
// after it, and if it ends there.
func (f *fill) room(room int) (on, end evidence) {
	if room < 0 {
		return f.full, fullEnd
	}
	return f.on[min(room, maxSlack)], roomEnd
}

func (r *reader) roomEvidence(room int) (on, end evidence) {
	if !r.uses(kindRoom) {
		return 0, 0
	}
	return r.fill.room(room)
}

var fullEnd, roomEnd = math.Log(fullByChance), math.Log(1 - fullByChance)

// sharedColumn is the full width of p and q if they are one paragraph, and the
// likelihood of that. A part of one or two lines can't show by itself that its
// paragraph is set one character narrower than the page.
func (r *reader) sharedColumn(p, q *piece, from label) (int, evidence) {
	const own = 4 // lines that show their width
	switch {
	case p.len() >= own:
		return p.column, 0
	case q.len() >= own:
		return min(p.column, q.column), 0
	}
	full := 0
	for i := p.from; i < p.to; i++ {
		w := r.geo.width(&r.lines[i])
		if i == p.from && from == labelBegins && !p.indented && r.geo.stripped > .5 {
			w += indentCells
		}
		full = max(full, w)
	}
	for i := q.from; i+1 < q.to; i++ {
		full = max(full, r.geo.width(&r.lines[i]))
	}
	const narrower, likely = 3, .3 // cells; share of paragraphs set so
	if full < p.column && full >= p.column-narrower {
		return full, math.Log(likely)
	}
	return p.column, math.Log(1 - likely)
}

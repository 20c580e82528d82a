package page

import (
	"math"
	"strings"

	"xunwen/internal/textnorm"
)

// measurePieces measures the text pieces for the model.
func (r *reader) measurePieces() {
	announced := false // the preceding piece ends with a colon
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
			if k+1 < p.to && r.room(&r.lines[k], p.column-indentCells, k+1) >= charCells {
				p.rag++
			}
		}
		rest, source, _ := trimSource(p.text)
		unsigned, byline, _ := trimByline(rest)
		jump := strings.HasSuffix(p.text, "）") && jumpTail.MatchString(tailOf(p.text, tailRunes))
		written := byline != "" && !isWire(lastRune(unsigned)) // not part of a dateline
		p.source = (source != "" || written || jump) && r.uses(kindClosing)
		p.end, p.unclosed = endMark(p.text), unclosed(p.text)
		if p.source && (rest != "" || jump) {
			p.end = endStrong // whatever precedes it
		}
		p.dateline, _, _ = readDateline(p.text)
		p.dateline = p.dateline || strings.Contains(headOf(p.text, tailRunes), "版") && jumpHead.MatchString(p.text)
		r.measureVerse(p, announced)
		announced = lastRune(p.text) == '：'
	}
	r.fill = r.measureFill()
	r.geo.stripped = r.measureStripped()
}

// measureVerse recognises verse: four or more lines, each with room for the
// beginning of the next. Its lines are not joined.
func (r *reader) measureVerse(p *piece, announced bool) {
	const (
		least = 4               // lines
		short = 2 * indentCells // cells by which the longest line falls short of the column
	)
	if p.len() < least || p.rag < p.len()-1 || p.overflow > -short || !announced && !r.hasPauses(p) {
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

// hasPauses reports whether the lines end with punctuation, as few lines of
// verse do, or are many.
func (r *reader) hasPauses(p *piece) bool {
	const (
		many = 6 // lines: more than any headline has
		few  = 2 // lines with punctuation
	)
	n := 0
	for i := p.from; i < p.to; i++ {
		if strings.ContainsRune("，。；！？、", lastRune(r.lines[i].text)) {
			n++
		}
	}
	return p.len() >= many || n >= few
}

// measureStripped estimates the share of paragraphs whose first line is short by
// an indent that the text has lost, from the pieces that follow the end of a
// sentence.
func (r *reader) measureStripped() float64 {
	const least = 3 // lines: of fewer, the first one may be short for other reasons
	n, short := priorParagraphs, priorParagraphs*priorStripped
	prev := -1
	for i := range r.pieces {
		p := &r.pieces[i]
		if p.kind != textPiece {
			continue
		}
		if p.len() >= least && !p.indented && (prev < 0 || r.pieces[prev].end.endsSentence()) {
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

// fill describes how full the lines of this page are where they must be full, to
// judge the others by.
type fill struct {
	slack [maxSlack + 1]float64  // share of full lines with at least that much room
	on    [maxSlack + 1]evidence // its logarithm
	full  evidence               // logarithm of the share without room
}

const (
	maxSlack = 12
	// prior: few full lines have room for what follows them
	priorLines = 20.0
	priorSlack = 0.04
	// prior: half of two paragraphs have lost an indent
	priorParagraphs = 2.0
	priorStripped   = 0.5
	// lines that show how wide their paragraph is set
	ownWidthLines = 4
)

// measureFill counts the room on lines that are continued on the next.
func (r *reader) measureFill() fill {
	var f fill
	n := priorLines
	for i := range f.slack {
		f.slack[i] = priorLines * priorSlack / float64(i+1)
	}
	for k := range r.pieces {
		p := &r.pieces[k]
		if p.kind != textPiece || p.len() < ownWidthLines {
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

// room returns the likelihoods of the room left on a line if the text continues
// after it, and if it ends there.
func (f *fill) room(room int) (on, end evidence) {
	if room < 0 {
		return f.full, logParagraphFull
	}
	return f.on[min(room, maxSlack)], logParagraphRoom
}

func (r *reader) roomEvidence(room int) (on, end evidence) {
	if !r.uses(kindRoom) {
		return 0, 0
	}
	return r.fill.room(room)
}

// sharedColumn is the width of a full line of p and q if they are one paragraph,
// and the likelihood of that. A part of one or two lines cannot show that its
// paragraph is set one character narrower than the page.
func (r *reader) sharedColumn(p, q *piece, from label) (int, evidence) {
	switch {
	case p.len() >= ownWidthLines:
		return p.column, 0
	case q.len() >= ownWidthLines:
		return min(p.column, q.column), 0
	}
	full := 0
	for i := p.from; i < p.to; i++ {
		w := r.geo.width(&r.lines[i])
		if i == p.from && from == labelBegins && !p.indented && r.geo.stripped > mostlyStripped {
			w += indentCells
		}
		full = max(full, w)
	}
	for i := q.from; i+1 < q.to; i++ {
		full = max(full, r.geo.width(&r.lines[i]))
	}
	if full < p.column && full >= p.column-narrowerCells {
		return full, math.Log(narrowerColumn)
	}
	return p.column, math.Log(1 - narrowerColumn)
}

package page

import (
	"math"
	"strings"

	"xunwen/internal/textnorm"
)

// measurePieces measures the text pieces for the model.
func measurePieces(page *layout, pieces []piece, use evidenceKinds) {
	announced := false // the preceding piece ends with a colon
	for i := range pieces {
		p := &pieces[i]
		if p.kind != textPiece {
			announced = false
			continue
		}
		p.column = page.runColumn(p.span)
		p.first, p.last = page.width(p.from), page.width(p.to-1)
		p.need = page.geo.need(p.text)
		p.overflow = math.MinInt
		for k := p.from; k < p.to; k++ {
			p.overflow = max(p.overflow, page.width(k)-p.column)
			if k+1 < p.to && page.room(k, p.column-indentCells) >= charCells {
				p.rag++
			}
		}
		rest, source, _ := trimSource(p.text)
		unsigned, byline, _ := trimByline(rest)
		jump := strings.HasSuffix(p.text, "）") && jumpTail.MatchString(tailOf(p.text, tailRunes))
		written := byline != "" && !isWire(lastRune(unsigned)) // not part of a dateline
		p.source = (source != "" || written || jump) && use.has(kindClosing)
		p.end, p.unclosed = endMark(p.text), unclosed(p.text)
		if p.source && (rest != "" || jump) {
			p.end = endStrong // whatever precedes it
		}
		length, _ := dateline(p.text)
		p.dateline = length > 0 || strings.Contains(headOf(p.text, tailRunes), "版") && jumpHead.MatchString(p.text)
		measureVerse(page, p, announced)
		announced = lastRune(p.text) == '：'
	}
}

// measureVerse recognises verse: four or more lines, each with room for the
// beginning of the next. Its lines are not joined.
func measureVerse(page *layout, p *piece, announced bool) {
	const (
		least = 4               // lines
		short = 2 * indentCells // cells by which the longest line falls short of the column
	)
	if p.len() < least || p.rag < p.len()-1 || p.overflow > -short || !announced && !hasPauses(page.of(p.span)) {
		return
	}
	var b strings.Builder
	for i := p.from; i < p.to; i++ {
		text := page.lines[i].text
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
func hasPauses(lines []line) bool {
	const (
		many = 6 // lines: more than any headline has
		few  = 2 // lines with punctuation
	)
	n := 0
	for i := range lines {
		if strings.ContainsRune("，。；！？、", lastRune(lines[i].text)) {
			n++
		}
	}
	return len(lines) >= many || n >= few
}

// measureStripped estimates the share of paragraphs whose first line is short by
// an indent that the text has lost, from the pieces that follow the end of a
// sentence.
func measureStripped(page *layout, pieces []piece) float64 {
	const least = 3 // lines: of fewer, the first one may be short for other reasons
	n, short := priorParagraphs, priorParagraphs*priorStripped
	prev := -1
	for i := range pieces {
		p := &pieces[i]
		if p.kind != textPiece {
			continue
		}
		if p.len() >= least && !p.indented && (prev < 0 || pieces[prev].end.endsSentence()) {
			n++
			if page.room(p.from, p.column) >= 0 {
				short++
			}
		}
		prev = i
	}
	return short / n
}

// fill describes how full the lines of this page are where they must be full, to
// judge the others by.
type fill struct {
	slack [maxSlack + 1]float64  // share of full lines with at least that much room
	on    [maxSlack + 1]evidence // its logarithm
	full  evidence               // logarithm of the share without room
	// share of paragraphs whose first line is short by an indent that the text has
	// lost
	stripped float64
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

// mostlyStripped reports whether a first line without an indent has probably lost
// one.
func (f *fill) mostlyStripped() bool { return f.stripped > mostlyStripped }

// measureFill counts the room on lines that are continued on the next.
func measureFill(page *layout, pieces []piece) fill {
	f := fill{stripped: measureStripped(page, pieces)}
	n := priorLines
	for i := range f.slack {
		f.slack[i] = priorLines * priorSlack / float64(i+1)
	}
	for k := range pieces {
		p := &pieces[k]
		if p.kind != textPiece || p.len() < ownWidthLines {
			continue
		}
		for i := p.from + 1; i+1 < p.to; i++ {
			if endMark(page.lines[i].text) != endOpen {
				continue
			}
			n++
			room := page.room(i, p.column)
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

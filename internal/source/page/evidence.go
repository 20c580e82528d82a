package page

import (
	"math"
	"regexp"
	"strings"
	"unicode/utf8"
)

// evidence is the natural logarithm of how much likelier an observation is under
// one reading than under another; independent evidence is added.
type evidence = float64

// likelihoods are those of an observation if the text continues and if it ends.
type likelihoods struct{ ifContinues, ifEnds evidence }

// evidenceKinds is a set of kinds of evidence.
type evidenceKinds uint

const (
	kindClosing     evidenceKinds = 1 << iota // a source, byline or jump line ends an article
	kindRoom                                  // room on a line for what follows it
	kindEnding                                // how a piece of text ends
	kindFirst                                 // first lines: indented, short or full
	kindLook                                  // whether a piece looks like a heading
	kindSide                                  // headlines above or below, decided over the page
	kindWords                                 // words that headings and texts share
	kindTheme                                 // those of the last headline that recur
	kindOpening                               // how the text after a heading begins
	kindCompanions                            // subtitles, bylines and datelines of headlines
	kindArticleSide                           // headlines above or below, decided article by article
	kindInterleaved                           // articles set column by column in turn
	kindLinks                                 // how the parts of an interleaved article follow one another

	everyKind evidenceKinds = 1<<iota - 1
)

func (s evidenceKinds) has(k evidenceKinds) bool { return s&k != 0 }

func (lb *labeller) ending(e ending) likelihoods {
	if !lb.use.has(kindEnding) {
		return likelihoods{}
	}
	return endings[e]
}

// firstLineEvidence returns the likelihoods of the first line of p under each
// label: whether it is indented, short by an indent that was lost, or full.
func (lb *labeller) firstLineEvidence(p *piece, column int) [labelCount]evidence {
	var e [labelCount]evidence
	if !lb.use.has(kindFirst) {
		return e
	}
	indented := [labelCount]float64{
		labelBegins:    indentedBegin,
		labelContinues: indentedContinues,
		labelHeading:   indentedHeading,
	}
	if lb.geo.indents {
		indented[labelBegins] = indentedBeginByPage
	}
	for l := range e {
		if p.indented {
			e[l] += math.Log(indented[l])
		} else {
			e[l] += math.Log(1 - indented[l])
		}
	}
	if p.dateline {
		e[labelBegins] += datelineBegins
	}
	if strings.ContainsRune(noLineStart, firstRune(p.text)) {
		e[labelContinues] += markContinues
	}
	if p.len() > 1 && !p.indented {
		for l, room := range lb.firstRoomEvidence(p, column) {
			e[l] += room
		}
	}
	return e
}

// firstRoomEvidence is the part of firstLineEvidence for how full the line is.
func (lb *labeller) firstRoomEvidence(p *piece, column int) [labelCount]evidence {
	var e [labelCount]evidence
	short := math.Min(math.Max(lb.fill.stripped, leastStripped), mostStripped)
	switch lost := column - p.first; {
	case lost >= indentCells:
		e[labelBegins] = math.Log(short)
	case lost >= charCells:
		e[labelBegins] = math.Log(stripsLess)
	default:
		e[labelBegins] = math.Log(1 - short)
	}
	if room := lb.room(p.from, column); room >= 0 {
		e[labelContinues] = math.Log(lb.fill.slack[min(room, charCells)] + slackFloor)
		e[labelHeading] = logHeadingRoom
	} else {
		e[labelContinues] = math.Log(1 - lb.fill.slack[0])
		e[labelHeading] = logHeadingFull
	}
	return e
}

func (lb *labeller) roomEvidence(room int) (on, end evidence) {
	if !lb.use.has(kindRoom) {
		return 0, 0
	}
	return lb.fill.room(room)
}

// sharedColumn is the width of a full line of p and q if they are one paragraph,
// and the likelihood of that. A part of one or two lines cannot show that its
// paragraph is set one character narrower than the page.
func (lb *labeller) sharedColumn(p, q *piece, from label) (int, evidence) {
	switch {
	case p.len() >= ownWidthLines:
		return p.column, 0
	case q.len() >= ownWidthLines:
		return min(p.column, q.column), 0
	}
	full := 0
	for i := p.from; i < p.to; i++ {
		w := lb.width(i)
		if i == p.from && from == labelBegins && !p.indented && lb.fill.mostlyStripped() {
			w += indentCells
		}
		full = max(full, w)
	}
	for i := q.from; i+1 < q.to; i++ {
		full = max(full, lb.width(i))
	}
	if full < p.column && full >= p.column-narrowerCells {
		return full, math.Log(narrowerColumn)
	}
	return p.column, math.Log(1 - narrowerColumn)
}

// speaker matches the beginning of a line of an interview.
var speaker = regexp.MustCompile(`^(?:记者|記者|本报记者|本報記者|主持人|问|問|答)[：:]`)

// headingLook is the evidence for p being a heading rather than the beginning of
// a paragraph, from p alone, and the likelihood of how a heading ends.
func (lb *labeller) headingLook(p *piece) evidence {
	if !lb.use.has(kindLook) {
		return 0
	}
	n := utf8.RuneCountInString(p.text)
	if p.headline {
		return knownHeadline
	}
	e := headingPrior + headingLine*float64(max(0, p.len()-mostHeadingLines)) + headingEnd(p, n)
	if strings.Contains(p.text[:len(p.text)-1], "。") {
		e += headingInnerSentence
	}
	e -= float64(max(0, n-longestHeading)) / headingLengthScale
	if n < shortestHeading {
		e += headingTooShort
	}
	e += headingComma * float64(strings.Count(p.text, "，"))
	if p.overflow > fullLineTolerance {
		e += headingOverflow
	}
	e += headingRag * float64(min(p.rag, mostRag))
	if p.dateline || p.source || p.verse || speaker.MatchString(p.text) {
		e += headingTextMark
	}
	if p.indented {
		e += headingIndent
	}
	return e
}

// headingEnd is the part of headingLook for how p, of n characters, ends.
func headingEnd(p *piece, n int) evidence {
	last := lastRune(p.text)
	switch {
	case strings.ContainsRune("，、；", last), last == '：' && n > longestSalutation:
		return headingPause
	case p.end == endOpen:
		return 0
	case p.end == endWeak:
		return headingBracket
	case p.end == endStrong:
		return headingSentence
	case firstRune(p.text) == '“' && last == '”':
		return headingExclaims + headingQuotation
	}
	return headingExclaims
}

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

func (r *reader) ending(e ending) likelihoods {
	if !r.uses(kindEnding) {
		return likelihoods{}
	}
	return endings[e]
}

// firstLineEvidence returns the likelihoods of the first line of p under each
// label: whether it is indented, short by an indent that was lost, or full.
func (r *reader) firstLineEvidence(p *piece, column int) [labelCount]evidence {
	var e [labelCount]evidence
	if !r.uses(kindFirst) {
		return e
	}
	indented := [labelCount]float64{
		labelBegins:    indentedBegin,
		labelContinues: indentedContinues,
		labelHeading:   indentedHeading,
	}
	if r.geo.indents {
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
	if p.len() == 1 || p.indented {
		return e
	}
	short := math.Min(math.Max(r.geo.stripped, leastStripped), mostStripped)
	switch lost := column - p.first; {
	case lost >= indentCells:
		e[labelBegins] += math.Log(short)
	case lost >= charCells:
		e[labelBegins] += math.Log(stripsLess)
	default:
		e[labelBegins] += math.Log(1 - short)
	}
	if room := r.firstRoom(p, column); room >= 0 {
		e[labelContinues] += math.Log(r.fill.slack[min(room, charCells)] + slackFloor)
		e[labelHeading] += logHeadingRoom
	} else {
		e[labelContinues] += math.Log(1 - r.fill.slack[0])
		e[labelHeading] += logHeadingFull
	}
	return e
}

// speaker matches the beginning of a line of an interview.
var speaker = regexp.MustCompile(`^(?:记者|記者|本报记者|本報記者|主持人|问|問|答)[：:]`)

// headingLook is the evidence for p being a heading rather than the beginning of
// a paragraph, from p alone, and the likelihood of how a heading ends.
func (r *reader) headingLook(p *piece) evidence {
	if !r.uses(kindLook) {
		return 0
	}
	n := utf8.RuneCountInString(p.text)
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

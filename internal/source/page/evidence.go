package page

import (
	"math"
	"regexp"
	"strings"
	"unicode/utf8"
)

// evidence is in natural logarithms of how much likelier what was seen is
// under one reading than under the other; pieces of evidence are added.
type evidence = float64

// likelihoods are the likelihoods of something if the text goes on and if it ends.
type likelihoods struct{ ifContinues, ifEnds evidence }

// endings gives the likelihoods of how a piece of body text ends, as counted on
// set pages.
var endings = [...]likelihoods{
	endOpen:     {math.Log(.92), math.Log(.003)},
	endWeak:     {math.Log(.03), math.Log(.04)},
	endStrong:   {math.Log(.05), math.Log(.937)},
	endExclaims: {math.Log(.005), math.Log(.02)},
}

func (r *reader) ending(e ending) likelihoods {
	if !r.uses(kindEnding) {
		return likelihoods{}
	}
	return endings[e]
}

// firstLine gives the likelihoods of the first line of p under each label:
// is it indented, or short by an indent that was lost, or full.
func (r *reader) firstLine(p *piece, column int) [labelCount]evidence {
	var e [labelCount]evidence
	if !r.uses(kindFirst) {
		return e
	}
	// Shares of first lines that are indented, on a page with indents in its
	// text and on one without.
	indented := [labelCount]float64{labelBegins: .3, labelContinues: .003, labelHeading: .05}
	if r.geo.indents {
		indented[labelBegins] = .95
	}
	for l := range e {
		if p.indented {
			e[l] += math.Log(indented[l])
		} else {
			e[l] += math.Log(1 - indented[l])
		}
	}
	if p.dateline {
		e[labelBegins] += 4
	}
	if strings.ContainsRune(noLineStart, firstRune(p.text)) {
		e[labelContinues] += 6
	}
	if p.len() == 1 || p.indented {
		return e
	}
	short := math.Min(math.Max(r.geo.stripped, .05), .95)
	const headsFull = .15 // a headline of two lines may fill the first by chance
	switch lost := column - p.first; {
	case lost >= indentCells:
		e[labelBegins] += math.Log(short)
	case lost >= indentCells-2: // a column estimated one character too narrow
		e[labelBegins] += math.Log(.3)
	default:
		e[labelBegins] += math.Log(1 - short)
	}
	if room := r.firstRoom(p, column); room >= 0 {
		e[labelContinues] += math.Log(r.fill.slack[min(room, 2)] + .01)
		e[labelHeading] += math.Log(1 - headsFull)
	} else {
		e[labelContinues] += math.Log(1 - r.fill.slack[0])
		e[labelHeading] += math.Log(headsFull)
	}
	return e
}

// speaker begins a line of an interview.
var speaker = regexp.MustCompile(`^(?:记者|記者|本报记者|本報記者|主持人|问|問|答)[：:]`)

// headingLook is the evidence for p being a heading rather than the beginning of a
// paragraph, from p alone, and the likelihood of how a heading ends.
func (r *reader) headingLook(p *piece) evidence {
	if !r.uses(kindLook) {
		return 0
	}
	n := utf8.RuneCountInString(p.text)
	e := .5 // most short pieces are headings
	if p.len() > 2 {
		e -= 2.5 * evidence(p.len()-2)
	}
	const salutation = 6 // characters: 编辑同志：, which is set as a heading is
	last := lastRune(p.text)
	switch {
	case strings.ContainsRune("，、；", last):
		e -= 5
	case last == '：' && n > salutation: // what follows is a list, or what somebody says
		e -= 5
	case p.end == endOpen:
	case p.end == endWeak:
		e -= 2
	case p.end == endStrong:
		e -= 7
	default: // a question or a call may head an article
		e -= 3.8
		if firstRune(p.text) == '“' && last == '”' {
			e -= 2 // what somebody says
		}
	}
	if strings.Contains(p.text[:len(p.text)-1], "。") {
		e -= 4
	}
	const longest = 45 // characters in all lines of a headline
	if n > longest {
		e -= evidence(n-longest) / 5
	}
	if n <= 1 {
		e -= 4
	}
	e -= 1.2 * evidence(strings.Count(p.text, "，"))
	if p.overflow > 3 {
		e += 3
	}
	e += 2 * evidence(min(p.rag, 3))
	if p.dateline || p.source || p.verse || speaker.MatchString(p.text) {
		e -= 5
	}
	if p.indented {
		e -= 2
	}
	return e
}

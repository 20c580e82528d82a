package page

import (
	"math"
	"regexp"
)

// step is the evidence for values below a limit.
type step struct {
	limit float64
	e     evidence
}

type steps []step

func (s steps) at(x float64) evidence {
	for _, t := range s {
		if x < t.limit {
			return t.e
		}
	}
	return s[len(s)-1].e
}

var top = math.Inf(1)

// Evidence for a headline rather than a section heading: logarithms of the ratio
// of how often either shows a value, counted on two thirds of the set pages and
// rounded towards zero. Section headings there are often taken word for word from
// the text after them; real ones are less so, so that weighs less here.
var (
	// characters in the longest line
	lengthSteps = steps{{6, -1.3}, {8, -1.1}, {12, -0.4}, {16, 0.5}, {top, 1.8}}
	// share of the words of the text after it that the text before it contains
	// too: another article is about something else
	relatedSteps = steps{{0.033, 1.7}, {0.067, 0.2}, {0.1, -1.4}, {top, -2}}

	// headline below its text: share of its words in the text before and after it
	belowPrevSteps = steps{{0.1, -2}, {0.3, -1.2}, {0.4, -0.2}, {0.6, 1.2}, {top, 1.8}}
	belowNextSteps = steps{{0.1, 1.8}, {0.3, -0.8}, {0.6, -2.5}, {top, -3.5}}
	// headline above its text: the same
	abovePrevSteps = steps{{0.1, 0.6}, {0.4, -1}, {top, -1.3}}
	// share of the words of the last headline in the text after this one: if they
	// recur, its article continues
	themeSteps     = steps{{0.001, 0.7}, {0.1, 0}, {0.2, -0.4}, {0.3, -1}, {top, -1.8}}
	aboveNextSteps = steps{{0.1, -0.5}, {0.3, 0.2}, {0.6, 0.7}, {0.9, 1.1}, {top, -1.3}}
)

// Weights of observations that are there or not, set by hand on the same pages
// in units of the steps above.
const (
	headlinePrior   = 0.5  // headlines are somewhat more frequent than section headings
	closedWeight    = 3.0  // a source or byline ends the text before it
	notClosed       = -0.4 // none does
	datelineWeight  = 2.0  // the text after it begins with a dateline
	partsWeight     = 1.5  // title and subtitle are blocks of their own
	overflowWeight  = 1.5  // wider than the column
	bylineWeight    = 2.0  // followed by a byline
	inBlockWeight   = -6.0 // no blank line separates it from the text after it
	isolatedWeight  = 3.0  // blank lines around it on a page whose paragraphs have none
	numberedWeight  = -4.0 // it is numbered: 一、…
	breaksOffWeight = -3.0 // the text before it breaks off
	verbatimWeight  = -1.5 // the text after it contains it word for word
	captionWeight   = 1.0  // a caption before it: photographs are at the end of an article rather than inside
	mustWeight      = 6.0  // its text has no other heading
	emptyWeight     = -4.0 // a headline without text, or text without a headline
)

var numberedHead = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.．、]\D|[①-⑳])`)

// foreignWords is the evidence of the share of words in common. A small share is
// evidence for a headline only as far as there is enough text to compare.
func (f *features) foreignWords(by steps, share float64) evidence {
	e := by.at(share)
	if e > 0 {
		e *= f.text
	}
	return e
}

// headlineEvidence is the evidence for heading i being a headline rather than a
// section heading, with back headings since the last headline.
func (r *reading) headlineEvidence(i, back int) evidence {
	s := &r.features[i]
	e := headlinePrior + lengthSteps.at(float64(s.runes)) + r.wordEvidence(s, back)
	if !s.closed {
		e += notClosed
	}
	opening, companions := r.use.has(kindOpening), r.use.has(kindCompanions)
	if opening {
		e += s.opening
	}
	if companions && !s.hasCompanions() {
		e += r.bare
	}
	for _, o := range []struct {
		observed bool
		weight   float64
	}{
		{s.closed, closedWeight},
		{s.dateline && opening, datelineWeight},
		{s.parts > 1 && companions, partsWeight},
		{s.overflow > fullLineTolerance, overflowWeight},
		{s.byline && companions, bylineWeight},
		{s.inBlock, inBlockWeight},
		{r.indents && s.isolated, isolatedWeight},
		{s.numbered, numberedWeight},
		{s.breaksOff, breaksOffWeight},
		{s.caption && r.at == above, captionWeight},
	} {
		if o.observed {
			e += o.weight
		}
	}
	return e
}

// wordEvidence is the part of headlineEvidence for the words that the heading
// and the texts around it share.
func (r *reading) wordEvidence(s *features, back int) evidence {
	if !r.use.has(kindWords) {
		return 0
	}
	e := s.foreignWords(relatedSteps, s.related[back])
	if s.verbatim && !s.lead {
		e += verbatimWeight
	}
	if s.pairs == 0 {
		return e
	}
	if r.at == below {
		return e + belowPrevSteps.at(s.prev[back]) + belowNextSteps.at(s.next)
	}
	if theme := s.theme[back]; theme >= 0 && back < reach-1 && r.use.has(kindTheme) {
		e += s.foreignWords(themeSteps, theme)
	}
	return e + abovePrevSteps.at(s.prev[back]) + aboveNextSteps.at(s.next)
}

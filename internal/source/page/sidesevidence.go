package page

import (
	"math"
	"unicode/utf8"
)

// Evidence for how a page with headlines on either side is divided into articles, as
// logarithms of likelihood ratios. The share of its words that a headline has in its own
// article and in the articles next to it was counted on half of 150 pages set for that;
// the other weights were set by hand on the same half.
var (
	// share of the words of a piece of a headline, by weight, that an article contains:
	// below 0.1 of 1 % of headlines in their own article, of 90 % in the next; above 0.5 of
	// 85 % and of none
	fitSteps = steps{{0.05, -4}, {0.1, -3.5}, {0.2, -2.5}, {0.3, 0}, {0.4, 1.5}, {0.5, 2.5}, {top, 3}}
	// share of the words of a section heading in the text after it
	sectionSteps = steps{{0.1, -2}, {0.3, -0.5}, {0.6, 0.5}, {0.9, 1}, {top, 2}}
)

const (
	maxHeadlinePieces = 4    // kicker, title, two lines of subtitle
	tooManyPieces     = -1.5 // for each piece of a headline beyond those
	untitledWeight    = -6.0 // an article without a headline
	wrongSideWeight   = -8.0 // a headline on the side where the page has none
	sectionPieces     = -4.0 // for each piece of a section heading beyond the first
	quotedWeight      = 1.5  // a section heading is taken word for word from the text
	noHeadingWeight   = -3.0 // an article begins where no heading is
	sectionMargin     = 2.0  // confidence in a section heading apart from its words
)

// boundary is the evidence for an article ending at seam i, distance stretches after it
// began, and another beginning there.
func (s *seams) boundary(i, distance int) evidence {
	g := &s.at[i]
	e := g.opening + notClosed
	if s.use.has(kindWords) {
		e += relatedSteps.at(g.related[distance])
	}
	for _, o := range []struct {
		observed bool
		weight   float64
	}{
		{g.closed, closedWeight - notClosed},
		{g.dateline, datelineWeight},
		{g.breaksOff, breaksOffWeight},
		{g.heading < 0, noHeadingWeight},
		{g.bylineAfter && s.use.has(kindCompanions), bylineWeight},
		{g.inBlock, inBlockWeight},
		{g.numbered, numberedWeight},
		{g.quoted, -quotedWeight},
	} {
		if o.observed {
			e += o.weight
		}
	}
	return e
}

// section is the evidence for the headings of seam i being section headings.
func (s *seams) section(i int) evidence {
	g := &s.at[i]
	switch {
	case g.heading < 0:
		return 0
	case g.isHeadline:
		return -knownHeadline
	}
	e := sectionPieces * float64(len(g.pieces)-1)
	if s.use.has(kindWords) {
		e += sectionSteps.at(g.next)
	}
	if g.quoted {
		e += quotedWeight
	}
	return e
}

// titleLook is the evidence of how pieces are set for their being a headline rather than
// a section heading.
func (s *seams) titleLook(pieces []int) evidence {
	if len(pieces) == 0 {
		return 0
	}
	runes, overflow := 0, math.MinInt
	for _, k := range pieces {
		p := &s.pieces[k]
		overflow = max(overflow, p.overflow)
		for _, l := range s.page.of(p.span) {
			runes = max(runes, utf8.RuneCountInString(l.text))
		}
	}
	e := headlinePrior + lengthSteps.at(float64(runes)) + tooManyPieces*float64(max(0, len(pieces)-maxHeadlinePieces))
	if overflow > fullLineTolerance {
		e += overflowWeight
	}
	return e
}

package page

// Evidence for how the articles of a page with headlines on either side are divided.
var (
	// share of a headline's words, by weight, that the article contains
	fitSteps = steps{{0.05, -4}, {0.1, -3.5}, {0.2, -2.5}, {0.3, 0}, {0.4, 1.5}, {0.5, 2.5}, {top, 3}}
	// share of a section heading's words in the text after it
	sectionSteps = steps{{0.1, -2}, {0.3, -0.5}, {0.6, 0.5}, {0.9, 1}, {top, 2}}
)

const (
	untitled        = -6.0 // an article without a headline
	misplaced       = -8.0 // a headline on the wrong side
	tooManyPieces   = -1.5 // for each piece of a headline beyond maxHeadlinePieces
	manyPieces      = -4.0 // for each piece of a section heading beyond one
	noHeading       = -3.0 // an article begins without a heading before it
	fewBigrams      = 6    // with fewer words in common, sharing them says less
	sectionMargin   = 2.0
	eitherThreshold = 0.0
)

// boundary is the evidence for an article ending at seam j, distance stretches after
// it began.
func (s *seams) boundary(j, distance int) evidence {
	g := &s.at[j]
	e := g.opening + relatedSteps.at(g.related[distance])
	if g.closed {
		e += closedWeight
	} else {
		e += notClosed
	}
	if g.dateline {
		e += datelineWeight
	}
	if g.breaksOff {
		e += breaksOffWeight
	}
	if g.heading < 0 {
		e += noHeading
	}
	if g.bylineAfter {
		e += bylineWeight
	}
	if g.inBlock {
		e += inBlockWeight
	}
	if g.numbered {
		e += numberedWeight
	}
	if g.verbatim {
		e += verbatimWeight
	}
	return e
}

// section is the evidence for the headings of seam i being section headings.
func (s *seams) section(i int) evidence {
	g := &s.at[i]
	if g.heading < 0 {
		return 0
	}
	if g.headline {
		return -knownHeadline
	}
	e := sectionSteps.at(g.next) + manyPieces*float64(len(g.pieces)-1)
	if g.verbatim {
		e -= verbatimWeight
	}
	return e
}

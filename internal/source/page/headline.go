package page

import (
	"math"
	"regexp"
)

// side is where headlines stand on a page.
type side int

const (
	below side = iota // after the text they head
	above             // before it
)

func (s side) String() string { return [...]string{"below", "above"}[s] }

// headlineChoice says which headings are headlines; the others are section headings.
type headlineChoice struct {
	side     side
	headline []bool
	margin   []float64 // evidence for what each heading was taken for
	score    evidence
}

// step gives evidence by the size of what was measured: below a limit.
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

// The evidence for a headline rather than a section heading: logarithms of the
// ratio of how often each is seen, counted on two thirds of the set pages and
// rounded towards nothing. Section headings there are often taken word for
// word from the text after them; real ones less, so that counts for less here.
var (
	// characters in the longest line
	lengthSteps = steps{{6, -1.3}, {8, -1.1}, {12, -.4}, {16, .5}, {top, 1.8}}
	// words of the text after that the text before holds too: another article
	// speaks of other things
	relatedSteps = steps{{.033, 1.7}, {.067, .2}, {.1, -1.4}, {top, -2}}

	// headlines below their text: share of its words before it, after it
	belowPrevSteps = steps{{.1, -2}, {.3, -1.2}, {.4, -.2}, {.6, 1.2}, {top, 1.8}}
	belowNextSteps = steps{{.1, 1.8}, {.3, -.8}, {.6, -2.5}, {top, -3.5}}
	// headlines above their text
	abovePrevSteps = steps{{.1, .6}, {.4, -1}, {top, -1.3}}
	// the words of the last headline in the text after this one: its article
	// goes on
	themeSteps     = steps{{.001, .7}, {.1, 0}, {.2, -.4}, {.3, -1}, {top, -1.8}}
	aboveNextSteps = steps{{.1, -.5}, {.3, .2}, {.6, .7}, {.9, 1.1}, {top, -1.3}}
)

// Signs that are there or not.
const (
	headlinePrior  = .5   // there are somewhat more headlines than section headings
	closedWeight   = 3.0  // a source or byline ended the text before
	notClosed      = -.4  // none did
	datelineWeight = 2.0  // the text after opens as an article does
	partsWeight    = 1.5  // title and subtitle in blocks of their own
	overflowWeight = 1.5  // wider than the column
	bylineWeight   = 2.0  // followed by a byline
	inBlockWeight  = -6.0 // no blank line between it and the text after it
	aloneWeight    = 3.0  // blank lines around it where paragraphs have none
	numberedWeight = -4.0 // it is counted: 一、…
	unendedWeight  = -3.0 // the text before goes on
	verbatimWeight = -1.5 // the text after holds it word for word
	captionWeight  = 1.0  // photographs stand at the end of an article rather than inside
	mustWeight     = 6.0  // there is nothing else it could head
	emptyWeight    = -4.0 // a headline without text, a text without headline
)

var numberedHead = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.．、]\D|[①-⑳])`)

// layOut decides side and headlines for the whole page.
func (r *reader) layOut(o *outline) headlineChoice {
	signs := r.headingFeatures(o)
	a, b := r.choose(o, signs, below, 0), r.chooseTwice(o, signs)
	if b.score >= a.score || !r.uses(kindSide) {
		return b
	}
	return a
}

// chooseTwice reads the page with headlines above their texts, sees how many of
// them have company (a subtitle, a byline, a dateline) and reads it again: where
// all have, one that has none is a section heading.
func (r *reader) chooseTwice(o *outline, all []features) headlineChoice {
	const (
		priorHeadlines = 4.0
		priorCompany   = .4
		sections       = .03 // of them have what looks like company
	)
	first := r.choose(o, all, above, 0)
	n, company := priorHeadlines, priorHeadlines*priorCompany
	for i := range all {
		if !first.headline[i] {
			continue
		}
		p := 1 / (1 + math.Exp(-first.margin[i]))
		n += p
		if all[i].hasCompany() {
			company += p
		}
	}
	return r.choose(o, all, above, math.Log((1-company/n)/(1-sections)))
}

// hasCompany says whether a heading has what headlines come with.
func (s *features) hasCompany() bool { return s.parts > 1 || s.byline || s.dateline }

// bestScores holds, for each distance since the last headline (reach-1: that or
// further), the best evidence so far.
type bestScores [reach]evidence

func noScores() bestScores {
	var c bestScores
	for d := range c {
		c[d] = math.Inf(-1)
	}
	return c
}

// choose finds the best set of headlines for one side: dynamic programming
// over how many headings ago the last headline was.
func (r *reader) choose(o *outline, all []features, at side, bare evidence) headlineChoice {
	n := len(all)
	best := noScores()
	best[0] = r.pageEnd(o, at, -1)
	from := make([][reach]int8, n)
	for i := range all {
		best = r.advance(o, all, at, i, bare, best, &from[i])
	}
	d := 0
	for k := range best {
		if best[k] > best[d] {
			d = k
		}
	}
	p := headlineChoice{side: at, headline: make([]bool, n), margin: make([]float64, n)}
	p.score = best[d] + r.pageEnd(o, at, n)
	for i := n - 1; i >= 0; i-- {
		p.headline[i] = d == 0
		d = int(from[i][d])
		p.margin[i] = r.headlineEvidence(&all[i], at, d, bare)
		if !p.headline[i] {
			p.margin[i] = -p.margin[i]
		}
	}
	return p
}

// advance reads heading i either way. What a section heading would show is the
// same on either side, so it stands for nought and the sides can be compared.
func (r *reader) advance(o *outline, all []features, at side, i int, bare evidence, best bestScores, from *[reach]int8) bestScores {
	next := noScores()
	may, must := r.mayHead(o, i, at)
	for d := range best {
		if math.IsInf(best[d], -1) {
			continue
		}
		e := r.headlineEvidence(&all[i], at, d, bare)
		if must {
			e = math.Max(e, 0) + mustWeight
		}
		if s := best[d] + e; may && s > next[0] {
			next[0], from[0] = s, int8(d)
		}
		if t := min(d+1, reach-1); best[d] > next[t] {
			next[t], from[t] = best[d], int8(d)
		}
	}
	return next
}

// mayHead: a headline has text on its side; a heading at the page's end with no
// other text to head must be one.
func (r *reader) mayHead(o *outline, i int, at side) (may, must bool) {
	before, after := o.passages[i].paragraphs() > 0, o.passages[i+1].paragraphs() > 0
	if at == below {
		return before, before && !after
	}
	return true, i == 0 && !before
}

// pageEnd is the evidence of the page's ends: i is -1 for the top, the number of
// headings for the bottom.
func (r *reader) pageEnd(o *outline, at side, i int) evidence {
	n := len(o.headings)
	switch {
	case n == 0:
		return 0
	case at == below && i < 0 && o.passages[0].paragraphs() == 0,
		at == below && i >= 0 && o.passages[n].paragraphs() > 0,
		at == above && i < 0 && o.passages[0].paragraphs() > 0,
		at == above && i >= 0 && o.passages[n].paragraphs() == 0:
		return emptyWeight
	}
	return 0
}

// foreignWords is the evidence of words in common: having some tells, having none only
// where there is text enough.
func (s *features) foreignWords(by steps, share float64) evidence {
	e := by.at(share)
	if e > 0 {
		e *= s.text
	}
	return e
}

// headlineEvidence is for a heading being a headline rather than a section
// heading, with back headings since the last headline.
func (r *reader) headlineEvidence(s *features, at side, back int, bare evidence) evidence {
	back = min(back, reach-1)
	e := headlinePrior + lengthSteps.at(float64(s.runes)) + r.wordEvidence(s, at, back)
	if !s.closed {
		e += notClosed
	}
	opening, company := r.uses(kindOpening), r.uses(kindCompany)
	if opening {
		e += s.opening
	}
	if company && !s.hasCompany() {
		e += bare
	}
	for _, sign := range []struct {
		seen   bool
		weight float64
	}{
		{s.closed, closedWeight}, {s.dateline && opening, datelineWeight}, {s.parts > 1 && company, partsWeight},
		{s.overflow > 3, overflowWeight}, {s.byline && company, bylineWeight}, {s.inBlock, inBlockWeight},
		{r.geo.indents && s.alone, aloneWeight}, {s.numbered, numberedWeight}, {s.unended, unendedWeight},
		{s.caption && at == above, captionWeight},
	} {
		if sign.seen {
			e += sign.weight
		}
	}
	return e
}

// wordEvidence is what the words that the heading and the texts around it share
// tell.
func (r *reader) wordEvidence(s *features, at side, back int) evidence {
	if !r.uses(kindWords) {
		return 0
	}
	e := s.foreignWords(relatedSteps, s.related[back])
	if s.verbatim {
		e += verbatimWeight
	}
	if s.pairs == 0 {
		return e
	}
	if at == below {
		return e + belowPrevSteps.at(s.prev[back]) + belowNextSteps.at(s.next)
	}
	if theme := s.theme[back]; theme >= 0 && back < reach-1 && r.uses(kindTheme) {
		e += s.foreignWords(themeSteps, theme)
	}
	return e + abovePrevSteps.at(s.prev[back]) + aboveNextSteps.at(s.next)
}

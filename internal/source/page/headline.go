package page

import (
	"math"
	"regexp"
)

// side is where the headlines of a page are.
type side int

const (
	below side = iota // after their text
	above             // before their text
)

func (s side) String() string { return [...]string{"below", "above"}[s] }

// headlineChoice tells headlines from section headings.
type headlineChoice struct {
	side     side
	headline []bool
	margin   []float64 // evidence for the decision on each heading
	score    evidence
}

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

// chooseHeadlines decides the side and the headlines of the whole page.
func (r *reader) chooseHeadlines(o *outline) headlineChoice {
	signs := r.headingFeatures(o)
	a, b := r.choose(o, signs, below, 0), r.chooseAbove(o, signs)
	if b.score >= a.score || !r.uses(kindSide) {
		return b
	}
	return a
}

// chooseAbove reads the page with headlines above their texts, counts how many
// of them have company (a subtitle, byline or dateline) and reads it again:
// where nearly all have company, a heading without it is a section heading.
func (r *reader) chooseAbove(o *outline, all []features) headlineChoice {
	const (
		priorHeadlines = 4.0
		priorCompany   = 0.4
		sections       = 0.03 // share of section headings that seem to have company
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

// hasCompany reports whether a heading has what accompanies headlines.
func (s *features) hasCompany() bool { return s.parts > 1 || s.byline || s.dateline }

// bestScores has, for each distance from the last headline, the score of the
// best choice so far; distance reach-1 stands for all longer ones.
type bestScores [reach]evidence

func noScores() bestScores {
	var c bestScores
	for d := range c {
		c[d] = math.Inf(-1)
	}
	return c
}

// choose finds the best set of headlines for one side by dynamic programming
// over the distance from the last headline. bare is the evidence against a
// headline without company.
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

// advance extends the choices by either reading of heading i. What a section
// heading shows is the same on both sides and scores 0, so the sides can be
// compared.
func (r *reader) advance(
	o *outline,
	all []features,
	at side,
	i int,
	bare evidence,
	best bestScores,
	from *[reach]int8,
) bestScores {
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

// mayHead reports whether heading i may be a headline, which needs text on its
// side, and whether it must be one: the text at an end of the page has no other
// heading.
func (r *reader) mayHead(o *outline, i int, at side) (may, must bool) {
	before, after := o.passages[i].paragraphs() > 0, o.passages[i+1].paragraphs() > 0
	if at == below {
		return before, before && !after
	}
	return true, i == 0 && !before
}

// pageEnd is the evidence of an end of the page: i is -1 for the top, the number
// of headings for the bottom.
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

// foreignWords is the evidence of words in common: some are telling, none only
// where there is enough text.
func (s *features) foreignWords(by steps, share float64) evidence {
	e := by.at(share)
	if e > 0 {
		e *= s.text
	}
	return e
}

// headlineEvidence is the evidence for a heading being a headline rather than a
// section heading, with back headings since the last headline.
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
	for _, o := range []struct {
		observed bool
		weight   float64
	}{
		{s.closed, closedWeight},
		{s.dateline && opening, datelineWeight},
		{s.parts > 1 && company, partsWeight},
		{s.overflow > fullLineTolerance, overflowWeight},
		{s.byline && company, bylineWeight},
		{s.inBlock, inBlockWeight},
		{r.geo.indents && s.isolated, isolatedWeight},
		{s.numbered, numberedWeight},
		{s.breaksOff, breaksOffWeight},
		{s.caption && at == above, captionWeight},
	} {
		if o.observed {
			e += o.weight
		}
	}
	return e
}

// wordEvidence is the part of headlineEvidence for the words that the heading
// and the texts around it share.
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

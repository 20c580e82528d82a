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

// headlineChoice is which headings are headlines; the others are section
// headings.
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

// chooser decides which headings of a page are headlines.
type chooser struct {
	*outline
	features []features // by heading
	indents  bool       // the text has kept the indents of paragraphs
	use      evidenceKinds
}

// choose decides the side and the headlines of the whole page.
func (c *chooser) choose() headlineChoice {
	under := (&reading{chooser: c, at: below}).best()
	over := c.chooseAbove()
	if over.score >= under.score || !c.use.has(kindSide) {
		return over
	}
	return under
}

// chooseAbove reads the page with headlines above their texts, counts how many
// of them have companions (a subtitle, byline or dateline) and reads it again:
// where nearly all have companions, a heading without them is a section heading.
func (c *chooser) chooseAbove() headlineChoice {
	const (
		priorHeadlines  = 4.0
		priorCompanions = 0.4
		sections        = 0.03 // share of section headings that seem to have companions
	)
	first := (&reading{chooser: c, at: above}).best()
	n, with := priorHeadlines, priorHeadlines*priorCompanions
	for i := range c.features {
		if !first.headline[i] {
			continue
		}
		p := 1 / (1 + math.Exp(-first.margin[i]))
		n += p
		if c.features[i].hasCompanions() {
			with += p
		}
	}
	return (&reading{chooser: c, at: above, bare: math.Log((1 - with/n) / (1 - sections))}).best()
}

// hasCompanions reports whether a heading has what accompanies headlines.
func (s *features) hasCompanions() bool { return s.parts > 1 || s.byline || s.dateline }

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

// reading is one way to read a page: the side of its headlines and the evidence
// against a headline without companions.
type reading struct {
	*chooser
	at   side
	bare evidence
}

// best finds the best set of headlines by dynamic programming over the distance
// from the last headline.
func (r *reading) best() headlineChoice {
	n := len(r.features)
	scores := noScores()
	scores[0] = r.pageEnd(-1)
	from := make([][reach]int8, n)
	for i := range from {
		scores, from[i] = r.advance(i, scores)
	}
	d := 0
	for k := range scores {
		if scores[k] > scores[d] {
			d = k
		}
	}
	p := headlineChoice{side: r.at, headline: make([]bool, n), margin: make([]float64, n)}
	p.score = scores[d] + r.pageEnd(n)
	for i := n - 1; i >= 0; i-- {
		p.headline[i] = d == 0
		d = int(from[i][d])
		p.margin[i] = r.headlineEvidence(i, d)
		if !p.headline[i] {
			p.margin[i] = -p.margin[i]
		}
	}
	return p
}

// advance extends the choices by either reading of heading i and returns, for
// each, the distance that it extends. What a section heading shows is the same
// on both sides and scores 0, so the sides can be compared.
func (r *reading) advance(i int, scores bestScores) (next bestScores, from [reach]int8) {
	next = noScores()
	may, must := r.mayHead(i)
	for d := range scores {
		if math.IsInf(scores[d], -1) {
			continue
		}
		e := r.headlineEvidence(i, d)
		if must {
			e = math.Max(e, 0) + mustWeight
		}
		if s := scores[d] + e; may && s > next[0] {
			next[0], from[0] = s, int8(d)
		}
		if t := min(d+1, reach-1); scores[d] > next[t] {
			next[t], from[t] = scores[d], int8(d)
		}
	}
	return next, from
}

// mayHead reports whether heading i may be a headline, which needs text on its
// side, and whether it must be one: the text at an end of the page has no other
// heading.
func (r *reading) mayHead(i int) (may, must bool) {
	before, after := r.passages[i].paragraphs() > 0, r.passages[i+1].paragraphs() > 0
	if r.at == below {
		return before, before && !after
	}
	return true, i == 0 && !before
}

// pageEnd is the evidence of an end of the page: i is -1 for the top, the number
// of headings for the bottom.
func (r *reading) pageEnd(i int) evidence {
	n := len(r.headings)
	if n == 0 {
		return 0
	}
	passage := &r.passages[0]
	if i >= 0 {
		passage = &r.passages[n]
	}
	// With headlines above their texts, a text at the top has no headline and a
	// headline at the bottom has no text; with headlines below, the other way round.
	unheaded := (r.at == above) == (i < 0)
	if hasText := passage.paragraphs() > 0; hasText == unheaded {
		return emptyWeight
	}
	return 0
}

// foreignWords is the evidence of the share of words in common. A small share is
// evidence for a headline only as far as there is enough text to compare.
func (s *features) foreignWords(by steps, share float64) evidence {
	e := by.at(share)
	if e > 0 {
		e *= s.text
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
	if s.verbatim {
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

package page

import "math"

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

	cut   []int           // pieces of each heading that belong to the article before it, or isSection
	opens map[itemAt]bool // paragraphs that begin an article without a heading before them
}

// isSection is the cut of a section heading.
const isSection = -1

// itemAt is an item of a passage.
type itemAt struct{ passage, item int }

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
		return over.uniform(c.outline)
	}
	return under.uniform(c.outline)
}

// uniform states the cuts of a choice with all headlines on one side.
func (h headlineChoice) uniform(o *outline) headlineChoice {
	h.cut = make([]int, len(h.headline))
	for i := range h.cut {
		switch {
		case !h.headline[i]:
			h.cut[i] = isSection
		case h.side == below:
			h.cut[i] = len(o.headings[i].pieces)
		}
	}
	return h
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
func (f *features) hasCompanions() bool { return f.parts > 1 || f.byline || f.dateline }

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

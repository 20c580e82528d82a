package page

import "math"

// arrangement is where the headlines of a page may be.
type arrangement int

const (
	arrangedAbove  arrangement = iota // each before its text
	arrangedBelow                     // each after its text
	arrangedEither                    // before or after, article by article
)

// seamReach is the most stretches of text that an article of a mixed page has.
const seamReach = 24

// maxHeadlinePieces is the most pieces of a headline: kicker, title, two lines of
// subtitle.
const maxHeadlinePieces = 4

// sides finds the articles of a page whose headlines may be on either side of their
// text: a sequence of articles, each with one headline before or after it, that
// explains the page best (dynamic programming over the seams).
type sides struct {
	*seams
	mode arrangement
	best []seamBest // by seam
}

// seamBest has the best score for each number of heading pieces of the seam that
// belong to the article before it.
type seamBest []seamState

type seamState struct {
	score    evidence
	from     int // seam where the article before this one began
	fromCut  int
	evidence evidence // for the headline of the article before
}

// read returns the score of the best sequence of articles.
func (s *sides) read() evidence {
	n := len(s.stretches)
	s.best = make([]seamBest, n+1)
	s.best[0] = s.states(0)
	s.best[0][0].score = 0
	for j := 1; j <= n; j++ {
		s.best[j] = s.states(j)
		s.reach(j)
	}
	return s.best[n][s.last()].score
}

// last is the number of heading pieces at the end of the page.
func (s *sides) last() int { return len(s.seams.at[len(s.stretches)].pieces) }

func (s *sides) states(j int) seamBest {
	out := make(seamBest, len(s.at[j].pieces)+1)
	for k := range out {
		out[k].score = math.Inf(-1)
	}
	return out
}

// reach finds the best articles that end at seam j.
func (s *sides) reach(j int) {
	end, inside := &s.at[j], 0.0
	for i := j - 1; i >= max(0, j-seamReach); i-- {
		boundary := 0.0
		if j < len(s.stretches) {
			boundary = s.boundary(j, j-i)
		}
		for k := range s.best[i] {
			before := s.best[i][k].score
			if math.IsInf(before, -1) {
				continue
			}
			above := len(s.at[i].pieces) - k
			for cut := range s.best[j] {
				if cut > 0 && above > 0 || j == len(s.stretches) && cut < len(end.pieces) {
					continue
				}
				e := s.titled(i, k, j, cut)
				if score := before + inside + boundary + e; score > s.best[j][cut].score {
					s.best[j][cut] = seamState{score, i, k, e}
				}
			}
		}
		inside += s.section(i)
	}
}

// titled is the evidence for the headline of the article between two seams.
func (s *sides) titled(i, k, j, cut int) evidence {
	above := len(s.at[i].pieces) - k
	switch {
	case above > 0 && s.mode == arrangedBelow, cut > 0 && s.mode == arrangedAbove:
		return misplaced
	case above == 0 && cut == 0:
		return untitled
	}
	e := 0.0
	if s.mode == arrangedEither {
		e = -math.Ln2
	}
	if above > 0 {
		return e + s.at[i].above[k].at(j-i)
	}
	return e + s.at[j].below[cut].at(j-i)
}

// choice returns the decisions that read found best.
func (s *sides) choice(o *outline) headlineChoice {
	c := headlineChoice{
		cut:    make([]int, len(o.headings)),
		margin: make([]float64, len(o.headings)),
		opens:  map[itemAt]bool{},
	}
	for i := range c.cut {
		c.cut[i] = isSection
	}
	for i := range s.at {
		if h := s.at[i].heading; h >= 0 {
			c.margin[h] = sectionMargin
		}
	}
	j, cut := len(s.stretches), s.last()
	for {
		s.decide(&c, j, cut)
		if j == 0 {
			return c
		}
		b := s.best[j][cut]
		for _, at := range []int{b.from, j} {
			if h := s.at[at].heading; h >= 0 && (at == j) == (cut > 0) {
				c.margin[h] = b.evidence
			}
		}
		j, cut = b.from, b.fromCut
	}
}

// decide notes that an article ends at seam j.
func (s *sides) decide(c *headlineChoice, j, cut int) {
	switch h := s.at[j].heading; {
	case h >= 0:
		c.cut[h] = cut
	case j > 0 && j < len(s.stretches):
		c.opens[itemAt{s.stretches[j].passage, s.stretches[j].from}] = true
	}
}

package page

import (
	"math"
	"slices"
)

// sideRule is where the headlines of a page may be.
type sideRule int

const (
	sideAbove  sideRule = iota // each before its text
	sideBelow                  // each after its text
	sideEither                 // before or after, article by article
)

// sidesReading is the sequence of articles that explains a page best under a rule.
type sidesReading struct {
	*seams
	rule  sideRule
	score evidence
	best  [][]articleEnd // by seam and the number of its pieces that are the headline of the article before it
}

// articleEnd is the best sequence of articles that ends at a seam, described by its
// last article.
type articleEnd struct {
	score   evidence
	from    int      // seam where the last article begins
	fromCut int      // pieces there that belong to the article before it
	title   evidence // for its headline
}

// read finds the best sequence of articles by dynamic programming over the seams.
// Each article has one headline, before or after its text.
func (s *seams) read(rule sideRule) *sidesReading {
	r := &sidesReading{seams: s, rule: rule, best: make([][]articleEnd, len(s.at))}
	for i := range s.at {
		r.best[i] = make([]articleEnd, len(s.at[i].pieces)+1)
		for k := range r.best[i] {
			r.best[i][k].score = math.Inf(-1)
		}
	}
	r.best[0][0].score = 0
	for i := 1; i < len(s.at); i++ {
		r.endAt(i)
	}
	r.score = r.best[len(s.stretches)][r.lastCut()].score
	return r
}

// lastCut is the number of heading pieces at the end of the page.
func (r *sidesReading) lastCut() int { return len(r.at[len(r.stretches)].pieces) }

// endAt finds the best articles that end at a seam.
func (r *sidesReading) endAt(to int) {
	inside, end := 0.0, to == len(r.stretches)
	for from := to - 1; from >= max(0, to-seamReach); from-- {
		e := inside
		if !end {
			e += r.boundary(to, to-from)
		}
		for fromCut, before := range r.best[from] {
			if math.IsInf(before.score, -1) {
				continue
			}
			headed := fromCut < len(r.at[from].pieces)
			for cut := range r.best[to] {
				if cut > 0 && headed || end && cut < r.lastCut() {
					continue
				}
				title := r.title(from, fromCut, to, cut)
				if score := before.score + e + title; score > r.best[to][cut].score {
					r.best[to][cut] = articleEnd{score, from, fromCut, title}
				}
			}
		}
		inside += r.section(from)
	}
}

// title is the evidence for the headline of the article between two seams.
func (r *sidesReading) title(from, fromCut, to, cut int) evidence {
	headed := fromCut < len(r.at[from].pieces)
	e := 0.0
	if r.rule == sideEither {
		e = -math.Ln2 // which side it is has to be said
	}
	switch {
	case !headed && cut == 0:
		return untitledWeight
	case headed && r.rule == sideBelow, !headed && r.rule == sideAbove:
		return wrongSideWeight
	case headed:
		t := &r.at[from].above[fromCut]
		return e + t.look + t.fit[to-from]
	}
	t := &r.at[to].below[cut]
	return e + t.look + t.fit[to-from]
}

// articleAt is an article between two seams.
type articleAt struct {
	from, fromCut int // seam, and its pieces that belong to the article before
	to, cut       int
	title         evidence
}

// articles returns the best sequence of articles.
func (r *sidesReading) articles() []articleAt {
	var out []articleAt
	for to, cut := len(r.stretches), r.lastCut(); to > 0; {
		b := &r.best[to][cut]
		out = append(out, articleAt{b.from, b.fromCut, to, cut, b.title})
		to, cut = b.from, b.fromCut
	}
	slices.Reverse(out)
	return out
}

// choice returns the decisions on the headings of the page.
func (r *sidesReading) choice() headlineChoice {
	c := headlineChoice{
		cut:    make([]int, len(r.headings)),
		margin: make([]float64, len(r.headings)),
		opens:  map[itemAt]bool{},
	}
	for i := range r.at {
		if h := r.at[i].heading; h >= 0 {
			c.cut[h], c.margin[h] = isSection, r.section(i)+sectionMargin
		}
	}
	for _, a := range r.articles() {
		switch h := r.at[a.from].heading; {
		case h < 0:
			t := &r.stretches[a.from]
			c.opens[itemAt{t.passage, t.from}] = a.from > 0
		default:
			c.cut[h] = a.fromCut
			if a.fromCut == 0 {
				c.margin[h] = a.title
			} else if a.fromCut < len(r.at[a.from].pieces) {
				c.margin[h] = min(c.margin[h], a.title)
			}
		}
		if h := r.at[a.to].heading; h >= 0 && a.cut > 0 {
			c.cut[h], c.margin[h] = a.cut, a.title
		}
	}
	return c
}

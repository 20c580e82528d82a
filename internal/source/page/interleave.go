package page

import "math"

// interleaved is a run of text pieces that holds two articles, column by column in
// turn, with both headlines after it.
type interleaved struct {
	*labeller
	pieces  []piece
	texts   []int  // the text pieces, by index in pieces
	closed  []bool // by text: its source or byline is after it
	words   [][]int32
	index   *bigramIndex
	titles  [2][]int // heading pieces of the two headlines
	second  []bool   // by text: it belongs to the second article
	follows [][]evidence
	begins  []evidence
	ends    []evidence
}

// mostInterleaved is the most text pieces that are divided into two articles: the
// time is cubic in their number.
const mostInterleaved = 64

// newInterleaved observes pieces [from, to).
func newInterleaved(lb *labeller, pieces []piece, from, to int) *interleaved {
	v := &interleaved{labeller: lb, pieces: pieces}
	for i := from; i < to; i++ {
		switch p := &pieces[i]; p.kind {
		case textPiece, tablePiece:
			v.texts = append(v.texts, i)
			v.closed = append(v.closed, p.source)
		case bylinePiece:
			if n := len(v.closed); n > 0 {
				v.closed[n-1] = true
			}
		}
	}
	n := len(v.texts)
	if n < 2 || n > mostInterleaved {
		return nil
	}
	size := 0
	for _, i := range v.texts {
		size += len(pieces[i].text)
	}
	v.index = newBigramIndex(size)
	for _, i := range v.texts {
		v.words = append(v.words, v.index.add(pieces[i].text))
	}
	v.observeLinks()
	return v
}

func (v *interleaved) at(k int) *piece { return &v.pieces[v.texts[k]] }

// observeLinks observes for each pair of texts how well the second follows the first.
func (v *interleaved) observeLinks() {
	n := len(v.texts)
	v.follows = make([][]evidence, n)
	v.begins, v.ends = make([]evidence, n), make([]evidence, n)
	for q := range n {
		own := v.firstEvidence(v.at(q))
		v.begins[q] = own[labelBegins]
		if v.heading(q) {
			v.begins[q] = own[labelHeading] + headingOpens
		} else {
			v.begins[q] += opening(v.at(q).text)
		}
		v.ends[q] = v.ending(v.at(q).end).ifEnds
		if v.closed[q] {
			v.ends[q] += closedWeight
		} else {
			v.ends[q] += notClosed
		}
		if v.heading(q) {
			v.ends[q] = headingEnds
		}
		v.follows[q] = make([]evidence, q)
		for p := range q {
			v.follows[q][p] = v.link(p, q)
		}
	}
}

func (v *interleaved) heading(k int) bool {
	p := v.at(k)
	return p.kind == textPiece && p.label == labelHeading
}

// link is the evidence for text q following text p in one article.
func (v *interleaved) link(p, q int) evidence {
	a, b := v.at(p), v.at(q)
	own := v.firstEvidence(b)
	switch {
	case a.kind == tablePiece || b.kind == tablePiece:
		return 0
	case v.heading(p) && v.heading(q):
		return headingContinues
	case v.heading(p):
		return v.headingRoom(a, b) + own[labelBegins]
	}
	_, room := v.roomEvidence(a.column - a.last - b.need)
	e := v.ending(a.end).ifEnds + room
	if a.unclosed {
		e += unclosedEnds
	}
	if v.closed[p] {
		e -= closedWeight
	}
	if v.heading(q) {
		return e + own[labelHeading]
	}
	on := v.continues(a, labelContinues, b)
	return math.Max(e+own[labelBegins], on)
}

// divide finds the likeliest division into two articles and returns its evidence
// against one article.
func (v *interleaved) divide(titles [2][]int) evidence {
	v.titles = titles
	var e evidence
	v.second = nil
	for range int(rounds) {
		affinity := v.affinity()
		next, score := v.best(affinity)
		for k, a := range affinity {
			if next[k] {
				score -= a / 2
			} else {
				score += a / 2
			}
		}
		e = score
		if v.second != nil && equalBools(next, v.second) {
			break
		}
		v.second = next
	}
	return e
}

func equalBools(a, b []bool) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// affinity returns for each text how much likelier its words are in the second
// article than in the first (unigram language models of bigrams, with Dirichlet
// smoothing), given the division so far.
func (v *interleaved) affinity() []evidence {
	var counts [2]map[int32]float64
	var size [2]float64
	for c := range counts {
		counts[c] = map[int32]float64{}
		for _, i := range v.titles[c] {
			for _, id := range v.index.lookUp(v.pieces[i].text) {
				counts[c][id] += titleWords
				size[c] += titleWords
			}
		}
	}
	side := func(k int) int {
		if v.second[k] {
			return 1
		}
		return 0
	}
	if v.second != nil {
		for k, ids := range v.words {
			for _, id := range ids {
				counts[side(k)][id]++
			}
			size[side(k)] += float64(len(ids))
		}
	}
	out := make([]evidence, len(v.words))
	total := 0.0
	for _, d := range v.index.df {
		total += float64(d)
	}
	for k, ids := range v.words {
		for _, id := range ids {
			background := (1 - smoothing) * float64(v.index.df[id]) / total
			var p [2]float64
			for c := range p {
				own, all := counts[c][id], size[c]
				if v.second != nil && side(k) == c {
					own, all = own-1, all-float64(len(ids))
				}
				p[c] = math.Log(background + smoothing*own/max(all, 1))
			}
			out[k] += p[1] - p[0]
		}
		if v.second == nil {
			out[k] *= firstScale
		} else {
			out[k] *= wordScale
		}
		out[k] = math.Max(-mostAffinity, math.Min(mostAffinity, out[k]))
	}
	return out
}

var (
	titleWords     = 3.0
	smoothing      = 0.3
	wordScale      = 0.5
	firstScale     = 1.0
	pagePrior      = -4.0
	rounds         = 4.0
	mostAffinity   = 6.0
	switchWeight   = -1.0
	headingOpens   = -6.0
	headingEnds    = -6.0
	crossWeight    = 0.75
	parallelTitles = -3.0
	groupPrior     = -1.0
	linkScale      = 1.0
)

// best finds the likeliest division by dynamic programming over the pieces where one
// article leaves off and the other goes on.
func (v *interleaved) best(affinity []evidence) (second []bool, score evidence) {
	n := len(v.texts)
	sum := make([]evidence, n+1) // of the affinities of the first texts
	for k, a := range affinity {
		sum[k+1] = sum[k] + a
	}
	// best[c][s][r]: texts [r, s) are of the other article, s begins a chunk of article c
	type state struct {
		score evidence
		from  int
	}
	best := [2][][]state{}
	for c := range best {
		best[c] = make([][]state, n+1)
		for s := range best[c] {
			best[c][s] = make([]state, s+1)
			for r := range best[c][s] {
				best[c][s][r].score = math.Inf(-1)
			}
		}
	}
	chunk := func(c, from, to int) evidence {
		e := (sum[to] - sum[from]) / 2
		if c == 0 {
			return -e
		}
		return e
	}
	for s := 1; s < n; s++ {
		best[1][s][0] = state{chunk(0, 0, s) + linkScale*(v.begins[s]-v.follows[s][s-1]) + switchWeight, -1}
	}
	bestEnd, endAt := math.Inf(-1), [3]int{}
	for s := 1; s < n; s++ {
		for c := range best {
			for r := range s {
				at := best[c][s][r].score
				if math.IsInf(at, -1) {
					continue
				}
				for t := s + 1; t < n; t++ { // the other article goes on at t after r-1… [s,t) of c
					next := at + chunk(c, s, t) + linkScale*(v.follows[t][s-1]-v.follows[t][t-1]) + switchWeight
					if b := &best[1-c][t][s]; next > b.score {
						*b = state{next, r}
					}
				}
				if end := at + chunk(c, s, n) + linkScale*v.ends[s-1]; end > bestEnd {
					bestEnd, endAt = end, [3]int{c, s, r}
				}
			}
		}
	}
	second = make([]bool, n)
	c, s, r, to := endAt[0], endAt[1], endAt[2], n
	for s >= 0 {
		for k := s; k < to; k++ {
			second[k] = c == 1
		}
		if r == 0 && c == 1 && best[c][s][r].from == -1 {
			break
		}
		c, s, r, to = 1-c, r, best[c][s][r].from, s
	}
	return second, bestEnd
}

package page

import (
	"math"
	"slices"
)

// interleaved is the text of two articles that are set column by column in turn, with
// both headlines after it. Its parts are the text pieces, headings included.
type interleaved struct {
	*labeller
	pieces []piece // of the page
	parts  []part
	index  *bigramIndex // of the parts
	counts wordCounts   // reused
}

// part is a text piece of interleaved articles.
type part struct {
	piece     int
	isHeading bool
	closed    bool       // a source or byline is at its end or after it
	words     []int32    // distinct bigrams
	follows   []evidence // for following each earlier part in one article
	begins    evidence   // for beginning an article
	ends      evidence   // for ending one
}

// mostParts is the most parts that are divided between two articles: the time is cubic
// in their number.
const mostParts = 64

// newInterleaved observes pieces [from, to). It returns nil if they are too few or too
// many to be divided.
func newInterleaved(lb *labeller, pieces []piece, from, to int, words bigramNumbers) *interleaved {
	v := &interleaved{labeller: lb, pieces: pieces}
	for i := from; i < to; i++ {
		switch p := &pieces[i]; p.kind {
		case textPiece, tablePiece:
			heading := p.kind == textPiece && p.label == labelHeading
			v.parts = append(v.parts, part{piece: i, isHeading: heading, closed: p.source})
		case bylinePiece:
			if n := len(v.parts); n > 0 {
				v.parts[n-1].closed = true
			}
		}
	}
	if len(v.parts) < 2 || len(v.parts) > mostParts {
		return nil
	}
	ids := make([][]int32, len(v.parts))
	for k := range v.parts {
		ids[k] = slices.DeleteFunc(words.lookUp(v.at(k).text), func(id int32) bool { return id < 0 })
	}
	v.index = words.index()
	for k := range v.parts {
		v.parts[k].words = v.index.add(ids[k])
	}
	if v.use.has(kindLinks) {
		v.observeLinks()
	}
	return v
}

func (v *interleaved) at(k int) *piece { return &v.pieces[v.parts[k].piece] }

// observeLinks observes how well each part begins or ends an article and follows each
// earlier part.
func (v *interleaved) observeLinks() {
	for q := range v.parts {
		b, p := &v.parts[q], v.at(q)
		if b.isHeading {
			b.begins, b.ends = headingBegins, headingEnds
		} else {
			b.begins = v.firstEvidence(p)[labelBegins] + opening(p.text)
			b.ends = v.ending(p.end).ifEnds + notClosed
			if b.closed {
				b.ends += closedWeight - notClosed
			}
		}
		b.follows = make([]evidence, q)
		for p := range q {
			b.follows[p] = v.link(p, q)
		}
	}
}

// link is the evidence for part q following part p in one article, as the next paragraph
// or as the rest of one that p breaks off.
func (v *interleaved) link(p, q int) evidence {
	a, b := v.at(p), v.at(q)
	if a.kind == tablePiece || b.kind == tablePiece {
		return 0
	}
	own := v.firstEvidence(b)
	if v.parts[p].isHeading {
		if v.parts[q].isHeading {
			return headingContinues
		}
		return v.headingRoom(a, b) + own[labelBegins]
	}
	_, room := v.roomEvidence(a.column - a.last - b.need)
	next := v.ending(a.end).ifEnds + room
	if a.unclosed {
		next += unclosedEnds
	}
	if v.parts[p].closed {
		next -= closedWeight
	}
	if v.parts[q].isHeading {
		return next + own[labelHeading]
	}
	return math.Max(next+own[labelBegins], v.continues(a, labelContinues, b))
}

// followsInstead is the evidence for part q following part p rather than the part before q.
func (v *interleaved) followsInstead(p, q int) evidence {
	if !v.use.has(kindLinks) {
		return 0
	}
	return v.parts[q].follows[p] - v.parts[q].follows[q-1]
}

// beginsInstead is the evidence for part q beginning an article rather than following
// the part before it.
func (v *interleaved) beginsInstead(q int) evidence {
	if !v.use.has(kindLinks) {
		return 0
	}
	return v.parts[q].begins - v.parts[q].follows[q-1]
}

// chunks has the best division up to each place where one article leaves off at part r
// and the other does at part s: parts [r, s) are of one article, and from s on they are
// of the other, the second or the first.
type chunks struct {
	n    int
	best []chunkEnd
}

type chunkEnd struct {
	score  evidence
	before int // where the chunk before r began
}

func newChunks(n int) *chunks {
	c := &chunks{n, make([]chunkEnd, 2*n*n)}
	for i := range c.best {
		c.best[i].score = math.Inf(-1)
	}
	return c
}

func (c *chunks) at(second bool, r, s int) *chunkEnd {
	i := r*c.n + s
	if second {
		i += c.n * c.n
	}
	return &c.best[i]
}

// split finds the likeliest places where one article leaves off and the other goes on,
// given for each part how much likelier it is of the second article. It returns which
// parts are of the second article and the evidence, without that of the parts.
func (v *interleaved) split(affinity []evidence) (second []bool, score evidence) {
	n := len(v.parts)
	sum := make([]evidence, n+1)
	for k, a := range affinity {
		sum[k+1] = sum[k] + a/2
	}
	words := func(second bool, from, to int) evidence {
		if second {
			return sum[to] - sum[from]
		}
		return sum[from] - sum[to]
	}
	best := newChunks(n)
	for s := 1; s < n; s++ {
		*best.at(true, 0, s) = chunkEnd{words(false, 0, s) + v.beginsInstead(s) + switchWeight, 0}
	}
	var last struct {
		second bool
		r, s   int
	}
	score = math.Inf(-1)
	for s := 1; s < n; s++ {
		for _, isSecond := range []bool{false, true} {
			for r := range s {
				b := best.at(isSecond, r, s)
				if math.IsInf(b.score, -1) {
					continue
				}
				for t := s + 1; t < n; t++ { // the other article goes on with part t
					e := b.score + words(isSecond, s, t) + v.followsInstead(s-1, t) + switchWeight
					if next := best.at(!isSecond, s, t); e > next.score {
						*next = chunkEnd{e, r}
					}
				}
				if e := b.score + words(isSecond, s, n) + v.parts[s-1].ends; e > score {
					last.second, last.r, last.s, score = isSecond, r, s, e
				}
			}
		}
	}
	second = make([]bool, n)
	for to := n; last.s > 0; {
		for k := last.s; k < to; k++ {
			second[k] = last.second
		}
		to = last.s
		last.second, last.r, last.s = !last.second, best.at(last.second, last.r, last.s).before, last.r
	}
	return second, score - agreement(affinity, second)
}

// agreement is the evidence of the affinities for a division.
func agreement(affinity []evidence, second []bool) evidence {
	e := 0.0
	for k, a := range affinity {
		if !second[k] {
			a = -a
		}
		e += a / 2
	}
	return e
}

// divide finds the likeliest division of the parts between the articles of two
// headlines. The words of the articles follow from the division and the division from
// them, so it is repeated until it settles.
func (v *interleaved) divide(titles [2][]int) (second []bool, score evidence) {
	const rounds = 4
	for range rounds {
		next, e := v.split(v.affinity(titles, second))
		if slices.Equal(next, second) {
			break
		}
		second, score = next, e
	}
	return second, score
}

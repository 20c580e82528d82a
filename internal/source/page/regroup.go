package page

import (
	"fmt"
	"os"
)

// regroup puts the pieces of a page in the order of its articles where two articles
// are set column by column in turn, with both headlines after them. It reports whether
// there is such a place.
func regroup(lb *labeller, o *outline, s *sides) (pieces []piece, gain evidence) {
	order := make([]int, 0, len(o.pieces))
	headlines := map[int]bool{}
	next := 0
	for _, a := range s.articles() {
		heading := s.at[a.to].pieces
		if len(heading) < 2 || a.cut < len(heading) {
			continue
		}
		from := 0
		if h := s.at[a.from].pieces; len(h) > 0 {
			from = h[len(h)-1] + 1
		} else if a.from > 0 {
			continue
		}
		to := heading[0]
		v := newInterleaved(lb, o.pieces, from, to)
		if v == nil {
			continue
		}
		g := v.bestCut(heading)
		e := g.gain - a.evidence
		if debugSides {
			println("group", o.pieces[from].text[:30], "gain", int(g.gain*10), "-", int(a.evidence*10))
		}
		if e <= 0 {
			continue
		}
		gain += e
		for ; next < from; next++ {
			order = append(order, next)
		}
		order = append(order, v.order(from, to, g)...)
		for _, i := range heading {
			headlines[i] = true
		}
		next = heading[len(heading)-1] + 1
	}
	if gain == 0 {
		return nil, 0
	}
	for ; next < len(o.pieces); next++ {
		order = append(order, next)
	}
	for _, i := range order {
		p := o.pieces[i]
		p.headline = headlines[i]
		pieces = append(pieces, p)
	}
	return pieces, gain
}

// grouping is a division of interleaved texts with its headlines.
type grouping struct {
	gain   evidence
	second []bool
	titles [2][]int
}

// bestCut divides the heading pieces between the two articles.
func (v *interleaved) bestCut(heading []int) grouping {
	best := grouping{gain: -1000}
	for cut := 1; cut < len(heading); cut++ {
		if cut > maxHeadlinePieces || len(heading)-cut > maxHeadlinePieces {
			continue
		}
		titles := [2][]int{heading[:cut], heading[cut:]}
		e := v.divide(titles)
		if parallel(v.pieces[heading[cut-1]].text, v.pieces[heading[cut]].text) {
			e += parallelTitles
		}
		var body [2][]int32
		for k, ids := range v.words {
			c := 0
			if v.second[k] {
				c = 1
			}
			body[c] = append(body[c], ids...)
		}
		for c := range titles {
			own, other := v.fit(titles[c], body[c]), v.fit(titles[c], body[1-c])
			e += own - other*crossWeight + titleLook2(v, titles[c])
		}
		e += relatedSteps.at(v.relation(body)) + groupPrior
		if debugSides {
			println("  cut", cut, int(e*10))
			for k := range v.texts {
				print(map[bool]string{false: "A", true: "B"}[v.second[k]])
			}
			println()
			aff := v.affinity()
			for k := range v.texts {
				t := []rune(v.at(k).text)
				prev := 0.0
				if k > 0 {
					prev = v.follows[k][k-1]
				}
				fmt.Fprintf(os.Stderr, "    %v aff %.1f seq %.1f begin %.1f end %.1f %s … %s\n", v.second[k], aff[k], prev, v.begins[k], v.ends[k], string(t[:min(16, len(t))]), string(t[max(0, len(t)-12):]))
			}
		}
		if e > best.gain {
			best = grouping{e, v.second, titles}
		}
	}
	return best
}

func titleLook2(v *interleaved, pieces []int) evidence {
	o := &outline{pieces: v.pieces}
	return titleLook(o, v.layout, pieces)
}

// fit is the evidence for headline pieces belonging to a text of the given words.
func (v *interleaved) fit(pieces []int, body []int32) (e evidence) {
	in := map[int32]bool{}
	for _, id := range body {
		in[id] = true
	}
	for _, i := range pieces {
		ids := v.index.lookUp(v.pieces[i].text)
		all, have := 0.0, 0.0
		for _, id := range ids {
			w := rareWeight(v.index.n)
			if id >= 0 {
				w = v.index.weight(id)
			}
			all += w
			if id >= 0 && in[id] {
				have += w
			}
		}
		if all > 0 {
			e += min(1, float64(len(ids))/fewBigrams) * fitSteps.at(have/all)
		}
	}
	return e
}

// relation is the share of the words of the smaller article that the other has too.
func (v *interleaved) relation(body [2][]int32) float64 {
	a, b := body[0], body[1]
	in := map[int32]bool{}
	for _, id := range a {
		in[id] = true
	}
	all, have := 0.0, 0.0
	seen := map[int32]bool{}
	for _, id := range b {
		if seen[id] {
			continue
		}
		seen[id] = true
		w := v.index.weight(id)
		all += w
		if in[id] {
			have += w
		}
	}
	if all == 0 {
		return 0
	}
	return have / all
}

// order returns pieces [from, to) and the headlines in the order of the articles.
func (v *interleaved) order(from, to int, g grouping) []int {
	var out [2][]int
	k, c := 0, 0
	for i := from; i < to; i++ {
		if k < len(v.texts) && v.texts[k] == i {
			c = 0
			if g.second[k] {
				c = 1
			}
			k++
		}
		out[c] = append(out[c], i)
	}
	all := append(out[0], g.titles[0]...)
	return append(append(all, out[1]...), g.titles[1]...)
}

// articleAt is an article that sides found.
type articleAt struct {
	from, to, cut int // seams, and the heading pieces at to that are its headline
	evidence      evidence
}

// articles returns the articles that read found, in order.
func (s *sides) articles() []articleAt {
	var out []articleAt
	for j, cut := len(s.stretches), s.last(); j > 0; {
		b := s.best[j][cut]
		out = append(out, articleAt{b.from, j, cut, b.evidence})
		j, cut = b.from, b.fromCut
	}
	for i, k := 0, len(out)-1; i < k; i, k = i+1, k-1 {
		out[i], out[k] = out[k], out[i]
	}
	return out
}

package page

import "slices"

// Evidence for two interleaved articles rather than one with all their headlines.
const (
	farBehind       = 8.0  // a page whose headlines are not below its texts is not tried
	pageInterleaved = -4.0 // few pages have interleaved articles,
	interleavedPair = -1.0 // but those that do have several
	otherFit        = 0.75 // a headline doesn't fit the text of the other article
	parallelTitles  = -3.0 // headlines of the same pattern, 甲称…/乙称…, are title and subtitle
)

// grouping is a division of interleaved articles with their headlines.
type grouping struct {
	second []bool // by part: it is of the second article
	titles [2][]int
	gain   evidence
}

// regroup puts the pieces of a page in the order of its articles where two are set
// column by column in turn, or one after the other, with both headlines after them. It
// returns nil if there is no such place, and the evidence for the new order.
func regroup(lb *labeller, r *sidesReading) (pieces []piece, gain evidence) {
	var order []int
	known := map[int]bool{} // pieces of headlines
	for _, a := range r.articles() {
		heading, above := r.at[a.to].pieces, r.at[a.from].pieces
		if len(heading) < 2 || a.cut < len(heading) || a.fromCut < len(above) || a.from > 0 && len(above) == 0 {
			continue
		}
		from := 0
		if len(above) > 0 {
			from = above[len(above)-1] + 1
		}
		v := newInterleaved(lb, r.pieces, from, heading[0], r.index.bigramNumbers)
		if v == nil {
			continue
		}
		g := v.group(r.seams, heading)
		if g.second == nil || g.gain <= a.title {
			continue
		}
		gain += g.gain - a.title
		for i := len(order); i < from; i++ {
			order = append(order, i)
		}
		order = append(order, v.order(from, g)...)
		for _, i := range heading {
			known[i] = true
		}
	}
	if len(known) == 0 {
		return nil, 0
	}
	for i := len(order); i < len(r.pieces); i++ {
		order = append(order, i)
	}
	for _, i := range order {
		p := r.pieces[i]
		p.headline = known[i]
		pieces = append(pieces, p)
	}
	return pieces, gain + pageInterleaved
}

// group divides the parts between two articles and the pieces of the heading after them
// between their headlines.
func (v *interleaved) group(s *seams, heading []int) grouping {
	var best grouping
	for cut := max(1, len(heading)-maxHeadlinePieces); cut < len(heading) && cut <= maxHeadlinePieces; cut++ {
		g := grouping{titles: [2][]int{heading[:cut], heading[cut:]}}
		g.second, g.gain = v.divide(g.titles)
		g.gain += interleavedPair + v.difference(g)
		for _, t := range g.titles {
			g.gain += s.titleLook(t)
		}
		if parallel(v.pieces[heading[cut-1]].text, v.pieces[heading[cut]].text) {
			g.gain += parallelTitles
		}
		if best.second == nil || g.gain > best.gain {
			best = g
		}
	}
	return best
}

// difference is the evidence of the words for the two articles being different ones.
func (v *interleaved) difference(g grouping) evidence {
	if !v.use.has(kindWords) {
		return 0
	}
	articles := [2]map[int32]bool{{}, {}}
	var words []int32 // distinct ones of the second article
	for k := range v.parts {
		c := 0
		if g.second[k] {
			c = 1
		}
		for _, id := range v.parts[k].words {
			if c == 1 && !articles[c][id] {
				words = append(words, id)
			}
			articles[c][id] = true
		}
	}
	e := relatedSteps.at(v.share(words, articles[0]))
	for c, t := range g.titles {
		e += v.fit(t, articles[c]) - otherFit*v.fit(t, articles[1-c])
	}
	return e
}

// order returns the pieces from a piece on to the last of the headlines in the order of
// the two articles, each with its headline after it. What is no text stays with the text
// before it.
func (v *interleaved) order(from int, g grouping) []int {
	var out [2][]int
	k, c := 0, 0
	heading := append(slices.Clone(g.titles[0]), g.titles[1]...)
	for i := from; i < heading[len(heading)-1]; i++ {
		if slices.Contains(heading, i) {
			continue
		}
		if k < len(v.parts) && v.parts[k].piece == i {
			c = 0
			if g.second[k] {
				c = 1
			}
			k++
		}
		out[c] = append(out[c], i)
	}
	first := append(out[0], g.titles[0]...)
	return append(append(first, out[1]...), g.titles[1]...)
}

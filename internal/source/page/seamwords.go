package page

import "slices"

// compareBackward observes the words that headings and stretches share with the
// stretches before them.
func (s *seams) compareBackward() {
	if !s.use.has(kindWords) {
		return
	}
	last := make([]int32, len(s.index.df)) // by bigram: 1 + the last stretch that contains it
	for i := range s.at {
		g := &s.at[i]
		if i > 0 {
			for _, id := range s.stretches[i-1].ids {
				last[id] = int32(i)
			}
		}
		back := func(id int32) int {
			if last[id] == 0 {
				return seamReach + 1
			}
			return i + 1 - int(last[id])
		}
		for k, ids := range g.words {
			g.below[k+1].fit = s.fits(ids, back)
			g.below[k+1].add(&g.below[k])
		}
		if i < len(s.stretches) {
			const enough = 400 // bigrams nearest to the seam
			ids := s.stretches[i].ids
			g.related = s.shares(ids[:min(len(ids), enough)], back)
		}
	}
}

// compareForward observes the words that headings share with the stretches after them.
func (s *seams) compareForward() {
	if !s.use.has(kindWords) {
		return
	}
	next := make([]int32, len(s.index.df)) // by bigram: 1 + the next stretch that contains it
	for i := len(s.stretches) - 1; i >= 0; i-- {
		g := &s.at[i]
		for _, id := range s.stretches[i].ids {
			next[id] = int32(i + 1)
		}
		if g.heading < 0 {
			continue
		}
		ahead := func(id int32) int {
			if next[id] == 0 {
				return seamReach + 1
			}
			return int(next[id]) - i
		}
		for k := len(g.pieces) - 1; k >= 0; k-- {
			g.above[k].fit = s.fits(g.words[k], ahead)
			g.above[k].add(&g.above[k+1])
		}
		if g.quoted {
			g.next = 1
		} else {
			g.next = s.shares(slices.Concat(g.words...), ahead)[1]
		}
	}
}

// add adds the fit of the other pieces of a headline.
func (t *title) add(o *title) {
	for d := range t.fit {
		t.fit[d] += o.fit[d]
	}
}

// fits is the evidence for one piece of a headline, of the given words, belonging to the
// stretches next to it.
func (s *seams) fits(ids []int32, distance func(int32) int) (out perReach) {
	for d, share := range s.shares(ids, distance) {
		out[d] = fit(share, len(ids))
	}
	return out
}

// fit is the evidence of the share of a headline's words that a text contains. Of few
// words, it says less.
func fit(share float64, words int) evidence {
	const few = 6 // bigrams
	return min(1, float64(words)/few) * fitSteps.at(share)
}

// shares returns the share, by weight, of the ids that occur within 1, 2, … stretches.
func (s *seams) shares(ids []int32, distance func(int32) int) (out perReach) {
	all := 0.0
	for _, id := range ids {
		w := s.index.weight(id)
		all += w
		if id < 0 {
			continue
		}
		if d := distance(id); d <= seamReach {
			out[d] += w
		}
	}
	if all == 0 {
		return out
	}
	sum := 0.0
	for d := range out {
		sum += out[d]
		out[d] = sum / all
	}
	return out
}

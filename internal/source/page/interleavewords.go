package page

import "math"

// Weights of the division of interleaved articles, set by hand on half of 60 pages set
// for that. Halving or doubling one changed the assignment there by at most 0.01, except
// for switchWeight (at -2.5, by 0.09), ownWords and wordScale (halved, by 0.03).
const (
	switchWeight   = -1.0 // the other article goes on
	headingBegins  = -6.0 // an article begins with a section heading
	headingEnds    = -6.0 // or ends with one
	titleCount     = 3.0  // occurrences in the text that one in the headline is worth
	ownWords       = 0.3  // share of the words of a part that are of its article, the others being common
	firstWordScale = 1.0  // bigrams overlap, so they are not independent:
	wordScale      = 0.5  // if there are more than those of headlines, even less so
	mostAffinity   = 6.0  // what the words of one part can say
)

// affinity returns for each part how much likelier its words are in the second article
// than in the first, given which parts are of the second; nil if only the headlines are
// known. It compares unigram language models of bigrams, mixed with one of all parts.
func (v *interleaved) affinity(titles [2][]int, second []bool) []evidence {
	out := make([]evidence, len(v.parts))
	if !v.use.has(kindWords) {
		return out
	}
	m := v.countWords(titles, second)
	scale := wordScale
	if second == nil {
		scale = firstWordScale
	}
	for k := range v.parts {
		e, words := 0.0, v.parts[k].words
		for _, id := range words {
			common := (1 - ownWords) * float64(v.index.df[id]) / m.total
			var p [2]float64
			for c := range p {
				count, size := float64(m.count[c][id]), m.size[c]
				if second != nil && second[k] == (c == 1) { // without itself
					count, size = count-1, size-float64(len(words))
				}
				p[c] = math.Log(common + ownWords*count/max(size, 1))
			}
			e += p[1] - p[0]
		}
		out[k] = max(-mostAffinity, min(mostAffinity, e*scale))
	}
	return out
}

// wordCounts are the words of two articles.
type wordCounts struct {
	count [2][]float32 // by bigram
	size  [2]float64
	total float64 // of all parts
}

func (v *interleaved) countWords(titles [2][]int, second []bool) *wordCounts {
	m := &v.counts
	m.size, m.total = [2]float64{}, 0
	for c := range titles {
		if m.count[c] == nil {
			m.count[c] = make([]float32, len(v.index.df))
		}
		clear(m.count[c])
		for _, i := range titles[c] {
			for _, id := range v.index.lookUp(v.pieces[i].text) {
				m.size[c] += titleCount
				if id >= 0 {
					m.count[c][id] += titleCount
				}
			}
		}
	}
	for k := range v.parts {
		m.total += float64(len(v.parts[k].words))
		if second == nil {
			continue
		}
		c := 0
		if second[k] {
			c = 1
		}
		m.size[c] += float64(len(v.parts[k].words))
		for _, id := range v.parts[k].words {
			m.count[c][id]++
		}
	}
	return m
}

// fit is the evidence of the words for headline pieces belonging to an article.
func (v *interleaved) fit(pieces []int, article map[int32]bool) (e evidence) {
	for _, i := range pieces {
		ids := v.index.lookUp(v.pieces[i].text)
		e += fit(v.share(ids, article), len(ids))
	}
	return e
}

// share is the share of the ids, by weight, that an article contains.
func (v *interleaved) share(ids []int32, article map[int32]bool) float64 {
	all, have := 0.0, 0.0
	for _, id := range ids {
		w := v.index.weight(id)
		all += w
		if article[id] {
			have += w
		}
	}
	if all == 0 {
		return 0
	}
	return have / all
}

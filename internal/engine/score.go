package engine

import "math"

// The score of an article (measured in docs/measurements/ranking.md):
//
//	score = A + max(bestShare·P, headShare·T) + coverShare·cov
//
// A is BM25 over the article with its title among its terms, P BM25 of its best
// paragraph, T of its title. Each is summed over both channels. cov is the
// square of the share of the query's weight that the article holds, times that
// weight: the sum of the weights of the query's terms that the index has, each
// its channel's share times idf. A section's heading holds what it says for the
// paragraphs below it; that counts into cov alone.
const (
	k1 = .9 // Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009
	b  = .4

	gramShare  = .5 // of a gram against a word
	bestShare  = .5
	headShare  = 1
	coverShare = 2

	// By paragraph, a paragraph's title helps a little.
	titleShare = .2
)

// articleScore is the formula: held is what the article holds of weight, the
// query's. Pruning relies on it that no part but weight takes from the score as
// it grows.
func articleScore(whole, best, title, held, weight float64) float64 {
	return whole + max(bestShare*best, headShare*title) + coverShare*coverage(held, weight)
}

// paragraphScore is the formula for a paragraph, in the same way.
func paragraphScore(text, title, held, weight float64) float64 {
	return text + titleShare*title + coverShare*coverage(held, weight)
}

func coverage(held, weight float64) float64 {
	if weight == 0 {
		return 0
	}
	return held * held / weight
}

// bm25 is the part of BM25 that depends on the document, of a term that stands
// there tf times.
func bm25(tf, norm float64) float64 { return tf * (k1 + 1) / (tf + norm) }

// norm is what bm25 takes from a document's length.
func norm(length uint32, mean float64) float64 { return k1 * (1 - b + b*float64(length)/mean) }

// idf is the inverse document frequency of BM25 as Lucene writes it, which
// never falls below 0.
func idf(n, df int) float64 {
	return math.Log(1 + (float64(n-df)+.5)/(float64(df)+.5))
}

// term is what is scored: a term of a channel.
type term struct{ field, text string }

type weighted struct {
	term
	weight float64
}

// weights gives each term of the query its weight: how often it is asked for,
// times its channel's share. Their order is the query's.
func (r *run) weights() []weighted {
	var out []weighted
	at := map[term]int{}
	put := func(t term, weight float64) {
		i, ok := at[t]
		if !ok {
			i = len(out)
			at[t] = i
			out = append(out, weighted{term: t})
		}
		out[i].weight += weight
	}
	for _, t := range r.ranked {
		for _, word := range t.words {
			put(term{Words, word}, 1)
		}
		for _, gram := range t.grams {
			put(term{Grams, gram}, gramShare)
		}
		for _, s := range t.synonyms {
			for _, word := range s.whole.words {
				put(term{Words, word}, s.share)
			}
			for _, gram := range s.whole.grams {
				put(term{Grams, gram}, gramShare*s.share)
			}
		}
	}
	return out
}

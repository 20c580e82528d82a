package engine

import "math"

// The score of an article (measured in docs/measurements/ranking.md):
//
//	score = A + max(bestShare·P, headShare·T) + coverShare·cov
//
// A is BM25 over the article, its title included, P BM25 of its best paragraph, T
// of its title. Each is the sum over both channels. cov is the square of the share
// of the query's weight that the article has, times that weight: the sum of the
// weights of the query's terms that occur in the index, each its channel's share
// times idf. A term in a section's heading counts as one of the paragraphs below
// it; that goes into cov alone.
const (
	k1 = 0.9 // Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009
	b  = 0.4

	gramShare  = 0.5 // of a gram, compared with a word
	bestShare  = 0.5
	headShare  = 1
	coverShare = 2

	// By paragraph, the article's title helps a little.
	titleShare = 0.2

	// synonymShare is the most that a synonym counts compared with the word that
	// was asked for: an article with the word itself comes before one with a
	// synonym as often. Measured in docs/measurements/synonyms.md.
	synonymShare = 0.5
)

// articleScore is the formula: present is what the article has of weight, the
// query's. Pruning relies on every part growing with its argument, but for weight.
func articleScore(article, best, title, present, weight float64) float64 {
	return article + max(bestShare*best, headShare*title) + coverShare*coverage(present, weight)
}

// paragraphScore is the formula for a paragraph.
func paragraphScore(text, title, present, weight float64) float64 {
	return text + titleShare*title + coverShare*coverage(present, weight)
}

func coverage(present, weight float64) float64 {
	if weight == 0 {
		return 0
	}
	return present * present / weight
}

// bm25 is the part of BM25 that depends on the document, for a term that occurs
// tf times in it.
func bm25(tf, norm float64) float64 { return tf * (k1 + 1) / (tf + norm) }

// maxBM25 is what bm25 doesn't exceed.
const maxBM25 = k1 + 1

// norm is the influence of a document's length on bm25.
func norm(length uint32, mean float64) float64 { return k1 * (1 - b + b*float64(length)/mean) }

// idf is the inverse document frequency of BM25 in Lucene's form, which is never
// below 0.
func idf(n, df int) float64 {
	return math.Log(1 + (float64(n-df)+0.5)/(float64(df)+0.5))
}

// IDF is the inverse document frequency of a term that df of n documents have.
func IDF(n, df int) float64 { return idf(n, df) }

package engine

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// The score of an article (measured in docs/relevance.md):
//
//	score = A + bestShare·max(P, T) + coverShare·cov
//
// A is BM25 over the article with its title among its terms, P BM25 of its best
// paragraph, T of its title. Each is summed over both channels. cov is the
// square of the share of the query's weight that the article holds, times that
// weight: the sum of the weights of the query's terms that the index has, each
// its channel's share times idf.
const (
	k1 = .9 // Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009
	b  = .4

	gramShare  = .5 // of a gram against a word
	bestShare  = .5
	coverShare = 2

	// By paragraph, a paragraph's title helps a little.
	titleShare = .2
)

// scorer sums scores over a query's terms, one term after another.
type scorer struct {
	*run
	members *roaring.Bitmap // articles or, by paragraph, documents
	inside  []uint64        // articles that are scored, one bit each

	article []float64 // A by article
	doc     []float64 // BM25 by document
	weight  float64   // of the query
	held    []float64 // of that, by member

	// The term under way.
	tf    []uint32 // by article; zero between terms
	seen  []uint64 // articles that hold the term, one bit each
	found []uint32 // the scored articles that do
	docs  []posting
}

type posting struct{ doc, tf uint32 }

// score returns the scores of members, an article's or a paragraph's number
// each, as a function.
func (r *run) score(members *roaring.Bitmap) (*scorer, error) {
	articles := len(r.columns.Day)
	s := &scorer{
		run: r, members: members,
		inside:  make([]uint64, (articles+63)/64),
		article: make([]float64, articles),
		doc:     make([]float64, len(r.columns.Article)),
		held:    make([]float64, r.members()),
		tf:      make([]uint32, articles),
		seen:    make([]uint64, (articles+63)/64),
	}
	for it := members.Iterator(); it.HasNext(); {
		m := it.Next()
		if r.by == search.ByParagraph {
			m = r.columns.Article[m]
		}
		s.inside[m>>6] |= 1 << (m & 63)
	}
	for _, t := range r.weights() {
		if err := r.ctx.Err(); err != nil {
			return nil, err
		}
		if err := s.add(t.term, t.weight); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// term is what is scored: a term of a channel.
type term struct{ field, text string }

type weighted struct {
	term
	weight float64
}

// weights gives each term of the query its weight: how often it is asked for,
// times its channel's share. Their order is the query's, so that a score is
// summed in the same order, and is the same, each time.
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

// add adds one term's part to all scores.
func (s *scorer) add(t term, weight float64) error {
	holders := 0 // articles that hold the term
	held := 0    // documents
	docs, frequencies, err := s.postings.List(t.field, t.text)
	if err != nil {
		return err
	}
	for i, doc := range docs {
		held++
		tf := uint32(frequencies[i])
		a := s.columns.Article[doc]
		bit := uint64(1) << (a & 63)
		if s.seen[a>>6]&bit == 0 {
			s.seen[a>>6] |= bit
			holders++
		}
		if s.inside[a>>6]&bit == 0 {
			continue
		}
		if s.tf[a] == 0 {
			s.found = append(s.found, a)
		}
		s.tf[a] += tf
		s.docs = append(s.docs, posting{doc, tf})
	}
	c, lens, byDoc := s.columns, &s.columns.words, s.columns.WordLength
	if t.field == Grams {
		lens, byDoc = &s.columns.grams, s.columns.GramLength
	}
	if holders == 0 {
		return nil
	}
	w := weight * idf(len(c.Day), holders)
	for _, a := range s.found {
		s.article[a] += w * bm25(s.tf[a], lens.article[a], lens.meanArticle)
		s.tf[a] = 0
	}
	inDoc := weight * idf(len(c.Article), held)
	for _, p := range s.docs {
		mean := lens.meanParagraph
		if c.paragraph(p.doc) == 0 {
			mean = lens.meanHead
		}
		s.doc[p.doc] += inDoc * bm25(p.tf, byDoc[p.doc], mean)
	}
	if s.by == search.ByParagraph {
		s.weight += inDoc
		for _, p := range s.docs {
			s.held[p.doc] += inDoc
		}
	} else {
		s.weight += w
		for _, a := range s.found {
			s.held[a] += w
		}
	}
	s.found, s.docs = s.found[:0], s.docs[:0]
	clear(s.seen)
	return nil
}

// bm25 is the part of BM25 that depends on the document.
func bm25(tf, length uint32, mean float64) float64 {
	f := float64(tf)
	return f * (k1 + 1) / (f + k1*(1-b+b*float64(length)/mean))
}

// of returns the score of a member.
func (s *scorer) of(member uint32) float64 {
	if s.by == search.ByParagraph {
		head, _ := s.columns.documents(s.columns.Article[member])
		return s.doc[member] + titleShare*s.doc[head] + s.cover(member)
	}
	head, end := s.columns.documents(member)
	best := slices.Max(s.doc[head:end]) // the title is the head's
	return s.article[member] + bestShare*best + s.cover(member)
}

// cover is the part of a member's score for how much of the query it holds.
func (s *scorer) cover(member uint32) float64 {
	if s.weight == 0 {
		return 0
	}
	return coverShare * s.held[member] * s.held[member] / s.weight
}

package engine

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// term is a term of a channel, or all of an operand in the channel operands.
type term struct{ field, text string }

// weightedTerm is a term that is scored.
type weightedTerm struct {
	term
	weight float64
}

// termWeights sums up the weights of a query's terms, in the order of the query.
type termWeights struct {
	terms []weightedTerm
	at    map[term]int // index in terms
}

func (w *termWeights) add(t term, weight float64) {
	i, ok := w.at[t]
	if !ok {
		i = len(w.terms)
		w.at[t] = i
		w.terms = append(w.terms, weightedTerm{term: t})
	}
	w.terms[i].weight += weight
}

// of returns the weight of a term, 0 if it has none.
func (w *termWeights) of(t term) float64 {
	if i, ok := w.at[t]; ok {
		return w.terms[i].weight
	}
	return 0
}

// addOperand adds what an operand is ranked by. A term weighs its channel's share
// each time that it is asked for.
func (w *termWeights) addOperand(o *operand, share float64) {
	for _, c := range o.channels() {
		for _, text := range c.terms {
			w.add(term{c.name, text}, c.share*share)
		}
	}
}

// channelTerms are the terms of one channel that an operand is ranked by.
type channelTerms struct {
	name  string
	terms []string
	share float64
}

func (o *operand) channels() []channelTerms {
	return []channelTerms{{operandChannel, o.whole, 1}, {Words, o.words, 1}, {Grams, o.grams, gramShare}}
}

// weights returns the terms that the plan ranks by.
func (s *searcher) weights() ([]weightedTerm, error) {
	w := termWeights{at: map[term]int{}}
	for _, o := range s.plan.operands {
		w.addOperand(o, 1)
		if err := s.addSynonyms(&w, o); err != nil {
			return nil, err
		}
	}
	return w.terms, nil
}

// addSynonyms adds the terms of an operand's synonyms that the operand itself lacks.
// A term of several of them, such as the ways to write a number, has the highest of
// their weights: a document has one of them.
func (s *searcher) addSynonyms(w *termWeights, o *operand) error {
	own := termWeights{at: map[term]int{}}
	own.addOperand(o, 1)
	best := termWeights{at: map[term]int{}}
	for _, syn := range o.synonyms {
		if syn.unranked {
			continue
		}
		if occurs, err := s.index.mayOccur(syn.units[0]); err != nil {
			return err
		} else if !occurs { // no text has it, and its parts alone say nothing
			continue
		}
		share, err := s.index.shareOf(syn)
		if err != nil {
			return err
		}
		terms := termWeights{at: map[term]int{}}
		terms.addOperand(syn.word, share)
		for _, t := range terms.terms {
			best.add(t.term, max(0, t.weight-best.of(t.term)))
		}
	}
	for _, t := range best.terms {
		if own.of(t.term) == 0 {
			w.add(t.term, t.weight)
		}
	}
	return nil
}

// mayOccur reports whether the collection has all grams of a unit.
func (sn *reader) mayOccur(u unit) (bool, error) {
	if sn.statistics != nil {
		for _, g := range u.grams {
			if n, _ := sn.statistics.Term(Grams, g); n == 0 {
				return false, nil
			}
		}
		return true, nil
	}
	for _, g := range u.grams {
		if l, err := sn.uncounted(Grams, g); err != nil || l.documents == 0 {
			return false, err
		}
	}
	return true, nil
}

// shareOf is what a term of a synonym weighs compared with one of the query. All
// terms of a synonym together weigh at most synonymShare of what those of its part
// do, however many or rare they are. Where the part does not occur there is
// nothing to compare with.
func (sn *reader) shareOf(s synonym) (float64, error) {
	part, err := sn.nominalWeight(s.part)
	if err != nil {
		return 0, err
	}
	word, err := sn.nominalWeight(s.word)
	if err != nil {
		return 0, err
	}
	share := synonymShare
	if part > 0 && part < word {
		share *= part / word
	}
	return share, nil
}

// nominalWeight sums up what the terms of an operand that occur weigh in a document
// with each of them once.
func (sn *reader) nominalWeight(o *operand) (float64, error) {
	sum := 0.0
	for _, c := range o.channels() {
		for _, text := range c.terms {
			l, err := sn.list(c.name, text)
			if err != nil {
				return 0, err
			}
			if documents, _ := sn.frequencies(l, term{c.name, text}); documents > 0 {
				sum += c.share * idf(sn.sizes().Documents, documents)
			}
		}
	}
	return sum, nil
}

// weightedList is a term's posting list with what it weighs in an article and in
// one document.
type weightedList struct {
	*postingList
	term
	everywhere            int // documents of the collection with it
	inArticle, inDocument float64

	// The documents below a section's heading with the term, sorted.
	sections []uint32

	// By article, items that include all with the term; nil if they are not known.
	among *roaring.Bitmap
}

// lists resolves the terms that the plan ranks by, the shortest list first: those
// terms weigh most, and after them the long lists are cheap.
func (s *searcher) lists(ctx context.Context) ([]weightedList, error) {
	terms, err := s.weights()
	if err != nil {
		return nil, err
	}
	sizes := s.index.sizes()
	var out []weightedList
	for _, t := range terms {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		l, err := s.index.list(t.field, t.text)
		if err != nil {
			return nil, err
		}
		documents, articles := s.index.frequencies(l, t.term)
		if documents == 0 {
			continue
		}
		sections, err := s.index.sectionDocuments(ctx, t.text)
		if err != nil {
			return nil, err
		}
		out = append(out, weightedList{
			postingList: l,
			term:        t.term,
			everywhere:  documents,
			sections:    sections,
			among:       s.itemsWith(t.term),
			inArticle:   t.weight * idf(sizes.Articles, articles),
			inDocument:  t.weight * idf(sizes.Documents, documents),
		})
	}
	slices.SortStableFunc(out, func(a, b weightedList) int { return cmp.Compare(a.everywhere, b.everywhere) })
	return out, nil
}

// itemsWith returns items that include all with a term: those with a unit of the plan's bags that is
// the term, or has it as its only gram. It returns nil if there is none.
func (s *searcher) itemsWith(t term) *roaring.Bitmap {
	if s.scope.by != search.ByArticle || t.field == operandChannel {
		return nil
	}
	if t.field == Grams && !slices.Equal(innerGrams(t.text), []string{t.text}) {
		return nil
	}
	return s.units[unitKey{t.text, anywhere}]
}

// listTime is about how long it takes to resolve the lists of a term.
const listTime = 6 * time.Microsecond

// beginLists begins lists, beside matching if it takes long. The job must be finished before the
// lists are read.
func (s *searcher) beginLists(ctx context.Context) (lists *[]weightedList, resolving *job) {
	terms, workers := 0, 1
	for _, o := range s.plan.operands {
		terms += len(o.whole) + len(o.words) + len(o.grams)
	}
	if s.team.helps(time.Duration(terms) * listTime) {
		workers = 2
	}
	lists = new([]weightedList)
	return lists, s.team.start(1, workers, func(_, _ int) (err error) {
		*lists, err = s.lists(ctx)
		return err
	})
}

// sectionDocuments returns the documents below a section's heading with a term. A character
// alone, which is expensive to look up, says too little there.
func (sn *reader) sectionDocuments(ctx context.Context, text string) ([]uint32, error) {
	if isSingleHan(text) {
		return nil, nil
	}
	return sn.gramDocuments(ctx, nil, SectionGrams, unit{text: text, grams: innerGrams(text)})
}

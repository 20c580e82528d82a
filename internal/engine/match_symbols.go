package engine

import (
	"context"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/textnorm"
)

// symbols is an index of the characters that are in no term (punctuation, blanks,
// emoji) and of pairs of them, for phrases of nothing else. The first such phrase
// has all texts read; later ones cost what a term does. What was read when a
// request's time ends is kept, and the next request continues there. It takes some
// ten bytes a document.
type symbols struct {
	turn     chan struct{} // a mutex that can be waited for with a context; a token means unlocked
	read     int           // articles that were read, from the first on
	postings map[symbolGram]*roaring.Bitmap
	others   *roaring.Bitmap // documents with a gram for which postings has no room
}

// symbolGram is one symbol or two; folded text has no 0.
type symbolGram [2]rune

const (
	// maxSymbolGrams bounds symbols.postings: news has some 2,000, but a text may
	// have any character.
	maxSymbolGrams = 10_000
	// symbolStride is how many articles are read between two looks at the context:
	// some 30 ms of work.
	symbolStride = 2048
)

func newSymbols() *symbols {
	s := &symbols{turn: make(chan struct{}, 1), postings: map[symbolGram]*roaring.Bitmap{}, others: roaring.New()}
	s.turn <- struct{}{}
	return s
}

// isSymbol reports whether a character is in no term.
func isSymbol(r rune) bool { return !textnorm.IsHan(r) && !textnorm.IsWordRune(r) }

// withSymbols returns documents among which are all whose titles or texts contain
// a folded phrase of symbols; exact reports that they are no others. They must not
// be changed.
func (s *searcher) withSymbols(
	ctx context.Context, phrase string, within *roaring.Bitmap,
) (docs *roaring.Bitmap, exact bool, err error) {
	x := s.index.symbols
	select {
	case <-x.turn:
		defer func() { x.turn <- struct{}{} }()
	case <-ctx.Done():
		return nil, false, ctx.Err()
	}
	end := len(s.index.columns.Day)
	if x.read < end && within != nil && within.GetCardinality() <= fewCandidates {
		docs = roaring.New() // reading those few texts is faster
		docs.AddRange(0, uint64(len(s.index.columns.Article)))
		return docs, false, nil
	}
	for x.read < end {
		if err := s.index.readSymbols(ctx, x.read, min(x.read+symbolStride, end)); err != nil {
			return nil, false, err
		}
	}
	docs, exact = x.documents([]rune(phrase))
	return docs, exact, nil
}

// documents returns documents among which are all with a phrase of symbols. For a
// phrase of one symbol or two they are no others.
func (x *symbols) documents(phrase []rune) (docs *roaring.Bitmap, exact bool) {
	grams := []symbolGram{{phrase[0]}}
	for i := 1; i < len(phrase); i++ {
		grams = append(grams, symbolGram{phrase[i-1], phrase[i]})
	}
	exact = len(phrase) <= 2
	var sets []*roaring.Bitmap
	for _, g := range grams {
		switch set, ok := x.postings[g]; {
		case ok:
			sets = append(sets, set)
		case len(x.postings) < maxSymbolGrams:
			return roaring.New(), true
		default:
			sets, exact = append(sets, x.others), false
		}
	}
	return roaring.FastAnd(sets...), exact
}

// readSymbols indexes the articles [from, to).
func (sn *snapshot) readSymbols(ctx context.Context, from, to int) error {
	found, err := sn.symbolGrams(ctx, from, to)
	if err != nil {
		return err
	}
	for gram, docs := range found {
		sn.symbols.posting(gram).AddMany(docs)
	}
	sn.symbols.read = to
	return nil
}

// posting returns the set to which documents with a gram are added.
func (x *symbols) posting(g symbolGram) *roaring.Bitmap {
	set, ok := x.postings[g]
	switch {
	case ok:
		return set
	case len(x.postings) == maxSymbolGrams:
		return x.others
	}
	x.postings[g] = roaring.New()
	return x.postings[g]
}

// symbolGrams returns the documents of articles [from, to) by their grams.
func (sn *snapshot) symbolGrams(ctx context.Context, from, to int) (map[symbolGram][]uint32, error) {
	out := map[symbolGram][]uint32{}
	for i := from; i < to; i++ {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		a, err := sn.records.Get(i)
		if err != nil {
			return nil, err
		}
		head, end := sn.columns.documents(uint32(i))
		for doc := head; doc < end; doc++ {
			for _, text := range texts(&a, Grams, int(doc-head)) {
				eachSymbolGram(sn.segmenter.FoldString(text), func(g symbolGram) {
					if docs := out[g]; len(docs) == 0 || docs[len(docs)-1] != doc {
						out[g] = append(docs, doc)
					}
				})
			}
		}
	}
	return out, nil
}

// eachSymbolGram calls visit for every symbol of a folded text and every two next
// to each other.
func eachSymbolGram(folded string, visit func(symbolGram)) {
	before := rune(0)
	for _, r := range folded {
		if !isSymbol(r) {
			before = 0
			continue
		}
		visit(symbolGram{r})
		if before != 0 {
			visit(symbolGram{before, r})
		}
		before = r
	}
}

// inHeadings returns the documents below a section whose heading contains a folded
// phrase.
func (sn *snapshot) inHeadings(phrase string) (*roaring.Bitmap, error) {
	sections, err := sn.columns.Values(Section)
	if err != nil {
		return nil, err
	}
	contains := make([]bool, len(sections.Names))
	for i, name := range sections.Names {
		contains[i] = strings.Contains(sn.segmenter.FoldString(name), phrase)
	}
	out := roaring.New()
	for doc, name := range sections.Of {
		if contains[name] {
			out.Add(uint32(doc))
		}
	}
	return out, nil
}

package suggest

import (
	"cmp"
	"iter"
	"math"
	"slices"
	"unicode"
	"unicode/utf8"
)

// Selection are what may be suggested as completions beside the words of the
// dictionary: words that jieba guessed and that are whole, and compounds.
type Selection struct {
	candidates []*minedRun
	guessed    []string // words that are not in the dictionary
	skip       func(word string) bool
	least      int // the document frequency of a word that jieba guessed
}

const (
	// minGuessedDF is the document frequency below which it can't be seen whether a
	// guessed word is whole.
	minGuessedDF = 3
	// fewDocuments is how many documents an index has at most in which a word of two may be
	// whole: most of its words are rarer.
	fewDocuments = 20
	// minCompoundDF is the document frequency that a compound of known words needs.
	minCompoundDF = 5
	// The pointwise mutual information of the parts of a compound, in nats: a run with
	// less than enoughInformation must also, or its last word must, end where a phrase
	// ends in minEnds of the occurrences: 平台经济 does, 发展提供 doesn't.
	minInformation    = -2.5
	enoughInformation = 2
	minEnds           = 0.12
)

// NewSelection returns the candidates: of the guessed words of l those for which
// isNew reports true, and the best runs of mined. isKnown reports whether a word
// is in the dictionary.
func NewSelection(l *Lexicon, mined *Miner, isKnown, isNew func(word string) bool) *Selection {
	u := &Selection{candidates: mined.best(isKnown), skip: mined.skip, least: minGuessedDF}
	if l.documents <= fewDocuments {
		u.least = minGuessedDF - 1
	}
	for word, n := range l.EachWord() {
		if n >= u.least && IsGuessable(word) && !isKnown(word) && isNew(word) {
			u.guessed = append(u.guessed, word)
		}
	}
	return u
}

// IsGuessable reports whether a word can have been guessed by jieba.
func IsGuessable(word string) bool {
	return utf8.RuneCountInString(word) >= 2 && hasHan(word)
}

// Strings lists what a Tally must count: the candidates, and more unless
// it is nil.
func (u *Selection) Strings(more iter.Seq2[string, int]) []string {
	out := slices.Clone(u.guessed)
	for _, r := range u.candidates {
		out = append(out, r.text)
		if last := r.lastWord(); utf8.RuneCountInString(last) > 1 {
			out = append(out, last)
		}
	}
	if more != nil {
		for s := range more {
			out = append(out, s)
		}
	}
	return out
}

// Whole returns the guessed words that are whole.
func (u *Selection) Whole(t *Tally) map[string]bool {
	out := map[string]bool{}
	for _, word := range u.guessed {
		if c := t.context(word); int(c.documents) >= u.least && !c.isIncomplete() {
			out[word] = true
		}
	}
	return out
}

// Compounds returns the runs that are whole, with their document frequencies.
func (u *Selection) Compounds(l *Lexicon, t *Tally, isKnown func(word string) bool) map[string]int {
	type compound struct {
		text  string
		count int
	}
	var all []compound
	for _, r := range u.candidates {
		if c := t.context(r.text); u.isCompound(l, t, r, &c, isKnown) {
			all = append(all, compound{r.text, int(c.documents)})
		}
	}
	slices.SortFunc(all, func(a, b compound) int {
		return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.text, b.text))
	})
	out := map[string]int{}
	for _, c := range all[:min(len(all), maxCompounds)] {
		out[c.text] = c.count
	}
	return out
}

// isCompound reports whether a run is a compound.
func (u *Selection) isCompound(l *Lexicon, t *Tally, r *minedRun, c *context, isKnown func(word string) bool) bool {
	first, last := r.firstWord(), r.lastWord()
	least := minCompoundDF
	if !isKnown(first) || !isKnown(last) {
		least = minGuessedDF
	}
	length := utf8.RuneCountInString(r.text)
	start, _ := utf8.DecodeRuneInString(r.text)
	if int(c.documents) < least || length < minCompoundRunes || unicode.IsDigit(start) || c.isIncomplete() ||
		l.count(r.text) > 0 {
		return false
	}
	// What an incomplete word is always continued by belongs to it, also if it is a stop
	// word by itself: 碳中|和.
	left, right := t.context(first), t.context(last)
	isIncomplete := func(word string, c *context) bool {
		return !isKnown(word) && c.occurrences > 0 && c.isIncomplete()
	}
	if isIncomplete(first, &left) {
		return left.after.continues(left.occurrences, r.text[r.first:])
	}
	if u.skip(last) || u.skip(first) || isIncomplete(last, &right) {
		return false
	}
	information := min(l.information(c.documents, first, r.text[r.first:], t),
		l.information(c.documents, r.text[:len(r.text)-int(r.last)], last, t))
	ends := max(c.endShare(), right.endShare())
	return information >= enoughInformation || information >= minInformation && ends >= minEnds
}

// continues reports whether nearly all of a number of occurrences are followed by
// the first character of s.
func (f *frequent) continues(occurrences uint32, s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return f.top() == r && float64(f.highest()) >= incompleteShare*float64(occurrences)
}

// information returns the pointwise mutual information of two parts of a run that
// is in n documents.
func (l *Lexicon) information(n uint32, a, b string, t *Tally) float64 {
	count := func(s string) float64 {
		return float64(max(l.count(s), t.Documents(s), int(n)))
	}
	return math.Log(float64(n) * float64(l.documents+1) / (count(a) * count(b)))
}

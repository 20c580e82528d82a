package suggest

import (
	"cmp"
	"math"
	"slices"
	"unicode/utf8"
)

// Selection are what may be suggested as completions beside the words of the
// dictionary: words that jieba guessed and that are whole, and compounds.
type Selection struct {
	mined   *MinedTexts
	guessed []string // words that are not in the dictionary
	Dictionary
	least int // the document frequency of a word that jieba guessed
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

// NewSelection returns what may be suggested: of the guessed words of l those for which
// isNew reports true, and the best runs of mined texts.
func NewSelection(l *Lexicon, mined *MinedTexts, isNew func(word string) bool) *Selection {
	u := &Selection{mined: mined, Dictionary: mined.Dictionary, least: minGuessedDF}
	if l.documents <= fewDocuments {
		u.least = minGuessedDF - 1
	}
	for word, n := range l.EachWord() {
		if n >= u.least && IsGuessable(word) && !u.IsKnown(word) && isNew(word) {
			u.guessed = append(u.guessed, word)
		}
	}
	return u
}

// IsGuessable reports whether a word can have been guessed by jieba.
func IsGuessable(word string) bool {
	return utf8.RuneCountInString(word) >= 2 && hasHan(word)
}

// Whole returns the guessed words that are whole.
func (u *Selection) Whole() map[string]bool {
	out := map[string]bool{}
	for _, word := range u.guessed {
		if c := u.mined.context(word); int(c.documents) >= u.least && !c.isIncomplete() {
			out[word] = true
		}
	}
	return out
}

// Compounds returns the runs that are whole, with their document frequencies.
func (u *Selection) Compounds(l *Lexicon) map[string]int {
	type compound struct {
		text  string
		count int
	}
	var all []compound
	for i := range u.mined.runs {
		if r := &u.mined.runs[i]; u.isCompound(l, r) {
			all = append(all, compound{r.text, u.mined.documents(r)})
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
func (u *Selection) isCompound(l *Lexicon, r *minedRun) bool {
	first, last, c := r.firstWord(), r.lastWord(), &r.context
	least := minCompoundDF
	if !u.IsKnown(first) || !u.IsKnown(last) {
		least = minGuessedDF
	}
	if int(c.documents) < least || c.isIncomplete() || l.count(r.text) > 0 {
		return false
	}
	// What an incomplete word is always continued by belongs to it, also if it is a stop
	// word by itself: 碳中|和.
	left, right := u.mined.context(first), u.mined.context(last)
	isIncomplete := func(word string, c *context) bool {
		return !u.IsKnown(word) && c.occurrences > 0 && c.isIncomplete()
	}
	if isIncomplete(first, &left) {
		return left.after.continues(left.occurrences, r.text[r.first:])
	}
	if u.IsStop(last) || isIncomplete(last, &right) {
		return false
	}
	information := min(u.information(l, c.documents, first, r.text[r.first:]),
		u.information(l, c.documents, r.text[:len(r.text)-int(r.last)], last))
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
// is in n documents of the kept texts.
func (u *Selection) information(l *Lexicon, n uint32, a, b string) float64 {
	scaled := float64(n) * u.mined.scale
	count := func(s string) float64 {
		known := l.count(s)
		if first, second, ok := hanPair(s); ok && known == 0 {
			known = l.pair(l.char(first), l.char(second))
		}
		if r, ok := u.mined.run(s); ok {
			known = max(known, u.mined.documents(r))
		}
		return max(float64(known), scaled)
	}
	return math.Log(scaled * float64(l.documents+1) / (count(a) * count(b)))
}

package suggest

import (
	"cmp"
	"iter"
	"maps"
	"slices"
	"strings"

	"xunwen/internal/textnorm"
)

// The words of a lexicon are in normal form: 着名, 哈利波特. People are shown them as
// texts in simplified characters spell them: 著名, 哈利·波特.

// Spelling knows how texts and words are spelt.
type Spelling interface {
	Fold(text string) textnorm.Folded
	// Simplify returns a text in normal form but with its simplified characters.
	Simplify(text string) string
	// IsSimplified reports whether a text has no traditional characters.
	IsSimplified(text string) bool
	// IsAmbiguous reports whether a folded text has a character that is written for
	// several simplified ones.
	IsAmbiguous(folded string) bool
	// Spelling returns how dictionaries spell a joined text.
	Spelling(joined string) string
}

// WithSpellings returns l with spellings of some of its words and compounds.
func (l *Lexicon) WithSpellings(of iter.Seq2[string, string]) *Lexicon {
	out := *l
	out.spellings = map[entry]string{}
	for text, spelling := range of {
		if i := l.seek(text); i < len(l.counts) && l.word(i) == text {
			out.spellings[entry(i)] = spelling
		}
		if i := l.compounds.seek(text); i < len(l.compounds.counts) && l.compounds.word(i) == text {
			out.spellings[entry(len(l.counts)+i)] = spelling
		}
	}
	return &out
}

// EachSpelling yields the words and compounds that have a spelling of the texts, with that.
func (l *Lexicon) EachSpelling() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for e, spelling := range l.spellings {
			if !yield(l.entryText(e), spelling) {
				return
			}
		}
	}
}

// list returns the list that has an entry, and its index there.
func (l *Lexicon) list(e entry) (*wordList, int) {
	if words := len(l.counts); int(e) >= words {
		return &l.compounds, int(e) - words
	}
	return &l.wordList, int(e)
}

func (l *Lexicon) entryText(e entry) string {
	list, i := l.list(e)
	return list.word(i)
}

// MaySpell lists those of the compounds of l, and of its words, for which isNew reports
// true, for which a SpellingTally must ask the texts: those that may be spelt in several
// ways, unless a dictionary has them in normal form, and those that most texts write
// with joiners.
func (u *Selection) MaySpell(l *Lexicon, isNew func(word string) bool) []string {
	var out []string
	for word, n := range l.EachWord() {
		if n >= minGuessedDF && (l.joint[word] || mustAskTexts(word, u.Spelling, u.IsKnown)) && isNew(word) {
			out = append(out, word)
		}
	}
	for text := range l.EachCompound() {
		r, ok := u.mined.run(text)
		if (ok && 2*r.joint > r.count || mustAskTexts(text, u.Spelling, u.IsKnown)) && isNew(text) {
			out = append(out, text)
		}
	}
	return out
}

// Articles lists articles that have the strings of MaySpell, a few for each. Articles are
// numbered in the order in which the Miner, and those merged into it, got them.
func (u *Selection) Articles(maySpell []string) []int { return u.mined.articles(maySpell) }

// mustAskTexts reports whether a text may be spelt in several ways and dictionaries don't tell.
func mustAskTexts(text string, s Spelling, isKnown func(word string) bool) bool {
	return s.IsAmbiguous(text) && (!isKnown(text) || s.Spelling(text) != text)
}

// SpellingTally counts how texts spell given strings in joined form. It is for one
// goroutine.
type SpellingTally struct {
	trie  *trie
	words Spelling
	found map[int32][]foundSpelling // by number in the trie

	finder finder
}

type foundSpelling struct {
	text  string
	count int
}

// maxSpellings is how many spellings of a string are counted.
const maxSpellings = 4

// NewSpellingTally returns a SpellingTally for strings.
func NewSpellingTally(strings []string, words Spelling) *SpellingTally {
	return newSpellingTally(newTrie(slices.Compact(slices.Sorted(slices.Values(strings)))), words)
}

func newSpellingTally(t *trie, words Spelling) *SpellingTally {
	return &SpellingTally{trie: t, words: words, found: map[int32][]foundSpelling{}}
}

// Clone returns a SpellingTally of the same strings that has counted nothing.
func (t *SpellingTally) Clone() *SpellingTally {
	return newSpellingTally(t.trie, t.words)
}

// Text counts the spellings of a text, which is also given in joined form. Characters of
// traditional texts don't count, only their signs do.
func (t *SpellingTally) Text(text string, joined textnorm.Joined) {
	t.finder.read(joined.Text)
	spelt := speltText{text: text, joined: joined}
	for _, o := range t.finder.find(t.trie) {
		t.add(&spelt, o.s, int(t.finder.starts[o.start]), int(t.finder.starts[o.end]))
	}
}

// speltText is a text in which spellings are counted. Most texts have none, and are not
// folded again.
type speltText struct {
	text         string
	joined       textnorm.Joined
	folded       textnorm.Folded
	isSimplified bool
	isFolded     bool
}

// add counts the spelling of a string that is at some bytes of the joined text.
func (t *SpellingTally) add(in *speltText, s int32, start, end int) {
	if !in.joined.Boundary(start) || !in.joined.Boundary(end) {
		return
	}
	if !in.isFolded {
		in.folded, in.isSimplified, in.isFolded = t.words.Fold(in.text), t.words.IsSimplified(in.text), true
	}
	if in.isSimplified || !t.words.IsAmbiguous(t.trie.list[s]) {
		from, to := in.folded.Span(in.joined.Span(start, end))
		if spelling := t.words.Simplify(in.text[from:to]); t.spells(spelling, t.trie.list[s]) {
			t.count(s, spelling, 1)
		}
	}
}

// spells reports whether a text is a spelling of a word. One with white space is two words
// of a query, and a character such as ℃ is more than the letter at its end.
func (t *SpellingTally) spells(text, word string) bool {
	return !strings.Contains(text, " ") && textnorm.Join(t.words.Fold(text).Text).Text == word
}

// count adds to the count of a spelling.
func (t *SpellingTally) count(s int32, text string, n int) {
	found := t.found[s]
	for i := range found {
		if found[i].text == text {
			found[i].count += n
			return
		}
	}
	if len(found) < maxSpellings {
		t.found[s] = append(found, foundSpelling{text, n})
	}
}

// Add adds the counts of a SpellingTally of the same strings.
func (t *SpellingTally) Add(other *SpellingTally) {
	for s, found := range other.found {
		for _, f := range found {
			t.count(s, f.text, f.count)
		}
	}
}

// Spellings yields the strings whose most frequent spelling the dictionaries don't tell,
// with that.
func (t *SpellingTally) Spellings() iter.Seq2[string, string] {
	return func(yield func(string, string) bool) {
		for _, s := range slices.Sorted(maps.Keys(t.found)) {
			best := slices.MinFunc(t.found[s], func(a, b foundSpelling) int {
				return cmp.Or(cmp.Compare(b.count, a.count), cmp.Compare(a.text, b.text))
			})
			if text := t.trie.list[s]; best.text != t.words.Spelling(text) && !yield(text, best.text) {
				return
			}
		}
	}
}

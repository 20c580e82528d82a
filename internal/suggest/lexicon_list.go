package suggest

import (
	"iter"
	"sort"
)

// wordList has strings in byte order with their document frequencies: string i is
// text[starts[i]:starts[i+1]].
type wordList struct {
	text   string
	starts []uint32
	counts []uint32
}

// newWordList lists the strings of sorted, which come in byte order.
func newWordList(sorted iter.Seq2[string, int]) wordList {
	var l wordList
	var text []byte
	for s, n := range sorted {
		l.starts, l.counts = append(l.starts, uint32(len(text))), append(l.counts, uint32(n))
		text = append(text, s...)
	}
	l.starts = append(l.starts, uint32(len(text)))
	l.text = string(text)
	return l
}

func (l *wordList) word(i int) string { return l.text[l.starts[i]:l.starts[i+1]] }

func (l *wordList) each() iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for i, n := range l.counts {
			if !yield(l.word(i), int(n)) {
				return
			}
		}
	}
}

// atLeast yields the strings in at least a number of documents, in byte order.
func (l *wordList) atLeast(lowest uint32) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for s, n := range l.each() {
			if uint32(n) >= lowest && !yield(s, n) {
				return
			}
		}
	}
}

// seek returns the index of the first string that is not less than s.
func (l *wordList) seek(s string) int {
	return sort.Search(len(l.counts), func(i int) bool { return l.word(i) >= s })
}

// count returns how many documents contain a string, 0 if it is not listed.
func (l *wordList) count(s string) int {
	if i := l.seek(s); i < len(l.counts) && l.word(i) == s {
		return int(l.counts[i])
	}
	return 0
}

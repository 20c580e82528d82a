package analyzer

import (
	"iter"
	"runtime"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yanyiwu/gojieba"

	"xunwen/internal/textnorm"
)

// Words segments a folded text for the index: jieba's words, known or guessed, with
// the words of two and three characters inside longer ones (search mode), and every
// run of other letters and digits (see runTerms), whole, in atoms and in pairs of them
// (iphone15pro: iphone, iphone15, 15 and so on). They are words of the joined text (see
// textnorm.Joined) and include what Segment returns for that. Offsets are those of the
// folded text, and the tokens are sorted by Start, then End.
//
// After a word with joiners inside comes the word with JointPrefix: the folded text
// has the word itself where it has no such term.
func (a *Analyzer) Words(folded string) []Token {
	all := make([]Token, 0, len(folded)/3)
	a.EachWord(folded, func(t Token) { all = append(all, t) })
	if len(folded) > maxChunk { // a run that continues in the next chunk came late
		slices.SortStableFunc(all, func(a, b Token) int { return span{a.Start, a.End}.compare(span{b.Start, b.End}) })
	}
	return all
}

// EachWord calls visit with the tokens of Words, chunk by chunk, so that a text
// of any size needs little more memory than its own.
func (a *Analyzer) EachWord(folded string, visit func(Token)) {
	joined := textnorm.Join(folded)
	text := joined.Text
	u := newUncoverer(text, true)
	u.cut = joined.Boundary
	for end, words := range a.segmentChunks(text, gojieba.SearchMode) {
		for _, t := range tokens(text, words, u.until(end, words)) {
			length := t.End - t.Start
			t.Start, t.End = joined.Span(t.Start, t.End)
			visit(t)
			if t.End-t.Start != length {
				visit(Token{JointPrefix + t.Term, t.Start, t.End})
			}
		}
	}
}

// Segment segments a joined text for queries: words that don't overlap, in order.
func (a *Analyzer) Segment(joined string) []Token {
	var all []Token
	u := newUncoverer(joined, false)
	for end, words := range a.segmentChunks(joined, gojieba.DefaultMode) {
		all = append(all, tokens(joined, words, u.until(end, words))...)
	}
	return all
}

// segmentChunks yields, for each chunk of the text, its end and the words of
// jieba, in order, that add to the runs of letters and digits: those with a Han
// character, and those that join runs across a sign (3.14, at&t).
func (a *Analyzer) segmentChunks(folded string, mode gojieba.TokenizeMode) iter.Seq2[int, []span] {
	return func(yield func(int, []span) bool) {
		defer runtime.KeepAlive(a) // its finalizer frees what Tokenize reads
		masked := a.vocabulary.mask(folded)
		for start := 0; start < len(masked); {
			end := start + chunkEnd(masked[start:])
			words := make([]span, 0, (end-start)/4) // about what search mode gives
			for _, w := range a.jieba.Tokenize(masked[start:end], mode, true) {
				word := span{start + w.Start, start + w.End}
				if !hasHan(folded[word.start:word.end]) {
					// jieba includes the full stop after a number: 3. is 3
					term := strings.TrimRight(folded[word.start:word.end], ".")
					word.end = word.start + len(term)
					if !joinsRuns(term) {
						continue
					}
				}
				words = insert(words, word)
			}
			if !yield(end, words) {
				return
			}
			start = end
		}
	}
}

// maxChunk bounds what one call segments, in bytes; cppjieba takes over 100
// bytes of memory for each (a node of its lattice for each character). Longer
// calls are not faster.
const maxChunk = 32 << 10

// chunkEnd returns where to end the first chunk of a masked text: after the last
// separator, where segmentation does not change, else between characters.
func chunkEnd(masked string) int {
	if len(masked) <= maxChunk {
		return len(masked)
	}
	end := maxChunk
	for !utf8.RuneStart(masked[end]) {
		end--
	}
	space := strings.LastIndexByte(masked[:end], ' ')
	stop := strings.LastIndex(masked[:end], "。")
	switch {
	case space > stop:
		return space + 1
	case stop >= 0:
		return stop + len("。")
	}
	return end
}

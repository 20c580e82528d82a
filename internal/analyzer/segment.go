package analyzer

import (
	"iter"
	"runtime"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yanyiwu/gojieba"
)

// Words segments text for the index: jieba's words, known or guessed, with the
// words of two and three characters inside longer ones (search mode), and every
// whole run of other letters and digits (see runTerms). They are sorted by
// Start, then End, and include what Segment returns for the same text.
func (a *Analyzer) Words(folded string) []Token {
	all := make([]Token, 0, len(folded)/3)
	a.EachWord(folded, func(t Token) { all = append(all, t) })
	if len(folded) > maxPiece { // a run that continues in the next piece came late
		slices.SortStableFunc(all, func(a, b Token) int { return span{a.Start, a.End}.compare(span{b.Start, b.End}) })
	}
	return all
}

// EachWord calls visit with the tokens of Words, piece by piece, so that a text
// of any size needs little more memory than its own.
func (a *Analyzer) EachWord(folded string, visit func(Token)) {
	u := newUncoverer(folded, true)
	for end, words := range a.segmentPieces(folded, gojieba.SearchMode) {
		for _, t := range tokens(folded, words, u.until(end, words)) {
			visit(t)
		}
	}
}

// Segment segments text for queries: words that don't overlap, in order.
func (a *Analyzer) Segment(folded string) []Token {
	var all []Token
	u := newUncoverer(folded, false)
	for end, words := range a.segmentPieces(folded, gojieba.DefaultMode) {
		all = append(all, tokens(folded, words, u.until(end, words))...)
	}
	return all
}

// segmentPieces yields, for each piece of the text, its end and the words of
// jieba, in order, that add to the runs of letters and digits: those with a Han
// character, and those that join runs across a sign (3.14, at&t).
func (a *Analyzer) segmentPieces(folded string, mode gojieba.TokenizeMode) iter.Seq2[int, []span] {
	return func(yield func(int, []span) bool) {
		defer runtime.KeepAlive(a) // its finalizer frees what Tokenize reads
		masked := a.vocabulary.mask(folded)
		for start := 0; start < len(masked); {
			end := start + pieceEnd(masked[start:])
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

// maxPiece bounds what one call segments, in bytes; cppjieba takes over 100
// bytes of memory for each (a node of its lattice for each character). Longer
// calls are not faster.
const maxPiece = 32 << 10

// pieceEnd returns where to end the first piece of a masked text: after the last
// separator, where segmentation does not change, else between characters.
func pieceEnd(masked string) int {
	if len(masked) <= maxPiece {
		return len(masked)
	}
	end := maxPiece
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

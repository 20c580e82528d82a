package analyzer

import (
	"runtime"
	"strings"
	"unicode/utf8"

	"github.com/yanyiwu/gojieba"
)

// Words cuts text for the index: jieba's words, known or guessed, with the
// words of two and three characters inside longer ones (search mode), and every
// whole run of other letters and digits. Sorted by Start, the longer last.
// What Segment gives for the same text is among them.
func (a *Analyzer) Words(folded string) []Token {
	words := a.cut(folded, gojieba.SearchMode)
	return tokens(folded, words, uncovered(folded, words, true))
}

// Segment cuts text for queries: words that don't overlap, in order.
func (a *Analyzer) Segment(folded string) []Token {
	words := a.cut(folded, gojieba.DefaultMode)
	return tokens(folded, words, uncovered(folded, words, false))
}

// cut returns jieba's words, in order, that add to what runs of letters give:
// those with a Han character, and those that hold a run together with what
// parts it (3.14, at&t).
func (a *Analyzer) cut(folded string, mode gojieba.TokenizeMode) []span {
	words := make([]span, 0, len(folded)/4) // about what search mode gives
	masked := a.vocabulary.mask(folded)
	for start := 0; start < len(masked); {
		end := start + pieceEnd(masked[start:])
		for _, w := range a.jieba.Tokenize(masked[start:end], mode, true) {
			word := span{start + w.Start, start + w.End}
			if !hasHan(folded[word.start:word.end]) {
				// A number takes the full stop behind it along: 3. is 3.
				term := strings.TrimRight(folded[word.start:word.end], ".")
				word.end = word.start + len(term)
				if !holdsTogether(term) {
					continue
				}
			}
			words = insert(words, word)
		}
		start = end
	}
	runtime.KeepAlive(a) // its finalizer frees what Tokenize reads
	return words
}

// maxPiece bounds what one call cuts; cppjieba takes over 100 bytes of memory
// for each byte (a node of its lattice for each character). Longer calls are not
// faster.
const maxPiece = 32 << 10

// pieceEnd returns where to end the first piece of a masked text: behind the
// last separator, where the cut changes nothing, else between characters.
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

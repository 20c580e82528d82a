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
	masked := a.mask(folded)
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

// mask returns folded with every rune that jieba knows nothing about replaced,
// byte for byte, by what parts words for it. Otherwise one 《 or é spoils the
// guessing of new words behind it (its probability drowns all others), and a
// NUL or a byte that is not UTF-8 would lose text.
func (a *Analyzer) mask(folded string) string {
	var out strings.Builder
	copied := 0
	for i, r := range folded {
		size := 1
		if r != utf8.RuneError {
			if r != 0 && (r < utf8.RuneSelf || a.known.has(r)) {
				continue
			}
			size = utf8.RuneLen(r)
		} else if strings.HasPrefix(folded[i:], "\uFFFD") {
			size = len("\uFFFD")
		}
		if out.Cap() == 0 {
			out.Grow(len(folded))
		}
		out.WriteString(folded[copied:i])
		out.WriteString(separators[size])
		copied = i + size
	}
	if copied == 0 {
		return folded
	}
	out.WriteString(folded[copied:])
	return out.String()
}

// separators are, by length, texts at which cppjieba cuts before all else.
var separators = [utf8.UTFMax + 1]string{"", " ", "  ", "。", "    "}

// maxPiece bounds what one call cuts; cppjieba takes some 150 bytes of memory
// for each byte. Longer calls are not faster.
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

package analyzer

import (
	"runtime"
	"strings"
	"unicode/utf8"

	"github.com/yanyiwu/gojieba"

	"xunwen/internal/textnorm"
)

// Words cuts text for the index: jieba's words, known or guessed, with the
// words of two and three characters inside longer ones (search mode), and every
// whole run of other letters and digits. Sorted by Start, the longer last.
// What Segment gives for the same text is among them.
func (a *Analyzer) Words(folded string) []Token {
	tokens := a.cut(folded, gojieba.SearchMode)
	return inOrder(append(tokens, uncovered(folded, tokens, true)...))
}

// Segment cuts text for queries: words that don't overlap, in order.
func (a *Analyzer) Segment(folded string) []Token {
	tokens := a.cut(folded, gojieba.DefaultMode)
	return inOrder(append(tokens, uncovered(folded, tokens, false)...))
}

// cut returns jieba's tokens, in order, that add to what runs of letters give:
// those with a Han character, and those that hold a run together with what
// parts it (3.14, at&t).
func (a *Analyzer) cut(folded string, mode gojieba.TokenizeMode) []Token {
	tokens := make([]Token, 0, len(folded)/4)
	masked := a.mask(folded)
	for start := 0; start < len(masked); {
		end := start + pieceEnd(masked[start:])
		for _, w := range a.jieba.Tokenize(masked[start:end], mode, true) {
			from, to := start+w.Start, start+w.End
			term := folded[from:to]
			c := contentOf(term)
			if !c.han {
				// A number takes the full stop behind it along: 3. is 3.
				term = strings.TrimRight(term, ".")
				to = from + len(term)
				c = contentOf(term)
			}
			if c.han || c.word && c.other {
				tokens = append(tokens, Token{term, from, to})
			}
		}
		start = end
	}
	runtime.KeepAlive(a) // its finalizer frees what Tokenize reads
	return inOrder(tokens)
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

// uncovered returns a token for each Han character and each run of other
// letters that none of the tokens (in order) covers, in whole or in part;
// with wholeRuns also the whole of every run.
func uncovered(folded string, tokens []Token, wholeRuns bool) []Token {
	var found []Token
	add := func(start, end int) { found = append(found, Token{folded[start:end], start, end}) }
	const none = -1
	run, part := none, none // where the run, its uncovered part began
	covered, next := 0, 0
	endPart := func(at int) {
		if part != none {
			add(part, at)
			part = none
		}
	}
	endRun := func(at int) {
		endPart(at)
		if run != none && wholeRuns {
			add(run, at)
		}
		run = none
	}
	for i, r := range folded {
		for ; next < len(tokens) && tokens[next].Start <= i; next++ {
			covered = max(covered, tokens[next].End)
		}
		switch {
		case textnorm.IsHan(r):
			endRun(i)
			if i >= covered {
				add(i, i+utf8.RuneLen(r))
			}
		case !textnorm.IsWordRune(r):
			endRun(i)
		default:
			if run == none {
				run = i
			}
			if i < covered {
				endPart(i)
			} else if part == none {
				part = i
			}
		}
	}
	endRun(len(folded))
	return found
}

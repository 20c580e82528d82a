package engine

import (
	"iter"
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// occurrence is where a word is in a text, in bytes.
type occurrence struct {
	word       int
	start, end int
}

// maxMarks bounds the marks of one term in one text: no article has as many
// characters, and a text of 50 MB must not take a minute.
const maxMarks = 20_000

// each yields where part begins in text, overlaps included.
func each(text, part string) iter.Seq[int] {
	return func(yield func(at int) bool) {
		for from := 0; part != ""; {
			i := strings.Index(text[from:], part)
			if i < 0 || !yield(from+i) {
				return
			}
			_, size := utf8.DecodeRuneInString(part)
			from += i + size
		}
	}
}

// insideRun reports whether the characters before and after an offset belong to the same
// run of letters and digits.
func insideRun(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return at > 0 && at < len(text) && inRun(before) && inRun(after)
}

func inRun(r rune) bool { return textnorm.IsWordRune(r) && !textnorm.IsHan(r) }

// contained finds a phrase, at most maxMarks times.
func contained(folded, phrase string) []occurrence {
	var out []occurrence
	for at := range each(folded, phrase) {
		if out = append(out, occurrence{start: at, end: at + len(phrase)}); len(out) == maxMarks {
			break
		}
	}
	return out
}

// prefixed finds the runs of letters and digits that begin with prefix.
func prefixed(folded, prefix string) []occurrence {
	var out []occurrence
	for _, o := range contained(folded, prefix) {
		if insideRun(folded, o.start) {
			continue
		}
		for o.end < len(folded) {
			r, size := utf8.DecodeRuneInString(folded[o.end:])
			if !inRun(r) {
				break
			}
			o.end += size
		}
		out = append(out, o)
	}
	return out
}

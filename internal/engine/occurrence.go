package engine

import (
	"iter"
	"strings"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// occurrences returns where unit text u stands in folded text, as byte offsets
// of each start, at most maxMarks. A Latin or digit edge must be the run's edge
// too.
func occurrences(text, u string) []int {
	var at []int
	for i := range each(text, u) {
		if wholeRuns(text, i, i+len(u)) {
			at = append(at, i)
		}
		if len(at) == maxMarks {
			break
		}
	}
	return at
}

// each gives the places where part stands in text, overlapping ones too.
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

// wholeRuns tells whether text[start:end] cuts no run of Latin letters and
// digits in two.
func wholeRuns(text string, start, end int) bool {
	return !insideRun(text, start) && !insideRun(text, end)
}

// insideRun tells whether at parts two characters of one such run.
func insideRun(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return at > 0 && at < len(text) && inRun(before) && inRun(after)
}

func inRun(r rune) bool { return textnorm.IsWordRune(r) && !textnorm.IsHan(r) }

// place is one occurrence of a word in a text, in bytes.
type place struct {
	word       int
	start, end int
}

// places gives occurrences of one length their ends.
func places(at []int, length int) []place {
	out := make([]place, len(at))
	for i, start := range at {
		out[i] = place{start: start, end: start + length}
	}
	return out
}

// contained finds a phrase, at most maxMarks times.
func contained(folded, phrase string) []place {
	var out []place
	for at := range each(folded, phrase) {
		if out = append(out, place{start: at, end: at + len(phrase)}); len(out) == maxMarks {
			break
		}
	}
	return out
}

// prefixed finds the runs of Latin letters and digits that begin so.
func prefixed(folded, prefix string) []place {
	var out []place
	for _, p := range contained(folded, prefix) {
		if insideRun(folded, p.start) {
			continue
		}
		for p.end < len(folded) {
			r, size := utf8.DecodeRuneInString(folded[p.end:])
			if !inRun(r) {
				break
			}
			p.end += size
		}
		out = append(out, p)
	}
	return out
}

// maxMarks bounds the marks of one piece in one text: more than any article has
// characters, and a text of 50 MB must not take a minute.
const maxMarks = 20_000

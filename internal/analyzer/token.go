package analyzer

import (
	"cmp"

	"xunwen/internal/textnorm"
)

// Token is one term of a folded text: Term is folded[Start:End], the offsets
// are bytes.
type Token struct {
	Term       string
	Start, End int
}

// span is the range of a token, in bytes.
type span struct{ Start, End int }

// compare orders spans by start, then end.
func (s span) compare(t span) int {
	if c := cmp.Compare(s.Start, t.Start); c != 0 {
		return c
	}
	return cmp.Compare(s.End, t.End)
}

// insert adds s to sorted spans. jieba returns the words inside a word before it,
// so s is close to the end.
func insert(spans []span, s span) []span {
	spans = append(spans, s)
	for i := len(spans) - 1; i > 0 && s.compare(spans[i-1]) < 0; i-- {
		spans[i-1], spans[i] = s, spans[i-1]
	}
	return spans
}

func hasHan(term string) bool {
	for i, size := 0, 0; i < len(term); i += size {
		var c class
		if c, size = classAt(term, i); c == classOfHan {
			return true
		}
	}
	return false
}

// joinsRuns reports whether a term without Han characters has letters or digits
// and something else, which would separate them.
func joinsRuns(term string) bool {
	letters, others := false, false
	for _, r := range term {
		if textnorm.IsWordRune(r) {
			letters = true
		} else {
			others = true
		}
	}
	return letters && others
}

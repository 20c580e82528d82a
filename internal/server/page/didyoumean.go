package page

import (
	"xunwen/internal/search"
	"xunwen/internal/server/highlight"
	"xunwen/internal/server/param"
)

// didYouMeanView suggests a corrected query.
type didYouMeanView struct {
	Link   string
	Pieces []highlight.Piece // the differences are marked
}

func newDidYouMeanView(q param.Search, meant string) *didYouMeanView {
	if meant == "" {
		return nil
	}
	typed := q.Text
	if q.Query != nil {
		typed = q.Query.String() // in the same spelling as meant
	}
	return &didYouMeanView{Link: q.WithText(meant).Results(), Pieces: highlight.Pieces(meant, changes(typed, meant))}
}

// changes returns where b differs from a: character by character if they have the
// same length, else everything between their common beginning and end.
func changes(a, b string) []search.Span {
	x, y := []rune(a), []rune(b)
	at := make([]int, 0, len(y)+1) // the offset of each character of b
	for i := range b {
		at = append(at, i)
	}
	at = append(at, len(b))
	if len(x) != len(y) {
		from := 0
		for from < min(len(x), len(y)) && x[from] == y[from] {
			from++
		}
		same := 0
		for same < min(len(x), len(y))-from && x[len(x)-1-same] == y[len(y)-1-same] {
			same++
		}
		return []search.Span{{Start: at[from], End: at[len(y)-same]}}
	}
	var out []search.Span
	for i := range y {
		if x[i] == y[i] {
			continue
		}
		if n := len(out); n > 0 && out[n-1].End == at[i] {
			out[n-1].End = at[i+1]
		} else {
			out = append(out, search.Span{Start: at[i], End: at[i+1]})
		}
	}
	return out
}

package highlight

import (
	"unicode/utf8"

	"xunwen/internal/search"
)

// InContext returns a match with that many characters on both sides.
func InContext(m search.Marked, mark search.Span, characters int) Context {
	left, right := mark.Start, mark.End
	for range characters {
		_, before := utf8.DecodeLastRuneInString(m.Text[:left])
		_, after := utf8.DecodeRuneInString(m.Text[right:])
		left, right = left-before, right+after
	}
	return Context{m.Text[left:mark.Start], m.Text[mark.Start:mark.End], m.Text[mark.End:right]}
}

// Context is a match with the text on both sides.
type Context struct{ Left, Match, Right string }

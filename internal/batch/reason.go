package batch

import (
	"context"
	"errors"
	"fmt"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// errNoWord is the error of a query without a word, such as punctuation alone.
var errNoWord = errors.New("the query contains no word")

// Reason says why a query has no answer and what to do, "" for none.
func Reason(err error) string {
	var bad *query.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &bad):
		return fmt.Sprintf("%s (at character %d)", bad.Reason, bad.Pos+1)
	case errors.Is(err, search.ErrTooBroad):
		return "its prefixes (a*) match too many words of the index: put more characters before the star"
	case errors.Is(err, search.ErrUnsupported):
		return "the texts of too many articles would have to be read: narrow it by dates or more words"
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Sprintf("it took more than %s: narrow it, or try it alone later", queryTime)
	}
	return err.Error()
}

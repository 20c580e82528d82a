package problem

import (
	"xunwen/internal/query"
	"xunwen/internal/wording"
)

// Localized returns a text in the reader's language, which need not be known yet.
type Localized func(*wording.Words) string

// QueryText describes the error of a query.
func QueryText(bad *query.Error) Localized {
	return func(w *wording.Words) string {
		switch bad.Code {
		case query.MissingSide:
			return w.Problems.MissingSide
		case query.Unclosed:
			return w.Problems.Unclosed
		case query.BadDate:
			return w.Problems.BadDate
		case query.OnlyExclusions:
			return w.Problems.OnlyExclusions
		case query.TooLong:
			return w.TooLong(query.MaxRunes)
		case query.TooMany:
			return w.TooMany(query.MaxOperands)
		}
		return w.Problems.Unknown
	}
}

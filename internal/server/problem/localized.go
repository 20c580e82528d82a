package problem

import (
	"xunwen/internal/query"
	"xunwen/internal/wording"
)

// Localized is a text in a language that is not known yet.
type Localized func(*wording.Words) string

// QueryText says why a query is invalid.
func QueryText(bad *query.Error) Localized {
	return func(w *wording.Words) string {
		switch bad.Code {
		case query.MissingSide:
			return w.Problems.MissingSide
		case query.Unclosed:
			return w.Problems.Unclosed
		case query.BadDate:
			return w.Problems.BadDate
		case query.BadLength:
			return w.Problems.BadLength
		case query.BadOperand:
			return w.Problems.BadOperand
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

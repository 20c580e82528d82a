package page

import (
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

// namedOffers offers the filter by a newspaper or source in place of an operand that is its
// name.
func namedOffers(w *wording.Words, q param.Search, named []search.Named) []offer {
	var out []offer
	for _, field := range []struct {
		name      query.FieldName
		filter    param.FilterField
		all, some string // everything there, and what has the other operands
	}{
		{query.Source, param.SourceFilter, w.Results.OnlySource, w.Results.InSource},
		{query.Publication, param.PublicationFilter, w.Results.OnlyPublication, w.Results.InPublication},
	} {
		if len(*field.filter.Values(&q.Filter)) > 0 {
			continue
		}
		for _, name := range namesOf(named, field.name) {
			rest, ok := withoutOperand(q.Query, name.operand)
			if !ok {
				continue
			}
			words := interpolate(field.all, name.values[0])
			if rest != "" {
				words = interpolate2(field.some, name.values[0], rest)
			}
			to := q.WithText(rest)
			*field.filter.Values(&to.Filter) = name.values
			out = append(out, offer{words: words, to: to})
		}
	}
	return out
}

// fieldName is an operand that is a name, with the values of a field that are spellings
// of it.
type fieldName struct {
	operand string
	values  []string
}

// namesOf groups the names of a field by operand.
func namesOf(named []search.Named, field query.FieldName) []fieldName {
	var out []fieldName
	for _, n := range named {
		if n.Field != field {
			continue
		}
		if last := len(out) - 1; last >= 0 && out[last].operand == n.Operand {
			out[last].values = append(out[last].values, n.Value)
		} else {
			out = append(out, fieldName{n.Operand, []string{n.Value}})
		}
	}
	return out
}

// withoutOperand writes a query without one of its operands, "" for one that is nothing
// else. It returns false if only exclusions would be left.
func withoutOperand(n query.Node, operand string) (rest string, ok bool) {
	and, several := n.(*query.And)
	if !several {
		return "", true
	}
	rest = keep(and, func(n query.Node) bool { return n.String() != operand })
	return rest, rest != ""
}

package query

import "strings"

// CapitalOperators returns a query with its words or, and and not as operators, which
// are in capitals. It is "" if that changes nothing: words at the ends of the query and
// within quotes stay as they are.
func CapitalOperators(q string) string {
	words := strings.FieldsFunc(q, isBlank)
	quotes, changed := 0, false
	for i, word := range words {
		quotes += strings.Count(word, `"`)
		capital := strings.ToUpper(word)
		inside := i > 0 && i < len(words)-1 && quotes%2 == 0
		if inside && capital != word && (capital == "OR" || capital == "AND" || capital == "NOT") {
			words[i], changed = capital, true
		}
	}
	if !changed {
		return ""
	}
	return strings.Join(words, " ")
}

package dsl

import (
	"encoding/json"
	"slices"
)

var MatchAll, matchNone = object{"match_all": object{}}, object{"match_none": object{}}

func isAll(q object) bool  { _, ok := q["match_all"]; return ok }
func isNone(q object) bool { _, ok := q["match_none"]; return ok }

// AllOf matches what all queries match; without any, nothing.
func AllOf(queries ...object) object {
	if len(queries) == 0 || slices.ContainsFunc(queries, isNone) {
		return matchNone
	}
	queries = slices.DeleteFunc(slices.Clone(queries), isAll)
	switch len(queries) {
	case 0:
		return MatchAll
	case 1:
		return queries[0]
	}
	return object{"bool": object{"filter": queries}}
}

// AnyOf matches what any query matches.
func AnyOf(queries ...object) object {
	if slices.ContainsFunc(queries, isAll) {
		return MatchAll
	}
	queries = slices.DeleteFunc(slices.Clone(queries), isNone)
	switch len(queries) {
	case 0:
		return matchNone
	case 1:
		return queries[0]
	}
	return object{"bool": object{"should": queries, "minimum_should_match": 1}}
}

func NoneOf(q object) object {
	switch {
	case isAll(q):
		return matchNone
	case isNone(q):
		return MatchAll
	}
	return object{"bool": object{"must_not": []object{q}}}
}

func Nested(path string, q object) object {
	if isNone(q) {
		return q
	}
	return object{"nested": object{"path": path, "query": q, "score_mode": "none"}}
}

func Term(field string, value any) object {
	return object{"term": object{field: object{"value": value}}}
}

func ConstantScore(q object, boost float64) object {
	return object{"constant_score": object{"filter": q, "boost": boost}}
}

// Key is a query as a text.
func Key(q object) string {
	b, err := json.Marshal(q) // with sorted members
	if err != nil {           // queries are made of strings and numbers
		return ""
	}
	return string(b)
}

// object is a JSON object.
type object = map[string]any

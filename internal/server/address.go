package server

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"xunwen/internal/search"
)

// state writes a question as parameters: q first, defaults left out, so that
// one question has one address.
func (q *question) state() []field {
	var out []field
	add := func(name, value string) {
		if value != "" {
			out = append(out, field{name, value})
		}
	}
	add("q", q.Text)
	if q.By != search.ByArticle {
		add("by", string(q.By))
	}
	if q.Sort != search.ByRelevance {
		add("sort", string(q.Sort))
	}
	if q.Size != defaultSize {
		add("size", strconv.Itoa(q.Size))
	}
	if q.Uncollapsed {
		add("fold", "0")
	}
	add("view", q.View)
	add("from", q.Filter.From)
	add("to", q.Filter.To)
	for _, f := range filterFields {
		for _, v := range *f.values(&q.Filter) {
			add(f.name, v)
		}
	}
	add("cursor", q.Cursor)
	return out
}

// field is a parameter in an address or a hidden field of a form.
type field struct{ Name, Value string }

// address returns path with the question's state.
func (q *question) address(path string) string {
	var b strings.Builder
	b.WriteString(path)
	for i, f := range q.state() {
		if i == 0 {
			b.WriteByte('?')
		} else {
			b.WriteByte('&')
		}
		b.WriteString(f.Name + "=" + url.QueryEscape(f.Value))
	}
	return b.String()
}

const (
	resultsPath = "/search"
	articleBase = "/articles/"
)

// results is the address of the question's first results.
func (q question) results() string {
	q.Cursor = ""
	return q.address(resultsPath)
}

// article is the address of an article that was found by the question. It keeps
// all of the question, for the marks and for the way back.
func (q *question) article(id string) string {
	return q.address(articleBase + url.PathEscape(id))
}

// The following return the question with one thing changed, from its first results.

func (q question) withText(text string) question { q.Text, q.Cursor = text, ""; return q }
func (q question) withBy(by search.By) question  { q.By, q.View, q.Cursor = by, "", ""; return q }
func (q question) withContext() question {
	q.By, q.View, q.Cursor = search.ByArticle, contextName, ""
	return q
}
func (q question) withSort(s search.Sort) question   { q.Sort, q.Cursor = s, ""; return q }
func (q question) withFold(fold bool) question       { q.Uncollapsed, q.Cursor = !fold, ""; return q }
func (q question) withCursor(cursor string) question { q.Cursor = cursor; return q }

func (q question) withoutFilters() question {
	q.Filter, q.Cursor = search.Filter{}, ""
	return q
}

func (q question) withDates(from, to string) question {
	q.Filter.From, q.Filter.To, q.Cursor = from, to, ""
	return q
}

func (q question) without(f filterField, value string) question {
	list := f.values(&q.Filter)
	kept := slices.DeleteFunc(slices.Clone(*list), func(v string) bool { return v == value })
	*list, q.Cursor = kept, ""
	return q
}

package param

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/server/problem"
	"xunwen/internal/wording"
)

// TrendsNames are the parameters of trends.
var TrendsNames = append([]string{"q", "interval", "by", "match", "collapse"}, filterNames...)

// ReadTrends decodes a request for trends.
func ReadTrends(values url.Values) (r search.TrendsRequest, err error) {
	if err := OnlyOnce(values, []string{"interval", "by", "match", "collapse", "from", "to"}); err != nil {
		return r, err
	}
	if r.Queries, err = readTrendQueries(values["q"]); err != nil {
		return r, err
	}
	if v := values.Get("interval"); v != "" {
		if r.Interval, err = OneOf("interval", v, search.Day, search.Month, search.Year); err != nil {
			return r, err
		}
	}
	if r.By, err = OneOf("by", values.Get("by"), search.ByArticle, search.ByParagraph); err != nil {
		return r, err
	}
	if r.Match, err = readMatch(values); err != nil {
		return r, err
	}
	collapse, err := readSwitch("collapse", values.Get("collapse"), true)
	if err != nil {
		return r, err
	}
	r.Uncollapsed = !collapse
	r.Filter, err = readFilter(values)
	return r, err
}

// readTrendQueries parses the queries that are compared.
func readTrendQueries(texts []string) ([]query.Node, error) {
	few := func(w *wording.Words) string { return w.QueryLimit(search.MaxTrends) }
	if len(texts) == 0 {
		return nil, &problem.Fault{
			Kind:      problem.MissingQuery,
			Parameter: "q",
			Detail:    fmt.Sprintf("q: give 1 to %d queries", search.MaxTrends),
			Words:     few,
		}
	}
	if len(texts) > search.MaxTrends {
		return nil, problem.BadValue("q",
			fmt.Sprintf("q: %d queries, at most %d are allowed", len(texts), search.MaxTrends), few)
	}
	nodes := make([]query.Node, len(texts))
	for i, text := range texts {
		node, err := query.Parse(text)
		var bad *query.Error
		switch {
		case errors.As(err, &bad):
			return nil, fmt.Errorf("query %d: %w", i+1, err)
		case err != nil:
			return nil, err
		case node == nil || strings.TrimSpace(text) == "":
			return nil, problem.BadValue("q", fmt.Sprintf("q: query %d, %q, is empty", i+1, text),
				func(w *wording.Words) string { return w.Problems.EmptyTrend })
		}
		nodes[i] = node
	}
	return nodes, nil
}

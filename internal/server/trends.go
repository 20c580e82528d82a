package server

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/wording"
)

// trendsAnswer is what /api/v1/trends answers.
type trendsAnswer struct {
	Queries    []string        `json:"queries"`
	Interval   search.Interval `json:"interval"`
	Generation string          `json:"generation"`
	Buckets    []bucketAnswer  `json:"buckets"`
}

type bucketAnswer struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Total  int    `json:"total"`
	Counts []int  `json:"counts"`
}

const trendsPath = "/api/v1/trends"

// trendsNames are the parameters of trends.
var trendsNames = append([]string{"q", "interval", "by", "fold"}, filterNames...)

// trendsAPI counts queries over time.
func (s *server) trendsAPI(c *gin.Context) error {
	values, err := knownParameters(c, trendsNames)
	if err != nil {
		return err
	}
	req, err := readTrends(values)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), engineTime)
	defer cancel()
	found, err := s.engine.Trends(ctx, req)
	if err != nil {
		return err
	}
	a := trendsAnswer{Queries: values["q"], Interval: found.Interval, Generation: found.Generation, Buckets: make([]bucketAnswer, 0, len(found.Periods))}
	for _, p := range found.Periods {
		a.Buckets = append(a.Buckets, bucketAnswer{p.From, p.To, p.Total, append([]int{}, p.Counts...)})
	}
	return writeJSON(c, http.StatusOK, jsonType, a)
}

func readTrends(values url.Values) (search.TrendsRequest, error) {
	var r search.TrendsRequest
	texts := values["q"]
	few := func(w *wording.Words) string { return w.HowManyTrends(search.MaxTrends) }
	if len(texts) == 0 {
		return r, &fault{kind: nothingAsked, parameter: "q", detail: fmt.Sprintf("q: give 1 to %d queries", search.MaxTrends), words: few}
	}
	if len(texts) > search.MaxTrends {
		return r, badValue("q", fmt.Sprintf("q: %d queries, at most %d are compared", len(texts), search.MaxTrends), few)
	}
	if err := onlyOnce(values, []string{"interval", "by", "fold", "from", "to"}); err != nil {
		return r, err
	}
	for i, text := range texts {
		node, err := query.Parse(text)
		var bad *query.Error
		switch {
		case errors.As(err, &bad):
			return r, fmt.Errorf("query %d: %w", i+1, err)
		case err != nil:
			return r, err
		case node == nil || strings.TrimSpace(text) == "":
			return r, badValue("q", fmt.Sprintf("q: query %d, %q, asks for nothing", i+1, text), func(w *wording.Words) string { return w.Problems.EmptyTrend })
		}
		r.Queries = append(r.Queries, node)
	}
	var err error
	if v := values.Get("interval"); v != "" {
		if r.Interval, err = oneOf("interval", v, search.Day, search.Month, search.Year); err != nil {
			return r, err
		}
	}
	if r.By, err = oneOf("by", values.Get("by"), search.ByArticle, search.ByParagraph); err != nil {
		return r, err
	}
	fold, err := readSwitch("fold", values.Get("fold"), true)
	if err != nil {
		return r, err
	}
	r.Uncollapsed = !fold
	r.Filter, err = readFilter(values)
	return r, err
}

package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"xunwen/internal/search"
	"xunwen/internal/server/param"
)

// trendsResponse is the answer of /api/v1/trends.
type trendsResponse struct {
	Queries    []string         `json:"queries"`
	Interval   search.Interval  `json:"interval"`
	Generation string           `json:"generation"`
	Buckets    []bucketResponse `json:"buckets"`
}

type bucketResponse struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Total  int    `json:"total"`
	Counts []int  `json:"counts"`
}

// serveTrends counts queries over time.
func (a *API) serveTrends(c *gin.Context) error {
	values, err := param.KnownValues(c, param.TrendsNames)
	if err != nil {
		return err
	}
	req, err := param.ReadTrends(values)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	found, err := a.Engine.Trends(ctx, req)
	if err != nil {
		return err
	}
	out := trendsResponse{
		Queries:    values["q"],
		Interval:   found.Interval,
		Generation: found.Generation,
		Buckets:    make([]bucketResponse, 0, len(found.Periods)),
	}
	for _, p := range found.Periods {
		out.Buckets = append(out.Buckets, bucketResponse{p.From, p.To, p.Total, append([]int{}, p.Counts...)})
	}
	return writeJSON(c, http.StatusOK, jsonType, out)
}

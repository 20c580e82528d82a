package api

import (
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/server/problem"
	"xunwen/internal/wording"
)

// suggestResponse is the answer of /api/v1/suggest.
type suggestResponse struct {
	Suggestions []suggestionResponse `json:"suggestions"`
}

type suggestionResponse struct {
	Text  string `json:"text"`
	Count int    `json:"count"`
}

// serveSuggestions completes a prefix.
func (a *API) serveSuggestions(c *gin.Context) error {
	names := []string{"q", "size"}
	values, err := param.KnownValues(c, names)
	if err != nil {
		return err
	}
	if err := param.OnlyOnce(values, names); err != nil {
		return err
	}
	size, err := param.ReadSize(values.Get("size"))
	if err != nil {
		return err
	}
	prefix := strings.TrimSpace(values.Get("q"))
	if prefix == "" {
		return &problem.Fault{
			Kind:      problem.MissingQuery,
			Parameter: "q",
			Detail:    "q: give the beginning of a word",
			Words:     func(w *wording.Words) string { return w.Problems.EmptyPrefix },
		}
	}
	if utf8.RuneCountInString(prefix) > query.MaxRunes {
		return problem.BadValue("q", fmt.Sprintf("q: more than %d characters", query.MaxRunes),
			func(w *wording.Words) string { return w.Problems.LongPrefix })
	}
	ctx := c.Request.Context()
	found, err := a.Engine.Complete(ctx, search.CompletionRequest{Text: prefix, Size: size})
	if err != nil {
		return err
	}
	out := suggestResponse{Suggestions: make([]suggestionResponse, 0, len(found))}
	for _, f := range found {
		out.Suggestions = append(out.Suggestions, suggestionResponse{f.Text, f.Count})
	}
	return writeJSON(c, http.StatusOK, jsonType, out)
}

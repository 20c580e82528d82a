package server

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/wording"
)

// suggestAnswer is what /api/v1/suggest answers.
type suggestAnswer struct {
	Suggestions []suggestionAnswer `json:"suggestions"`
}

type suggestionAnswer struct {
	Text  string `json:"text"`
	Count int    `json:"count"`
}

// suggestAPI completes a word that was begun.
func (s *server) suggestAPI(c *gin.Context) error {
	names := []string{"q", "size"}
	values, err := knownParameters(c, names)
	if err != nil {
		return err
	}
	if err := onlyOnce(values, names); err != nil {
		return err
	}
	size, err := readSize(values.Get("size"))
	if err != nil {
		return err
	}
	begun := strings.TrimSpace(values.Get("q"))
	if begun == "" {
		return &fault{kind: nothingAsked, parameter: "q",
			detail: "q: give the beginning of a word", words: func(w *wording.Words) string { return w.Problems.NoBegin }}
	}
	if utf8.RuneCountInString(begun) > query.MaxRunes {
		return badValue("q", fmt.Sprintf("q: more than %d characters", query.MaxRunes),
			func(w *wording.Words) string { return w.Problems.LongBegin })
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), engineTime)
	defer cancel()
	found, err := s.engine.Complete(ctx, search.CompletionRequest{Text: begun, Size: size})
	if err != nil {
		return err
	}
	a := suggestAnswer{Suggestions: make([]suggestionAnswer, 0, len(found))}
	for _, f := range found {
		a.Suggestions = append(a.Suggestions, suggestionAnswer{f.Text, f.Count})
	}
	return writeJSON(c, http.StatusOK, jsonType, a)
}

package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/param"
)

// newRecord returns an article for the API: no list is null.
func newRecord(a news.Article) news.Article {
	record := a
	record.Paragraphs = make([]news.Paragraph, len(a.Paragraphs))
	for i, p := range a.Paragraphs {
		p.Kind = kindOf(p.Kind)
		record.Paragraphs[i] = p
	}
	return record
}

func (a *API) serveArticle(c *gin.Context) error {
	if _, err := param.KnownValues(c, nil); err != nil {
		return err
	}
	id, err := param.ArticleID(c)
	if err != nil {
		return err
	}
	marked, err := a.Engine.Article(c.Request.Context(), search.ArticleRequest{ID: id})
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, jsonType, newRecord(marked.Article))
}

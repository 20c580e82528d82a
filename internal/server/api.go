package server

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"xunwen/internal/search"
)

const jsonType = "application/json; charset=utf-8"

func (s *server) searchAPI(c *gin.Context) error {
	values, err := knownParameters(c, questionNames)
	if err != nil {
		return err
	}
	q, err := readQuestion(values)
	if err != nil {
		return err
	}
	resp, took, err := s.ask(c.Request.Context(), q)
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, jsonType, newSearchAnswer(q, resp, took))
}

func (s *server) articleAPI(c *gin.Context) error {
	if _, err := knownParameters(c, nil); err != nil {
		return err
	}
	id, err := articleID(c)
	if err != nil {
		return err
	}
	marked, err := s.askArticle(c.Request.Context(), search.ArticleRequest{ID: id})
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, jsonType, newRecord(marked.Article))
}

// articleID returns the id in the path. It may hold anything, a slash too, when
// it is escaped.
func articleID(c *gin.Context) (string, error) {
	id, err := url.PathUnescape(c.Param("id"))
	if err != nil || id == "" {
		return "", search.ErrNotFound
	}
	return id, nil
}

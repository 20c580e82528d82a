package api

import (
	"bytes"
	"net/http"

	"github.com/gin-gonic/gin"

	"xunwen/internal/citation"
	"xunwen/internal/search"
	"xunwen/internal/server/param"
)

// openingBytes is how much of an article's text is read for its citation: an article without any
// heading is cited by how it begins.
const openingBytes = 4 << 10

// serveCitation answers /api/v1/articles/{id}/citation.
func (a *API) serveCitation(c *gin.Context) error {
	values, err := param.KnownValues(c, param.CitationNames)
	if err != nil {
		return err
	}
	style, err := param.ReadStyle(values)
	if err != nil {
		return err
	}
	id, err := param.ArticleID(c)
	if err != nil {
		return err
	}
	marked, err := a.Engine.Article(c.Request.Context(), search.ArticleRequest{ID: id, Bytes: openingBytes})
	if err != nil {
		return err
	}
	address := param.CitedAddress(marked.Article, a.Front.BaseURL(c.Request))
	var b bytes.Buffer
	w := citation.NewWriter(&b, style)
	if err := w.Write(citation.New(marked.Article, address, a.Now())); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	if style != citation.StyleGBT7714 && style != citation.StyleGBT7714Print {
		c.Header("Content-Disposition", `attachment; filename="xunwen-citation.`+style.Ending()+`"`)
	}
	c.Data(http.StatusOK, style.ContentType(), b.Bytes())
	return nil
}

// references writes an export as references in a style.
type references struct {
	*citation.Writer
	reference func(search.Hit) citation.Reference
}

func (r references) begin(exportHead) error  { return nil }
func (r references) row(row exportRow) error { return r.Write(r.reference(row.hit)) }
func (r references) flush() error            { return r.Close() }

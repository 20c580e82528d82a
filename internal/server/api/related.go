package api

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"xunwen/internal/search"
	"xunwen/internal/server/param"
)

// relatedResponse is the answer of …/similar and …/near-duplicates.
type relatedResponse struct {
	Articles []articleResponse `json:"articles"`
}

func newRelatedResponse(r search.Related) relatedResponse {
	a := relatedResponse{Articles: make([]articleResponse, 0, len(r.Hits))}
	for _, h := range r.Hits {
		a.Articles = append(a.Articles, newArticleResponse(h))
	}
	return a
}

// serveSimilar answers /api/v1/articles/{id}/similar.
func (a *API) serveSimilar(c *gin.Context) error {
	return a.serveRelated(c, []string{"size"}, func(ctx context.Context, id, size string) (search.Related, error) {
		n, err := param.ReadSize(size)
		if err != nil {
			return search.Related{}, err
		}
		return a.Engine.Similar(ctx, search.SimilarRequest{ID: id, Size: n})
	})
}

// serveNearDuplicates answers /api/v1/articles/{id}/near-duplicates.
func (a *API) serveNearDuplicates(c *gin.Context) error {
	return a.serveRelated(c, nil, func(ctx context.Context, id, _ string) (search.Related, error) {
		return a.Engine.NearDuplicates(ctx, id)
	})
}

func (a *API) serveRelated(
	c *gin.Context, known []string, ask func(ctx context.Context, id, size string) (search.Related, error),
) error {
	values, err := param.KnownValues(c, known)
	if err != nil {
		return err
	}
	if err := param.OnlyOnce(values, known); err != nil {
		return err
	}
	id, err := param.ArticleID(c)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	found, err := ask(ctx, id, values.Get("size"))
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, jsonType, newRelatedResponse(found))
}

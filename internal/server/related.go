package server

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"xunwen/internal/search"
	"xunwen/internal/wording"
)

// relatedAnswer is what …/similar and …/duplicates answer.
type relatedAnswer struct {
	Articles []articleAnswer `json:"articles"`
}

func newRelatedAnswer(r search.Related) relatedAnswer {
	a := relatedAnswer{Articles: make([]articleAnswer, 0, len(r.Hits))}
	for _, h := range r.Hits {
		a.Articles = append(a.Articles, newArticleAnswer(h))
	}
	return a
}

// similarAPI answers /api/v1/articles/{id}/similar.
func (s *server) similarAPI(c *gin.Context) error {
	return s.relatedAPI(c, []string{"size"}, func(ctx context.Context, id, size string) (search.Related, error) {
		n, err := readSize(size)
		if err != nil {
			return search.Related{}, err
		}
		return s.engine.Similar(ctx, search.SimilarRequest{ID: id, Size: n})
	})
}

// duplicatesAPI answers /api/v1/articles/{id}/duplicates.
func (s *server) duplicatesAPI(c *gin.Context) error {
	return s.relatedAPI(c, nil, func(ctx context.Context, id, _ string) (search.Related, error) {
		return s.engine.NearDuplicates(ctx, id)
	})
}

func (s *server) relatedAPI(c *gin.Context, known []string, ask func(ctx context.Context, id, size string) (search.Related, error)) error {
	values, err := knownParameters(c, known)
	if err != nil {
		return err
	}
	if err := onlyOnce(values, known); err != nil {
		return err
	}
	id, err := articleID(c)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), engineTime)
	defer cancel()
	found, err := ask(ctx, id, values.Get("size"))
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, jsonType, newRelatedAnswer(found))
}

// shownRelated is how many articles of each list stand below an article.
const shownRelated = 6

// relatedView is a list of articles below another.
type relatedView struct {
	Heading string // 相似报道
	Links   []relatedLink
	More    string // 另有 12 篇, "" when all are shown
}

type relatedLink struct {
	Link  string
	Title string
	Meta  []phrase
}

// relatedTo finds what has to do with an article. A failing engine finds
// nothing: the page is for the article.
func (s *server) relatedTo(ctx context.Context, w *wording.Words, q question, id string) []relatedView {
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	var out []relatedView
	add := func(heading string, r search.Related, err error) {
		if err == nil && len(r.Hits) > 0 {
			out = append(out, newRelatedView(w, q, heading, r.Hits))
		}
	}
	copies, err := s.engine.NearDuplicates(ctx, id)
	add(w.Article.Copies, copies, err)
	likes, err := s.engine.Similar(ctx, search.SimilarRequest{ID: id, Size: shownRelated})
	add(w.Article.Similar, likes, err)
	return out
}

func newRelatedView(w *wording.Words, q question, heading string, hits []search.Hit) relatedView {
	v := relatedView{Heading: heading}
	if more := len(hits) - shownRelated; more > 0 {
		v.More = w.MoreArticles(more)
		hits = hits[:shownRelated]
	}
	for _, h := range hits {
		title, _ := listed(w, h)
		v.Links = append(v.Links, relatedLink{
			Link: q.article(h.Article.ID), Title: title,
			Meta: present(printed(h.Article.Publication), said(h.Article.Date), printed(h.Article.Source)),
		})
	}
	return v
}

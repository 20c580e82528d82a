package api

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/server/highlight"
	"xunwen/internal/server/param"
)

// searchResponse is the answer of /api/v1/search. Every member is always present.
type searchResponse struct {
	Query         string          `json:"query"`
	Understood    string          `json:"understood"`
	Total         int             `json:"total"`
	TotalRelation search.Relation `json:"total_relation"`
	TookMS        float64         `json:"took_ms"`
	Generation    string          `json:"generation"`
	Cursor        string          `json:"cursor"`
	DidYouMean    string          `json:"did_you_mean"`
	Named         []namedResponse `json:"named"`
	Hits          []hitResponse   `json:"hits"`
	Plan          *string         `json:"plan,omitempty"`   // on request
	Facets        *facetsResponse `json:"facets,omitempty"` // on request
}

// namedResponse is a newspaper or source that an operand of a query names.
type namedResponse struct {
	Operand string          `json:"operand"`
	Field   query.FieldName `json:"field"`
	Value   string          `json:"value"`
}

type hitResponse struct {
	articleResponse
	Paragraphs []matchResponse  `json:"paragraphs"`
	Explain    *explainResponse `json:"explain,omitempty"` // on request
}

// articleResponse is a hit without paragraphs.
type articleResponse struct {
	ArticleID        string   `json:"article_id"`
	Score            float64  `json:"score"`
	Title            string   `json:"title"`
	TitleHTML        string   `json:"title_html"`
	Kicker           string   `json:"kicker"`
	Subtitle         string   `json:"subtitle"`
	Date             string   `json:"date"`
	Publication      string   `json:"publication"`
	Page             string   `json:"page"`
	PageName         string   `json:"page_name"`
	Source           string   `json:"source"`
	Byline           string   `json:"byline"`
	BylineHTML       string   `json:"byline_html"`
	URL              string   `json:"url"`
	NearDuplicates   int      `json:"near_duplicates"`
	NearDuplicateIDs []string `json:"near_duplicate_ids"`
}

type matchResponse struct {
	N           int       `json:"n"`
	Section     string    `json:"section"`
	Kind        news.Kind `json:"kind"`
	SnippetHTML string    `json:"snippet_html"`
	Score       float64   `json:"score"`
}

// newSearchResponse is the API's view of an engine's response.
func newSearchResponse(q param.Search, resp search.Response, took time.Duration) searchResponse {
	a := searchResponse{
		Query:         q.Text,
		Understood:    understood(q.Query),
		Total:         resp.Total,
		TotalRelation: resp.Relation,
		TookMS:        milliseconds(took),
		Generation:    resp.Generation,
		Cursor:        resp.Cursor,
		DidYouMean:    resp.DidYouMean,
		Named:         make([]namedResponse, len(resp.Named)),
		Hits:          make([]hitResponse, 0, len(resp.Hits)),
		Facets:        newFacetsResponse(q.Facets != nil, resp.Facets),
	}
	if q.Explain {
		a.Plan = &resp.Plan
	}
	for i, n := range resp.Named {
		a.Named[i] = namedResponse(n)
	}
	for _, h := range resp.Hits {
		a.Hits = append(a.Hits, newHitResponse(h))
	}
	return a
}

// understood is a query in the query language's own spelling, "" for none.
func understood(n query.Node) string {
	if n == nil {
		return ""
	}
	return n.String()
}

func newHitResponse(h search.Hit) hitResponse {
	a := hitResponse{articleResponse: newArticleResponse(h), Paragraphs: make([]matchResponse, 0, len(h.Paragraphs))}
	for _, m := range h.Paragraphs {
		a.Paragraphs = append(a.Paragraphs, matchResponse{
			N:           m.N,
			Section:     m.Section,
			Kind:        kindOf(m.Kind),
			SnippetHTML: highlight.SnippetHTML(m.Snippet),
			Score:       m.Score,
		})
	}
	a.Explain = newExplainResponse(h.Explanation)
	return a
}

func newArticleResponse(h search.Hit) articleResponse {
	return articleResponse{
		ArticleID:        h.Article.ID,
		Score:            h.Score,
		Title:            h.Article.Title,
		TitleHTML:        highlight.HTML(h.Article.Title, h.TitleMarks),
		Kicker:           h.Article.Kicker,
		Subtitle:         h.Article.Subtitle,
		Date:             h.Article.Date,
		Publication:      h.Article.Publication,
		Page:             h.Article.Page,
		PageName:         h.Article.PageName,
		Source:           h.Article.Source,
		Byline:           h.Article.Byline,
		BylineHTML:       highlight.HTML(h.Article.Byline, h.BylineMarks),
		URL:              h.Article.URL,
		NearDuplicates:   len(h.NearDuplicates),
		NearDuplicateIDs: h.NearDuplicateIDs(),
	}
}

func (a *API) serveSearch(c *gin.Context) error {
	values, err := param.KnownValues(c, param.SearchNames)
	if err != nil {
		return err
	}
	q, err := param.ReadSearch(values)
	if err != nil {
		return err
	}
	start := a.Now()
	resp, err := q.Find(c.Request.Context(), a.Engine)
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, jsonType, newSearchResponse(q, resp, a.Now().Sub(start)))
}

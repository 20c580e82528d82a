package server

import (
	"bytes"
	"encoding/json"
	"math"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// searchAnswer is what /api/v1/search answers. Every member is always written.
type searchAnswer struct {
	Query         string          `json:"query"`
	Total         int             `json:"total"`
	TotalRelation search.Relation `json:"total_relation"`
	TookMS        float64         `json:"took_ms"`
	Generation    string          `json:"generation"`
	Cursor        string          `json:"cursor"`
	DidYouMean    string          `json:"did_you_mean"`
	Hits          []hitAnswer     `json:"hits"`
	Facets        *facetsAnswer   `json:"facets,omitempty"` // on request
}

type hitAnswer struct {
	articleAnswer
	Paragraphs []matchAnswer  `json:"paragraphs"`
	Explain    *explainAnswer `json:"explain,omitempty"` // on request
}

// articleAnswer is a hit without paragraphs.
type articleAnswer struct {
	ArticleID    string   `json:"article_id"`
	Score        float64  `json:"score"`
	Title        string   `json:"title"`
	TitleHTML    string   `json:"title_html"`
	Kicker       string   `json:"kicker"`
	Subtitle     string   `json:"subtitle"`
	Date         string   `json:"date"`
	Publication  string   `json:"publication"`
	Page         string   `json:"page"`
	PageName     string   `json:"page_name"`
	Source       string   `json:"source"`
	Byline       string   `json:"byline"`
	URL          string   `json:"url"`
	Duplicates   int      `json:"duplicates"`
	DuplicateIDs []string `json:"duplicate_ids"`
}

type matchAnswer struct {
	N           int       `json:"n"`
	Section     string    `json:"section"`
	Kind        news.Kind `json:"kind"`
	SnippetHTML string    `json:"snippet_html"`
	Score       float64   `json:"score"`
}

type healthAnswer struct {
	Status  string `json:"status"`
	Version string `json:"version"`
}

type readyAnswer struct {
	Status     string `json:"status"`
	Generation string `json:"generation"`
}

// newSearchAnswer is the API's view of an engine's response.
func newSearchAnswer(q question, resp search.Response, took time.Duration) searchAnswer {
	a := searchAnswer{
		Query:         q.Text,
		Total:         resp.Total,
		TotalRelation: resp.Relation,
		TookMS:        milliseconds(took),
		Generation:    resp.Generation,
		Cursor:        resp.Cursor,
		DidYouMean:    resp.DidYouMean,
		Hits:          make([]hitAnswer, 0, len(resp.Hits)),
		Facets:        newFacetsAnswer(q.Facets, resp.Facets),
	}
	for _, h := range resp.Hits {
		a.Hits = append(a.Hits, newHitAnswer(h))
	}
	return a
}

func newHitAnswer(h search.Hit) hitAnswer {
	a := hitAnswer{articleAnswer: newArticleAnswer(h), Paragraphs: make([]matchAnswer, 0, len(h.Paragraphs))}
	for _, m := range h.Paragraphs {
		a.Paragraphs = append(a.Paragraphs, matchAnswer{
			N: m.N, Section: m.Section, Kind: kindOf(m.Kind), SnippetHTML: snippetHTML(m.Snippet), Score: m.Score,
		})
	}
	a.Explain = newExplainAnswer(h.Explanation)
	return a
}

func newArticleAnswer(h search.Hit) articleAnswer {
	return articleAnswer{
		ArticleID:    h.Article.ID,
		Score:        h.Score,
		Title:        h.Article.Title,
		TitleHTML:    markHTML(h.Article.Title, h.TitleMarks),
		Kicker:       h.Article.Kicker,
		Subtitle:     h.Article.Subtitle,
		Date:         h.Article.Date,
		Publication:  h.Article.Publication,
		Page:         h.Article.Page,
		PageName:     h.Article.PageName,
		Source:       h.Article.Source,
		Byline:       h.Article.Byline,
		URL:          h.Article.URL,
		Duplicates:   len(h.NearDuplicates),
		DuplicateIDs: h.NearDuplicateIDs(),
	}
}

// newRecord is an article as the API writes it: no list is null.
func newRecord(a news.Article) news.Article {
	record := a
	record.Paragraphs = make([]news.Paragraph, len(a.Paragraphs))
	for i, p := range a.Paragraphs {
		p.Kind = kindOf(p.Kind)
		record.Paragraphs[i] = p
	}
	return record
}

func kindOf(k news.Kind) news.Kind {
	if k == "" {
		return news.Body
	}
	return k
}

// milliseconds rounds to a microsecond: finer is noise.
func milliseconds(d time.Duration) float64 {
	return math.Round(float64(d)/float64(time.Microsecond)) / 1000
}

// writeJSON writes v whole or not at all. Text stays as it is: the API's HTML
// is escaped already, and JSON is never put into a page.
func writeJSON(c *gin.Context, status int, contentType string, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	c.Data(status, contentType, b.Bytes())
	return nil
}

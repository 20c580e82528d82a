package server

import (
	"context"
	"strconv"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// endless is an engine whose articles have values of any length.
type endless struct {
	stub
	publications search.Publications
	issue        search.Issue
}

func (e *endless) Publications(context.Context) (search.Publications, error) {
	return e.publications, nil
}

func (e *endless) Issue(context.Context, search.IssueRequest) (search.Issue, error) {
	return e.issue, nil
}

// newEndless returns an engine whose values have so many bytes, and that lists so many articles.
func newEndless(size, articles int) *endless {
	long := strings.Repeat("桥", size/3)
	a := news.Article{
		ID: "long", Title: long, Kicker: long, Subtitle: long, Byline: long, Source: long, Publication: long,
		Page: long, PageName: long, File: long, URL: "https://example.org/" + long, Date: "2026-03-12",
	}
	hit := search.Hit{
		Article: a, TitleMarks: []search.Span{{Start: 0, End: size}}, BylineMarks: []search.Span{{Start: 0, End: 3}},
		Paragraphs:     []search.Match{{N: 1, Section: long}},
		NearDuplicates: []search.NearDuplicate{{ID: "b", Publication: long}},
		MarkedTexts:    []search.Marked{{N: 1, Section: long, Text: "大桥", Marks: []search.Span{{Start: 0, End: 3}}}},
	}
	e := &endless{}
	for i := range 10 {
		e.response.Hits = append(e.response.Hits, hit)
		a.Paragraphs = append(a.Paragraphs, news.Paragraph{Section: strconv.Itoa(i) + long, Text: "大桥"})
	}
	values := []search.ValueCount{{Value: long, Count: 1}}
	e.response.Facets = &search.Facets{Publication: values, Section: values, Source: values, PageName: values}
	e.response.Named = []search.Named{{Operand: "x", Field: "publication", Value: long}}
	e.response.Total, e.response.Relation = 10, search.Eq
	e.article.Article = a
	e.similar.Hits, e.nearDuplicates.Hits = e.response.Hits, e.response.Hits
	page := search.IssuePage{Page: long, Name: long}
	for range articles {
		e.publications.List = append(e.publications.List, search.Publication{Value: "临江日报", Count: 1})
		page.Articles = append(page.Articles, search.IssueArticle{ID: "long", Title: long})
	}
	e.issue.Pages = append(e.issue.Pages, page)
	return e
}

// TestPagesOfLongValues checks that titles, names and addresses of 100 KB, and lists of any
// length, make no large page or feed, and that the API has the values whole.
func TestPagesOfLongValues(t *testing.T) {
	const size = 99_999
	for _, tc := range []struct {
		path string
		most int // KB
	}{
		{"/search?q=x", 150}, {"/search?q=x&view=kwic", 150}, {"/articles/long?q=x", 150}, {"/articles/long", 150},
		{"/feed.atom?q=x", 50}, {"/", 100},
	} {
		w := get(t, newEndless(size, 1), tc.path)
		if w.Code != 200 || w.Body.Len() > tc.most<<10 {
			t.Errorf("%s: status %d, %d KB, want at most %d", tc.path, w.Code, w.Body.Len()>>10, tc.most)
		}
	}
	for _, path := range []string{"/browse", "/browse?publication=x&date=2026-03-12"} {
		w := get(t, newEndless(3000, 20_000), path)
		if w.Code != 200 || w.Body.Len() > 1500<<10 || !strings.Contains(w.Body.String(), "另有 19,000 ") {
			t.Errorf("%s: status %d, %d KB", path, w.Code, w.Body.Len()>>10)
		}
	}
	for path, times := range map[string]int{
		"/api/v1/articles/long": 10, "/api/v1/search?q=x": 60, "/api/v1/articles/long/similar?size=1": 6,
	} {
		if w := get(t, newEndless(size, 1), path); w.Body.Len() < times*size {
			t.Errorf("%s: %d KB, want the values whole", path, w.Body.Len()>>10)
		}
	}
}

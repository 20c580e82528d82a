package api

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"xunwen/internal/search"
	"xunwen/internal/server/param"
)

// publicationsResponse is the answer of /api/v1/issues without parameters.
type publicationsResponse struct {
	Publications []publicationResponse `json:"publications"`
}

type publicationResponse struct {
	Value string `json:"value"`
	Count int    `json:"count"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// issuesResponse is its answer for a publication.
type issuesResponse struct {
	Issues []issueDateResponse `json:"issues"`
}

type issueDateResponse struct {
	Date  string `json:"date"`
	Count int    `json:"count"`
}

// issueResponse is its answer for a day.
type issueResponse struct {
	Pages    []pageResponse `json:"pages"`
	Previous string         `json:"previous"`
	Next     string         `json:"next"`
}

type pageResponse struct {
	Page     string                 `json:"page"`
	PageName string                 `json:"page_name"`
	Articles []issueArticleResponse `json:"articles"`
}

type issueArticleResponse struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// serveIssues lists publications, the days of one, or its pages on a day. A date without
// a publication means the articles that name no publication.
func (a *API) serveIssues(c *gin.Context) error {
	names := []string{"publication", "date"}
	values, err := param.KnownValues(c, names)
	if err != nil {
		return err
	}
	if err := param.OnlyOnce(values, names); err != nil {
		return err
	}
	day, err := param.ReadDay("date", values.Get("date"))
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	publication := values.Get("publication")
	var answer any
	switch {
	case day != "":
		answer, err = a.issueAnswer(ctx, search.IssueRequest{Publication: publication, Date: day})
	case publication != "":
		answer, err = a.issueDates(ctx, publication)
	default:
		answer, err = a.publications(ctx)
	}
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, jsonType, answer)
}

func (a *API) publications(ctx context.Context) (publicationsResponse, error) {
	found, err := a.Engine.Publications(ctx)
	out := publicationsResponse{Publications: make([]publicationResponse, 0, len(found.List))}
	for _, p := range found.List {
		out.Publications = append(out.Publications, publicationResponse{p.Value, p.Count, p.From, p.To})
	}
	return out, err
}

func (a *API) issueDates(ctx context.Context, publication string) (issuesResponse, error) {
	found, err := a.Engine.Issues(ctx, publication)
	out := issuesResponse{Issues: make([]issueDateResponse, 0, len(found.List))}
	for _, d := range found.List {
		out.Issues = append(out.Issues, issueDateResponse{d.Date, d.Count})
	}
	return out, err
}

func (a *API) issueAnswer(ctx context.Context, r search.IssueRequest) (issueResponse, error) {
	found, err := a.Engine.Issue(ctx, r)
	out := issueResponse{Pages: make([]pageResponse, 0, len(found.Pages)), Previous: found.Previous, Next: found.Next}
	for _, p := range found.Pages {
		page := pageResponse{Page: p.Page, PageName: p.Name, Articles: make([]issueArticleResponse, 0, len(p.Articles))}
		for _, x := range p.Articles {
			page.Articles = append(page.Articles, issueArticleResponse{x.ID, x.Title})
		}
		out.Pages = append(out.Pages, page)
	}
	return out, err
}

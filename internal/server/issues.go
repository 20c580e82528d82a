package server

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"xunwen/internal/search"
)

// publicationsAnswer is what /api/v1/issues answers without parameters.
type publicationsAnswer struct {
	Publications []publicationAnswer `json:"publications"`
}

type publicationAnswer struct {
	Value string `json:"value"`
	Count int    `json:"count"`
	From  string `json:"from"`
	To    string `json:"to"`
}

// issuesAnswer is what it answers for a publication.
type issuesAnswer struct {
	Issues []issueDateAnswer `json:"issues"`
}

type issueDateAnswer struct {
	Date  string `json:"date"`
	Count int    `json:"count"`
}

// issueAnswer is what it answers for a day.
type issueAnswer struct {
	Pages    []pageAnswer `json:"pages"`
	Previous string       `json:"previous"`
	Next     string       `json:"next"`
}

type pageAnswer struct {
	Page     string          `json:"page"`
	PageName string          `json:"page_name"`
	Articles []printedAnswer `json:"articles"`
}

type printedAnswer struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// issuesAPI lists publications, the days of one, or what it printed on a day.
// With a date, no publication means the articles that name none.
func (s *server) issuesAPI(c *gin.Context) error {
	names := []string{"publication", "date"}
	values, err := knownParameters(c, names)
	if err != nil {
		return err
	}
	if err := onlyOnce(values, names); err != nil {
		return err
	}
	day, err := readDay("date", values.Get("date"))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), engineTime)
	defer cancel()
	publication := values.Get("publication")
	var answer any
	switch {
	case day != "":
		answer, err = s.issueAnswer(ctx, search.IssueRequest{Publication: publication, Date: day})
	case publication != "":
		answer, err = s.issueDates(ctx, publication)
	default:
		answer, err = s.publications(ctx)
	}
	if err != nil {
		return err
	}
	return writeJSON(c, http.StatusOK, jsonType, answer)
}

func (s *server) publications(ctx context.Context) (publicationsAnswer, error) {
	found, err := s.engine.Publications(ctx)
	a := publicationsAnswer{Publications: make([]publicationAnswer, 0, len(found.List))}
	for _, p := range found.List {
		a.Publications = append(a.Publications, publicationAnswer{p.Value, p.Count, p.From, p.To})
	}
	return a, err
}

func (s *server) issueDates(ctx context.Context, publication string) (issuesAnswer, error) {
	found, err := s.engine.Issues(ctx, publication)
	a := issuesAnswer{Issues: make([]issueDateAnswer, 0, len(found.List))}
	for _, d := range found.List {
		a.Issues = append(a.Issues, issueDateAnswer{d.Date, d.Count})
	}
	return a, err
}

func (s *server) issueAnswer(ctx context.Context, r search.IssueRequest) (issueAnswer, error) {
	found, err := s.engine.Issue(ctx, r)
	a := issueAnswer{Pages: make([]pageAnswer, 0, len(found.Pages)), Previous: found.Previous, Next: found.Next}
	for _, p := range found.Pages {
		page := pageAnswer{Page: p.Page, PageName: p.Name, Articles: make([]printedAnswer, 0, len(p.Articles))}
		for _, x := range p.Articles {
			page.Articles = append(page.Articles, printedAnswer{x.ID, x.Title})
		}
		a.Pages = append(a.Pages, page)
	}
	return a, err
}

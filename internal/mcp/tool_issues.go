package mcp

import (
	"context"
	"fmt"
	"strings"

	"xunwen/internal/search"
	"xunwen/internal/server/param"
)

type issuesInput struct {
	Publication string `json:"publication,omitempty" jsonschema:"newspaper (报纸), by its exact name; without it, the newspapers are listed"`
	Date        string `json:"date,omitempty" jsonschema:"day (日期), YYYY-MM-DD: lists the pages and articles of its issue"`
	From        string `json:"from,omitempty" jsonschema:"first day that is listed (起始日期), YYYY-MM-DD"`
	To          string `json:"to,omitempty" jsonschema:"last day that is listed (截止日期), YYYY-MM-DD"`
}

type issuesOutput struct {
	Generation   string        `json:"generation"`
	Publications []publication `json:"publications" jsonschema:"newspapers, the largest first, if none was given"`
	Days         []issueDay    `json:"days" jsonschema:"days with an issue (出版日期), if no date was given"`
	Pages        []issuePage   `json:"pages" jsonschema:"pages (版面) of the day"`
	Previous     string        `json:"previous" jsonschema:"day of the issue before, or empty"`
	Next         string        `json:"next" jsonschema:"day of the issue after, or empty"`
	Omitted      int           `json:"omitted" jsonschema:"newspapers, days or articles that are not listed: narrow from and to"`
}

type publication struct {
	Name  string `json:"name"`
	Count int    `json:"count" jsonschema:"articles"`
	From  string `json:"from" jsonschema:"first issue"`
	To    string `json:"to" jsonschema:"last issue"`
}

type issueDay struct {
	Date  string `json:"date"`
	Count int    `json:"count" jsonschema:"articles"`
}

type issuePage struct {
	Page     string         `json:"page" jsonschema:"版次"`
	PageName string         `json:"page_name" jsonschema:"版名"`
	Articles []issueArticle `json:"articles"`
}

type issueArticle struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Bounds of issues.
const (
	maxPublications  = 200
	maxDays          = 366
	maxIssueArticles = 500
)

func (s *Server) addIssues() {
	add(s, tool{
		name:  "issues",
		title: "版面 Issues",
		description: "List what the archive holds (馆藏): its newspapers with their first and last day; the days of one " +
			"newspaper; or, with a date, the pages and articles of one issue.",
	}, s.issues)
}

func (s *Server) issues(ctx context.Context, in issuesInput) (issuesOutput, string, error) {
	out := issuesOutput{Publications: []publication{}, Days: []issueDay{}, Pages: []issuePage{}}
	days := map[string]string{"date": in.Date, "from": in.From, "to": in.To}
	for _, name := range []string{"date", "from", "to"} {
		if _, err := param.ReadDay(name, days[name]); err != nil {
			return out, "", err
		}
	}
	list := s.listPublications
	switch {
	case in.Date != "":
		list = s.listPages
	case in.Publication != "":
		list = s.listDays
	}
	if err := list(ctx, in, &out); err != nil {
		return out, "", err
	}
	return out, out.text(), nil
}

func (s *Server) listPublications(ctx context.Context, _ issuesInput, out *issuesOutput) error {
	found, err := s.engine.Publications(ctx)
	if err != nil {
		return err
	}
	out.Generation = found.Generation
	for _, p := range found.List[:min(len(found.List), maxPublications)] {
		out.Publications = append(out.Publications, publication{p.Value, p.Count, p.From, p.To})
	}
	out.Omitted = len(found.List) - len(out.Publications)
	return nil
}

func (s *Server) listDays(ctx context.Context, in issuesInput, out *issuesOutput) error {
	found, err := s.engine.Issues(ctx, in.Publication)
	if err != nil {
		return err
	}
	out.Generation = found.Generation
	for _, d := range found.List {
		switch {
		case in.From != "" && d.Date < in.From || in.To != "" && d.Date > in.To:
		case len(out.Days) == maxDays:
			out.Omitted++
		default:
			out.Days = append(out.Days, issueDay(d))
		}
	}
	return nil
}

func (s *Server) listPages(ctx context.Context, in issuesInput, out *issuesOutput) error {
	found, err := s.engine.Issue(ctx, search.IssueRequest{Publication: in.Publication, Date: in.Date})
	if err != nil {
		return err
	}
	out.Generation, out.Previous, out.Next = found.Generation, found.Previous, found.Next
	count := 0
	for _, p := range found.Pages {
		page := issuePage{shortened(p.Page, maxValue), shortened(p.Name, maxValue), []issueArticle{}}
		for _, a := range p.Articles {
			if count++; count > maxIssueArticles {
				out.Omitted++
				continue
			}
			page.Articles = append(page.Articles, issueArticle{a.ID, shortened(a.Title, maxValue)})
		}
		out.Pages = append(out.Pages, page)
	}
	return nil
}

func (out issuesOutput) text() string {
	var b strings.Builder
	for _, p := range out.Publications {
		fmt.Fprintf(&b, "%s: %d articles, %s to %s\n", p.Name, p.Count, p.From, p.To)
	}
	for _, d := range out.Days {
		fmt.Fprintf(&b, "%s: %d articles\n", d.Date, d.Count)
	}
	for _, p := range out.Pages {
		fmt.Fprintf(&b, "第%s版 %s\n", p.Page, p.PageName)
		for _, a := range p.Articles {
			fmt.Fprintf(&b, "   %s · id: %s\n", a.Title, a.ID)
		}
	}
	if out.Omitted > 0 {
		fmt.Fprintf(&b, "%d more are not listed: narrow from and to\n", out.Omitted)
	}
	if b.Len() == 0 {
		b.WriteString("nothing: issues without arguments lists the newspapers\n")
	}
	return b.String()
}

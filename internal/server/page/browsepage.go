package page

import (
	"context"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

const browsePath = "/browse"

// maxListed is how many newspapers a page lists, the largest first, and how many articles of an
// issue.
const maxListed = 1000

// browsePage leads from publications to a calendar, to an issue, to its pages. It
// has one of Publications, Calendar and Issue.
type browsePage struct {
	frame
	Breadcrumb   []choice // from all newspapers to here
	Heading      richText
	Empty        string // why there is nothing to show, else ""
	Search       string // address of a search in these articles, "" for none
	Count        string // of these articles, "" if unknown
	Publications []publicationView
	More         string // of the publications, 另有 12 份报纸, "" if all are listed
	Calendar     *calendarView
	Issue        *issueView
}

type publicationView struct {
	Name        richText
	Link        string
	Count, Span string
}

// serveBrowse answers /browse.
func (s *Site) serveBrowse(c *gin.Context) error {
	values, err := param.Values(c)
	if err != nil {
		return err
	}
	day, err := param.ReadDay("date", values.Get("date"))
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	at := location{values.Get("publication"), day, values.Get("page")}
	w := s.words.of(c.Request)
	var page browsePage
	switch {
	case day != "":
		page, err = s.browseIssue(ctx, w, at)
	case values.Has("publication"):
		page, err = s.browseCalendar(ctx, w, at, values.Get("year"))
	default:
		page, err = s.browsePublications(ctx, w)
	}
	if err != nil {
		return err
	}
	heading := page.Heading.plain()
	page.frame = s.paperFrame(c.Request, w.Title(heading), w.BrowseAbout(heading))
	return s.writePage(c, http.StatusOK, "browse", page)
}

// location identifies a publication, or an issue or a page of it.
type location struct{ publication, date, page string }

// link returns the address of its page.
func (p location) link() string {
	address := browsePath + "?publication=" + url.QueryEscape(p.publication)
	if p.date != "" {
		address += "&date=" + p.date
	}
	if p.page != "" {
		address += "&page=" + url.QueryEscape(p.page)
	}
	return address
}

func (p location) name(w *wording.Words) richText {
	if p.publication == "" {
		return uiText(w.Browse.Unnamed)
	}
	return sourceText(p.publication)
}

// search returns the address of a search there, "" if no filter selects it.
func (p location) search() string {
	if p.publication == "" {
		return ""
	}
	q := param.Search{By: search.ByArticle, Sort: search.ByRelevance, Size: param.DefaultSize}
	q.Filter.From, q.Filter.To = p.date, p.date
	q.Filter.Publication = []string{p.publication}
	if p.page != "" {
		q.Filter.Page = []string{p.page}
	}
	return q.Results()
}

// breadcrumb returns links from all newspapers to here.
func (p location) breadcrumb(w *wording.Words) []choice {
	out := []choice{{Label: uiText(w.Browse.All), Link: browsePath}}
	if p.date != "" {
		out = append(out, choice{Label: p.name(w), Link: location{publication: p.publication}.link()})
	}
	if p.page != "" {
		issue := location{publication: p.publication, date: p.date}
		out = append(out, choice{Label: uiText(longDate(w, p.date)), Link: issue.link()})
	}
	return out
}

func (s *Site) browsePublications(ctx context.Context, w *wording.Words) (browsePage, error) {
	found, err := s.engine.Publications(ctx)
	page := browsePage{Heading: uiText(w.Browse.Title)}
	if more := len(found.List) - maxListed; more > 0 {
		found.List, page.More = found.List[:maxListed], w.MorePublications(more)
	}
	for _, p := range found.List {
		at := location{publication: p.Value}
		v := publicationView{Name: at.name(w), Link: at.link(), Count: w.Articles(p.Count)}
		if p.From != "" {
			v.Span = w.DateSpan(p.From, p.To)
		}
		page.Publications = append(page.Publications, v)
	}
	if len(page.Publications) == 0 {
		page.Empty = w.Browse.NoArticles
	}
	return page, err
}

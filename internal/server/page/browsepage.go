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

// browsePage leads from publications to a calendar, to an issue, to its pages.
// One of Publications, Calendar and Issue is there.
type browsePage struct {
	frame
	Trail        []choice // the way here, from the whole to the part
	Heading      richText
	Empty        string // why there is nothing to show
	Search       string // address of a search in what is shown, "" for none
	Count        string // of articles in it, "" where it isn't known
	Publications []publicationView
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
	at := place{values.Get("publication"), day, values.Get("page")}
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

// place is a place among newspapers.
type place struct{ publication, date, page string }

// link is its address.
func (p place) link() string {
	address := browsePath + "?publication=" + url.QueryEscape(p.publication)
	if p.date != "" {
		address += "&date=" + p.date
	}
	if p.page != "" {
		address += "&page=" + url.QueryEscape(p.page)
	}
	return address
}

func (p place) name(w *wording.Words) richText {
	if p.publication == "" {
		return uiText(w.Browse.Unnamed)
	}
	return sourceText(p.publication)
}

// search is the address of a search in the place; "" where no filter stands for
// it.
func (p place) search() string {
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

// trail leads to the place from the whole.
func (p place) trail(w *wording.Words) []choice {
	out := []choice{{Label: uiText(w.Browse.All), Link: browsePath}}
	if p.date != "" {
		out = append(out, choice{Label: p.name(w), Link: place{publication: p.publication}.link()})
	}
	if p.page != "" {
		out = append(out, choice{Label: uiText(longDate(w, p.date)), Link: place{publication: p.publication, date: p.date}.link()})
	}
	return out
}

func (s *Site) browsePublications(ctx context.Context, w *wording.Words) (browsePage, error) {
	found, err := s.engine.Publications(ctx)
	page := browsePage{Heading: uiText(w.Browse.Title)}
	for _, p := range found.List {
		at := place{publication: p.Value}
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

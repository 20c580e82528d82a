package page

import (
	"cmp"
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/story"
	"xunwen/internal/wording"
)

// versionsPage shows the versions of a story, and two of them side by side.
type versionsPage struct {
	frame
	Heading richText
	Article string // address of the article
	Summary string
	Rows    []versionRow
	Notes   []string // what was left out
	CSV     string   // addresses of the list
	JSON    string

	Differences *differencesView // nil for a single version
}

// versionRow is a version in the table.
type versionRow struct {
	Link    string
	Title   string
	Date    richText
	After   string // than the first version
	Paper   richText
	Page    richText
	Own     bool // it is the article that the page is about
	Kept    string
	Cut     string
	Added   string
	Compare string // address, "" for the article itself
}

// differencesView is two versions side by side.
type differencesView struct {
	First, Next richText // their newspapers and days
	Counts      string
	Notes       []string
	Rows        []story.Row
	JSON        string
}

// serveVersions answers /articles/{id}/versions.
func (s *Site) serveVersions(c *gin.Context) error {
	id, err := param.ArticleID(c)
	if err != nil {
		return err
	}
	values, err := param.Values(c)
	if err != nil {
		return err
	}
	with, err := param.ReadWith(values)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	found, err := story.Find(ctx, s.engine, id)
	if err != nil {
		return err
	}
	w := s.words.of(c.Request)
	page := newVersionsPage(w, found, id)
	page.frame = s.versionsFrame(c.Request, page.Heading)
	if with = cmp.Or(with, otherVersion(found, id)); with != "" {
		if page.Differences, err = s.differences(ctx, w, id, with); err != nil {
			return err
		}
	}
	return s.writePage(c, http.StatusOK, "versions", page)
}

func (s *Site) versionsFrame(r *http.Request, heading richText) frame {
	w := s.words.of(r)
	f := s.newFrame(r, w.Title(heading.plain()), w.Story.About, box{})
	f.Styles = s.assets.stylesOf("app", "paper", "versions")
	return f
}

// otherVersion returns the id of the version that one is compared with at first: the first one, or
// for that one the next that differs. It returns "" if there is no other.
func otherVersion(s story.Story, id string) string {
	if len(s.Versions) < 2 {
		return ""
	}
	if first := s.Versions[0].Article.ID; first != id {
		return first
	}
	for _, v := range s.Versions[1:] {
		if v.Since != nil && v.Since.Cut+v.Since.Added > 0 {
			return v.Article.ID
		}
	}
	return s.Versions[1].Article.ID
}

// newVersionsPage returns the page of an article without the differences.
func newVersionsPage(w *wording.Words, s story.Story, id string) versionsPage {
	p := versionsPage{
		Article: param.PlainArticle(id),
		Summary: w.VersionCount(s.Total, s.Newspapers()),
		CSV:     param.VersionsData(id, "csv"),
		JSON:    param.VersionsData(id, "json"),
	}
	partly := false
	for _, v := range s.Versions {
		title, _ := listHeading(w, search.Hit{Article: v.Article, Opening: v.Opening})
		if v.Article.ID == id {
			p.Heading = interpolate(w.Story.Of, title)
		}
		p.Rows = append(p.Rows, newVersionRow(w, v, title, id))
		partly = partly || v.Since != nil && !v.Since.Complete
	}
	if n := s.Total - len(s.Versions); n > 0 {
		p.Notes = append(p.Notes, w.VersionsLeftOut(n))
	}
	if s.LeftOut > 0 {
		p.Notes = append(p.Notes, w.ComparedWithout(s.LeftOut))
	}
	if partly {
		p.Notes = append(p.Notes, w.Story.Beginnings)
	}
	return p
}

func newVersionRow(w *wording.Words, v story.Version, title, id string) versionRow {
	a := v.Article
	row := versionRow{
		Link: param.PlainArticle(a.ID), Title: title, Date: uiText(a.Date),
		Paper: sourceText(a.Publication), Page: pageWords(w, a.Page, a.PageName),
		Own: a.ID == id, Kept: w.Story.NotCompared,
	}
	switch {
	case v.First:
		row.After = w.Story.First
	case v.Days >= 0:
		row.After = w.DaysAfter(v.Days)
	}
	if n := v.Since; n != nil {
		row.Kept, row.Cut, row.Added = wording.Grouped(n.Kept), wording.Grouped(n.Cut), wording.Grouped(n.Added)
	}
	if !row.Own {
		row.Compare = param.VersionsWith(id, a.ID)
	}
	return row
}

// differences compares two articles.
func (s *Site) differences(ctx context.Context, w *wording.Words, id, other string) (*differencesView, error) {
	first, next, d, err := story.Between(ctx, s.engine, id, other)
	if err != nil {
		return nil, err
	}
	v := &differencesView{
		First: printedWords(w, first), Next: printedWords(w, next),
		Counts: w.Changed(d.Kept, d.Cut, d.Added), Rows: d.Rows, JSON: param.DifferencesData(id, other),
	}
	if d.Cut+d.Added == 0 {
		v.Notes = append(v.Notes, w.Story.Identical)
	}
	if !d.Complete {
		v.Notes = append(v.Notes, w.Story.Beginnings)
	}
	return v, nil
}

// printedWords says where and when an article was printed.
func printedWords(w *wording.Words, a news.Article) richText {
	return join(" · ", sourceText(a.Publication), uiText(a.Date), pageWords(w, a.Page, a.PageName))
}

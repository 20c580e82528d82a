package api

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/highlight"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

// feedLanguage is the language of feeds and of the OpenSearch description: programs keep
// them for long and don't send their reader's language.
const feedLanguage = wording.Chinese

// atomFeed is a feed according to RFC 4287.
type atomFeed struct {
	XMLName   xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang      string      `xml:"xml:lang,attr"`
	ID        string      `xml:"id"`
	Title     string      `xml:"title"`
	Subtitle  string      `xml:"subtitle"`
	Updated   string      `xml:"updated"`
	Author    atomPerson  `xml:"author"`
	Generator string      `xml:"generator"`
	Links     []atomLink  `xml:"link"`
	Entries   []atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID        string      `xml:"id"`
	Title     string      `xml:"title"`
	Updated   string      `xml:"updated"`
	Published string      `xml:"published"`
	Author    *atomPerson `xml:"author"`
	Link      atomLink    `xml:"link"`
	Summary   atomText    `xml:"summary"`
}

type atomText struct {
	Type string `xml:"type,attr"`
	Text string `xml:",chardata"`
}

// serveFeed answers /feed.atom: the newest hits of a query.
func (a *API) serveFeed(c *gin.Context) error {
	values, err := param.KnownValues(c, param.FeedNames)
	if err != nil {
		return err
	}
	q, err := param.ReadSearch(values)
	if err != nil {
		return err
	}
	q.Sort = search.Newest
	resp, err := q.Find(c.Request.Context(), a.Engine)
	if err != nil {
		return err
	}
	feed := newFeed(wording.In(feedLanguage), a.Proxies.BaseURL(c.Request), q, resp.Hits)
	return writeXML(c, "application/atom+xml; charset=utf-8", feed)
}

// newFeed returns the feed of a search; base is the server's address.
func newFeed(w *wording.Words, base string, q param.Search, hits []search.Hit) atomFeed {
	title := q.Text
	if q.Blank() {
		title = w.Results.FilteredTitle
	}
	f := atomFeed{
		Lang:      string(w.Language),
		ID:        urn("feed", q.FeedAddress()),
		Title:     w.Title(title),
		Subtitle:  w.FeedSubtitle(title),
		Updated:   feedTime(""),
		Author:    atomPerson{w.Site.Name},
		Generator: "Xunwen 寻闻",
		Links: []atomLink{
			{"self", "application/atom+xml", base + q.SizedFeedAddress()},
			{"alternate", "text/html", base + q.Results()},
		},
	}
	for i, h := range hits {
		e := newEntry(w, base, h)
		if i == 0 {
			f.Updated = e.Updated
		}
		f.Entries = append(f.Entries, e)
	}
	return f
}

func newEntry(w *wording.Words, base string, h search.Hit) atomEntry {
	a := h.Article
	title := cmp.Or(h.Opening, a.DisplayTitle(), w.Site.Untitled)
	e := atomEntry{
		ID: urn("article", a.ID), Title: title, Updated: feedTime(a.Date), Published: feedTime(a.Date),
		Link: atomLink{"alternate", "text/html", base + param.ArticlesPath + url.PathEscape(a.ID)},
	}
	if by := strings.TrimSpace(a.Publication + " " + a.Byline); by != "" {
		e.Author = &atomPerson{by}
	}
	var text strings.Builder
	for _, p := range h.Paragraphs {
		text.WriteString("<p>" + highlight.SnippetHTML(p.Snippet) + "</p>")
	}
	e.Summary = atomText{"html", text.String()}
	return e
}

// newsZone is the time zone of the newspapers' dates: China's.
var newsZone = time.FixedZone("", 8*60*60)

// feedTime returns the start of a day as RFC 3339. Articles without a date are older than
// all others.
func feedTime(date string) string {
	t, err := time.ParseInLocation(news.DateLayout, date, newsZone)
	if err != nil {
		t = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return t.Format(time.RFC3339)
}

// urn returns an id that never changes, whatever the address of the server: a UUID
// derived from kind and name (RFC 9562, version 8).
func urn(kind, name string) string {
	sum := sha256.Sum256([]byte("xunwen " + kind + " " + name))
	u := sum[:16]
	u[6] = u[6]&0x0f | 0x80
	u[8] = u[8]&0x3f | 0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

func writeXML(c *gin.Context, contentType string, v any) error {
	var b bytes.Buffer
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", " ")
	if err := enc.Encode(v); err != nil {
		return err
	}
	c.Data(http.StatusOK, contentType, b.Bytes())
	return nil
}

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
	"xunwen/internal/server/clip"
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
	Published string      `xml:"published,omitempty"`
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
	resp, err := q.Find(c.Request.Context(), clip.Engine(a.Engine))
	if err != nil {
		return err
	}
	feed := newFeed(wording.In(feedLanguage), a.Front.BaseURL(c.Request), q, resp)
	return writeXML(c, "application/atom+xml; charset=utf-8", feed)
}

// newFeed returns the feed of a response; base is the server's address. What has no date
// of its own has the time at which the index was built.
func newFeed(w *wording.Words, base string, q param.Search, resp search.Response) atomFeed {
	built := buildTime(resp.Generation)
	title := q.Text
	if q.Blank() {
		title = w.Results.FilteredTitle
	}
	f := atomFeed{
		Lang:      string(w.Language),
		ID:        urn("feed", q.FeedAddress()),
		Title:     w.Title(title),
		Subtitle:  w.FeedSubtitle(title),
		Updated:   built,
		Author:    atomPerson{w.Site.Name},
		Generator: "Xunwen 寻闻",
		Links: []atomLink{
			{"self", "application/atom+xml", base + q.SizedFeedAddress()},
			{"alternate", "text/html", base + q.Results()},
		},
	}
	for i, h := range resp.Hits {
		e := newEntry(w, base, h)
		e.Updated = cmp.Or(e.Published, built)
		if i == 0 {
			f.Updated = e.Updated
		}
		f.Entries = append(f.Entries, e)
	}
	return f
}

// newEntry returns the entry of a hit but for Updated.
func newEntry(w *wording.Words, base string, h search.Hit) atomEntry {
	a := h.Article
	title := cmp.Or(h.Opening, a.DisplayTitle(), w.Site.Untitled)
	e := atomEntry{
		ID: urn("article", a.ID), Title: title, Published: feedTime(a.Date),
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

// feedTime returns the start of a day as RFC 3339, "" for no day.
func feedTime(date string) string {
	t, err := time.ParseInLocation(news.DateLayout, date, newsZone)
	if err != nil {
		return ""
	}
	return t.Format(time.RFC3339)
}

// generationLayout is the time of the build, in UTC, that a generation's name begins with.
const generationLayout = "20060102T150405"

// buildTime returns the time of a generation's build as RFC 3339; for no generation, the
// earliest time that all feed readers understand.
func buildTime(generation string) string {
	t, err := time.Parse(generationLayout, generation[:min(len(generation), len(generationLayout))])
	if err != nil {
		t = time.Unix(0, 0).UTC()
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

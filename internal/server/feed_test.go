package server

import (
	"encoding/xml"
	"regexp"
	"strings"
	"testing"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// readFeed is the part of a feed that the test reads.
type readFeed struct {
	XMLName xml.Name   `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string     `xml:"id"`
	Title   string     `xml:"title"`
	Updated string     `xml:"updated"`
	Author  string     `xml:"author>name"`
	Links   []readLink `xml:"link"`
	Entries []struct {
		ID        string   `xml:"id"`
		Title     string   `xml:"title"`
		Updated   string   `xml:"updated"`
		Published string   `xml:"published"`
		Link      readLink `xml:"link"`
		Summary   struct {
			Type string `xml:"type,attr"`
			Text string `xml:",chardata"`
		} `xml:"summary"`
	} `xml:"entry"`
}

type readLink struct {
	Rel  string `xml:"rel,attr"`
	Href string `xml:"href,attr"`
}

// TestFeedIsValid checks what RFC 4287 requires: an id, a title and a time for the feed
// and its entries, an author for each, absolute links, and ids that never change.
func TestFeedIsValid(t *testing.T) {
	hit := func(id, date, title string) search.Hit {
		return search.Hit{Article: news.Article{ID: id, Date: date, Title: title},
			Paragraphs: []search.Match{{Snippet: search.Snippet{
				Fragments: []search.Fragment{{Text: "a<b & \x02渡口", Marks: []search.Span{{Start: 7, End: 13}}}}}}}}
	}
	engine := &stub{response: search.Response{
		Generation: "20251224T180102-2",
		Hits: []search.Hit{
			hit("b/1 ?", "2026-02-01", "渡口<新>"),
			hit("a", "2026-01-01", ""),
			hit("c", "", "无日"),
		},
	}}
	read := func(query string) readFeed {
		w := get(t, engine, "/feed.atom?"+query)
		var f readFeed
		if err := xml.Unmarshal(w.Body.Bytes(), &f); err != nil {
			t.Fatalf("%v: %s", err, w.Body)
		}
		return f
	}
	f := read("q=x&publication=%3C")
	uuid := regexp.MustCompile(`^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	last := time.Now()
	seen := map[string]bool{}
	check := func(id, title, updated string) {
		at, err := time.Parse(time.RFC3339, updated)
		if !uuid.MatchString(id) || seen[id] || title == "" || err != nil || at.After(last) {
			t.Errorf("id %q, title %q, updated %q (%v): missing, wrong, repeated or out of order", id, title, updated,
				err)
		}
		seen[id], last = true, at
	}
	check(f.ID, f.Title, f.Updated)
	for _, e := range f.Entries {
		check(e.ID, e.Title, e.Updated)
		if !strings.HasPrefix(e.Link.Href, "http://example.com/articles/") || e.Link.Rel != "alternate" {
			t.Errorf("link %+v", e.Link)
		}
		if !strings.Contains(e.Summary.Text, "a&lt;b &amp; ") || !strings.Contains(e.Summary.Text, "<mark>渡口</mark>") ||
			e.Summary.Type != "html" {
			t.Errorf("summary %+v", e.Summary)
		}
	}
	if len(f.Entries) != 3 || f.Author == "" || f.Updated != f.Entries[0].Updated || len(f.Links) != 2 {
		t.Errorf("%+v", f)
	}
	if undated := f.Entries[2]; undated.Updated != "2025-12-24T18:01:02Z" || undated.Published != "" {
		t.Errorf("the undated article has the times %q and %q, want that of the build and none",
			undated.Updated, undated.Published)
	}
	if again := read("publication=%3C&q=x"); again.ID != f.ID || again.Entries[0].ID != f.Entries[0].ID {
		t.Error("ids change from one answer to the next")
	}
	longer := read("q=x&publication=%3C&size=20")
	if self := longer.Links[0]; longer.ID != f.ID || self.Rel != "self" ||
		self.Href != "http://example.com/feed.atom?q=x&size=20&publication=%3C" {
		t.Errorf("the same feed, longer, has the id %s and the address %+v", longer.ID, self)
	}
	if other := read("q=y"); other.ID == f.ID || other.Entries[0].ID != f.Entries[0].ID {
		t.Error("feeds share an id, or the same article has two ids")
	}
	engine.response.Hits = nil
	if empty := read("q=x"); empty.Updated != "2025-12-24T18:01:02Z" {
		t.Errorf("a feed without entries has the time %q, want that of the build", empty.Updated)
	}
	if engine.searches[0].Sort != search.Newest {
		t.Errorf("sorted %s", engine.searches[0].Sort)
	}
}

package feed_test

import (
	"fmt"
	"strings"
	"testing"

	"xunwen/internal/source/feed"
	"xunwen/internal/source/hantest"
)

// shown returns what a feed is read as, a line for each item and error.
func shown(text string) string {
	var lines []string
	for record, err := range feed.Read(text) {
		if err != nil {
			lines = append(lines, err.Error())
			continue
		}
		a := record.Article
		var parts []string
		for _, s := range []string{a.Publication, a.PageName, a.Title, a.Date, a.Byline, a.Source, a.URL} {
			if s != "" {
				parts = append(parts, s)
			}
		}
		for _, p := range a.Paragraphs {
			parts = append(parts, p.Text)
		}
		lines = append(lines, strings.Join(append(parts, record.Left...), "|"))
	}
	return strings.Join(lines, "\n")
}

const (
	rss     = `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>柳河新闻</title>` + "\n"
	rssEnd  = "</channel></rss>"
	atom    = `<feed xmlns="http://www.w3.org/2005/Atom"><title>柳河新闻</title>`
	bridge  = "<item><title>新桥</title><description>甲。</description></item>\n"
	tooSoon = "; the items before were read, none after"
)

func TestRead(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"RSS", rss + "<item><title>新桥</title><link>https://n.example/1</link><category>要闻</category><dc:creator>周舟</dc:creator>" +
			"<pubDate>Tue, 05 Mar 2024 20:00:00 GMT</pubDate><description>&lt;p&gt;甲。&lt;/p&gt;</description></item>" + rssEnd,
			"柳河新闻|要闻|新桥|Tue, 05 Mar 2024 20:00:00 GMT|周舟|https://n.example/1|甲。"},
		{"the source of an item", rss + `<item><title>新桥</title><source url="u">柳河日报</source><description>甲。</description></item>` + rssEnd,
			"柳河新闻|新桥|柳河日报|甲。"},
		{"the source as Dublin Core", rss + "<item><title>新桥</title><dc:source>柳河日报</dc:source><description>甲。</description></item>" + rssEnd,
			"柳河新闻|新桥|柳河日报|甲。"},
		{"what is left out", rss + "<item><title>新桥</title><category>要闻</category><category>城建</category><description>摘要。</description>" +
			"<content:encoded>甲。</content:encoded><editor>周舟</editor></item>" + rssEnd,
			"柳河新闻|要闻|新桥|甲。|category|description|editor"},
		{"a date of numbers only", rss + "<item><title>新桥</title><pubDate>05/03/2024</pubDate><description>甲。</description></item>" + rssEnd,
			"柳河新闻|新桥|05/03/2024|甲。"},
		{"RSS 1.0", `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel>` +
			"<title>柳河新闻</title></channel>" + bridge + "</rdf:RDF>", "柳河新闻|新桥|甲。"},
		{"Atom", atom + `<entry><title>新桥</title><updated>2024-03-05</updated><content type="html">&lt;p&gt;甲。</content></entry></feed>`,
			"柳河新闻|新桥|2024-03-05|甲。"},
		{"faults that browsers forgive", rss + "<item><title>新桥 & 老桥</title><description>甲&nbsp;乙</description></item>" + rssEnd,
			"柳河新闻|新桥 & 老桥|甲\u00a0乙"},
		{"an empty item", rss + bridge + "<item></item>\n" + rssEnd,
			"柳河新闻|新桥|甲。\nline 3: item 2: neither title nor text"},
		{"truncated", rss + bridge + bridge + "<item><title>老",
			"柳河新闻|新桥|甲。\n柳河新闻|新桥|甲。\nline 4: broken feed: XML syntax error on line 4: unexpected EOF" + tooSoon},
		{"a truncated feed of Atom", atom + "<entry><title>新桥</title></entry><entry><title>老",
			"柳河新闻|新桥\nline 1: broken feed: XML syntax error on line 1: unexpected EOF" + tooSoon},
		{"broken before its first item", rss + "<item><title>老",
			"line 2: broken feed: XML syntax error on line 2: unexpected EOF"},
		{"no feed", "新桥通车", "line 1: not a feed: it doesn't begin like RSS or Atom"},
		{"without items", rss + rssEnd, "line 1: the feed has no items"},
	} {
		if got := shown(tt.text); got != tt.want {
			t.Errorf("%s:\n got %s\nwant %s", tt.name, got, tt.want)
		}
	}
}

// TestOutline checks that the beginnings of articles are told from their whole texts.
func TestOutline(t *testing.T) {
	for text, want := range map[string]float64{
		"甲。": 1, "甲…": 0.6, "甲...": 0.6, "甲[…]": 0.6, "": 0.6, "<p>甲</p><p>乙…</p>": 1,
	} {
		item := "<item><title>新桥</title><description><![CDATA[" + text + "]]></description></item>"
		for record, err := range feed.Read(rss + item + rssEnd) {
			if err != nil || record.Article.Confidence != want {
				t.Errorf("%q: %+v, %v, want confidence %v", text, record.Article, err, want)
			}
		}
	}
}

func TestIs(t *testing.T) {
	for text, want := range map[string]bool{
		"<rss version='2.0'>": true, "<?xml version='1.0'?>\n<!-- 注 -->\n<feed xmlns='x'>": true, "<rdf:RDF>": true,
		"<rssx>": false, "<html>": false, "文<rss>": false, "": false,
	} {
		if got := feed.Is([]byte(text)); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}

// FuzzRead checks that nothing panics, and that no Han character of the titles and texts of items
// is lost.
func FuzzRead(f *testing.F) {
	for _, body := range []string{bridge, bridge + "<item><title>老桥 & 新桥</title><description><![CDATA[<p>甲</p>]]></description>"} {
		f.Add(rss + body + rssEnd)
		f.Add(atom + strings.NewReplacer("item", "entry", "description", "summary").Replace(body) + "</feed>")
	}
	f.Fuzz(func(t *testing.T, text string) {
		for range feed.Read(text) {
		}
		if strings.ContainsAny(text, "<>&]\x00\ufffe\uffff") {
			return
		}
		kept := []string{}
		item := "<item><title>" + text + "</title><description>" + text + "</description></item>"
		for record, err := range feed.Read(rss + item + rssEnd) {
			if err != nil {
				return // reported
			}
			kept = append(kept, hantest.Texts(record.Article)...)
		}
		if lost := hantest.Lost(text+text, kept...); lost != "" {
			t.Errorf("%q loses %q: %q", text, lost, kept)
		}
	})
}

// TestFeedsBeyondLimits reads feeds that would take a gigabyte, or end the program.
func TestFeedsBeyondLimits(t *testing.T) {
	const begin = `<rss version="2.0" xmlns:m="http://search.yahoo.com/mrss/"><channel><title>t</title>`
	for unit, want := range map[string]string{
		"<item></item>":     "more than 20000 items: split the feed",
		"<m:a>":             "more than 250 elements within each other: not a feed",
		`<m:a b="/>">`:      "more than 250 elements within each other: not a feed",
		"<item><a>":         "more than 20000 items: split the feed",
		"<m:a b='c'></m:a>": "more than 500000 elements and attributes: split the feed",
	} {
		text := begin + strings.Repeat(unit, 3_000_000/len(unit))
		var got []string
		for _, err := range feed.Read(text) {
			got = append(got, err.Error())
		}
		if len(got) != 1 || !strings.Contains(got[0], want) {
			t.Errorf("%s: %.300q", unit, got)
		}
	}
	prefixes := ""
	for i := range 100 {
		prefixes += fmt.Sprintf(` xmlns:p%d="u"`, i)
	}
	deep := strings.Repeat("<m:a>", 1000)
	for part, want := range map[string]string{
		`<!X ">" "<!--">` + deep:                               "more than 250 elements within each other: not a feed",
		"\x01<!X '>' '<!--'>\x01" + deep:                       "more than 250 elements within each other: not a feed",
		"<item" + prefixes + ">":                               "more than 64 prefixes of namespaces: not a feed",
		"<item xml:base='" + strings.Repeat("a/", 1000) + "'>": "a base address of more than 1000 bytes: not a feed",
		`<?xml version="1.0" encoding="UTF-16LE"?>`:            "a declaration of its encoding that isn't at its",
	} {
		var got []string
		for _, err := range feed.Read(begin + part) {
			got = append(got, err.Error())
		}
		if len(got) != 1 || !strings.Contains(got[0], want) {
			t.Errorf("%.40s: %.300q", part, got)
		}
	}
	html := strings.Repeat("<br>", 5000) // in a section, no elements of the feed
	text := begin + "<item><title>新桥</title><description><![CDATA[大桥通车。" + html +
		"]]></description></item></channel></rss>"
	for record, err := range feed.Read(text) {
		if err != nil || record.Article.Title != "新桥" {
			t.Errorf("%+v, %v", record, err)
		}
	}
}

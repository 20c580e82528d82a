package page

import (
	"strings"
	"unicode/utf8"

	"xunwen/internal/citation"
	"xunwen/internal/news"
	"xunwen/internal/server/param"
)

// newsArticle describes an article for programs: schema.org's NewsArticle as
// JSON-LD. Unknown members are left out.
type newsArticle struct {
	Context    string       `json:"@context"`
	Type       string       `json:"@type"`
	ID         string       `json:"@id"`
	URL        string       `json:"url"`
	Headline   string       `json:"headline"`
	Other      []string     `json:"alternativeHeadline,omitempty"`
	Language   string       `json:"inLanguage"`
	Day        string       `json:"datePublished,omitempty"`
	Authors    []namedThing `json:"author,omitempty"`
	Publisher  *namedThing  `json:"publisher,omitempty"`
	PartOf     *namedThing  `json:"isPartOf,omitempty"`
	Source     *namedThing  `json:"sourceOrganization,omitempty"`
	Page       string       `json:"printPage,omitempty"`
	PageName   string       `json:"printSection,omitempty"`
	Sections   []string     `json:"articleSection,omitempty"`
	Original   string       `json:"sameAs,omitempty"`
	Characters int          `json:"wordCount,omitempty"`
}

// namedThing is a person, an organisation or a newspaper.
type namedThing struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

// newNewsArticle describes an article with an address.
func newNewsArticle(a news.Article, address string) newsArticle {
	named := func(kind, name string) *namedThing {
		if name = strings.TrimSpace(name); name == "" {
			return nil
		}
		return &namedThing{kind, name}
	}
	n := newsArticle{
		Context:   "https://schema.org",
		Type:      "NewsArticle",
		ID:        address,
		URL:       address,
		Headline:  a.DisplayTitle(),
		Language:  "zh-CN",
		Day:       a.Date,
		Publisher: named("Organization", a.Publication),
		PartOf:    named("Newspaper", a.Publication),
		Source:    named("Organization", a.Source),
		Page:      a.Page,
		PageName:  a.PageName,
		Original:  param.WebAddress(a.URL),
	}
	for _, other := range nonBlank(a.Kicker, a.Subtitle) {
		if other != n.Headline {
			n.Other = append(n.Other, other)
		}
	}
	for _, name := range citation.Authors(a.Byline) {
		n.Authors = append(n.Authors, namedThing{"Person", name})
	}
	last := ""
	for _, p := range a.Paragraphs {
		n.Characters += utf8.RuneCountInString(p.Text)
		if p.Section != "" && p.Section != last {
			n.Sections, last = append(n.Sections, p.Section), p.Section
		}
	}
	return n
}

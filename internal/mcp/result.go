package mcp

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"

	"xunwen/internal/citation"
	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/highlight"
	"xunwen/internal/server/param"
)

// articleRef names an article in a result.
type articleRef struct {
	ID          string `json:"id" jsonschema:"stable id, for the tools article and similar"`
	Title       string `json:"title" jsonschema:"title (标题)"`
	Publication string `json:"publication" jsonschema:"newspaper (报纸)"`
	Date        string `json:"date" jsonschema:"day (日期), YYYY-MM-DD"`
	Page        string `json:"page" jsonschema:"page number (版次)"`
	PageName    string `json:"page_name" jsonschema:"page name (版名)"`
	Byline      string `json:"byline" jsonschema:"authors (作者)"`
	Source      string `json:"source" jsonschema:"news agency (来源)"`
	Link        string `json:"link" jsonschema:"stable address of the article in this archive"`
	URL         string `json:"url" jsonschema:"address of the original (原文)"`
}

// maxValue bounds the texts of an articleRef, in characters: titles are lines.
const maxValue = 200

func (s *Server) newRef(ctx context.Context, a news.Article, opening string) articleRef {
	return articleRef{
		ID:          a.ID,
		Title:       shortened(cmp.Or(a.DisplayTitle(), opening), maxValue),
		Publication: shortened(a.Publication, maxValue),
		Date:        a.Date,
		Page:        shortened(a.Page, maxValue),
		PageName:    shortened(a.PageName, maxValue),
		Byline:      shortened(a.Byline, maxValue),
		Source:      shortened(a.Source, maxValue),
		Link:        s.link(ctx, a.ID),
		URL:         webAddress(a.URL),
	}
}

// link returns the address of an article's page, "" if that of the pages is unknown.
func (s *Server) link(ctx context.Context, id string) string {
	base := s.baseOf(ctx)
	if base == "" {
		return ""
	}
	return base + param.ArticlesPath + url.PathEscape(id)
}

// maxAddress bounds an address.
const maxAddress = 2000

// webAddress returns an address that a client can follow, or else "".
func webAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || len(address) > maxAddress || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return address
}

// cite cites an article, as online if it has an address.
func (s *Server) cite(a news.Article, ref articleRef) string {
	address := cmp.Or(ref.URL, ref.Link)
	return citation.New(a, address, s.now()).GBT7714()
}

// heading writes an article as a line of text.
func (a articleRef) heading() string {
	where := []string{a.Publication, a.Date}
	if a.Page != "" || a.PageName != "" {
		where = append(where, strings.TrimSpace("第"+a.Page+"版 "+a.PageName))
	}
	line := cmp.Or(a.Title, "(无标题)")
	for _, part := range where {
		if part != "" {
			line += " · " + part
		}
	}
	return line + " · id: " + a.ID
}

// copyRef is a near-duplicate of a hit.
type copyRef struct {
	ID          string `json:"id"`
	Publication string `json:"publication"`
	Date        string `json:"date"`
}

// maxCopies is how many near-duplicates are listed.
const maxCopies = 20

func newCopies(list []search.NearDuplicate) []copyRef {
	out := make([]copyRef, 0, min(len(list), maxCopies))
	for _, c := range list[:min(len(list), maxCopies)] {
		out = append(out, copyRef{c.ID, shortened(c.Publication, maxValue), c.Date})
	}
	return out
}

// snippetText returns a snippet without marks.
func snippetText(s search.Snippet) string {
	var b strings.Builder
	for _, p := range highlight.SnippetPieces(s) {
		b.WriteString(p.Text)
	}
	return b.String()
}

// kindOf returns the kind of a paragraph, which is never "".
func kindOf(k news.Kind) string { return string(cmp.Or(k, news.Body)) }

// shortened returns at most so many characters of a text in one line.
func shortened(text string, most int) string {
	text = strings.Join(strings.Fields(text), " ")
	if first := firstCharacters(text, most); len(first) < len(text) {
		return first + highlight.Ellipsis
	}
	return text
}

// firstCharacters returns the first characters of a text.
func firstCharacters(text string, n int) string {
	if len(text) <= n {
		return text
	}
	end := 0
	for ; n > 0 && end < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	return text[:end]
}

// counted writes a number of hits.
func counted(total int, relation search.Relation, unit string) string {
	if relation == search.Gte {
		return fmt.Sprintf("at least %d %s", total, unit)
	}
	return fmt.Sprintf("%d %s", total, unit)
}

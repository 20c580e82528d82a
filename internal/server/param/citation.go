package param

import (
	"cmp"
	"net/url"

	"xunwen/internal/citation"
	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/problem"
)

// CitationNames are the parameters of a citation.
var CitationNames = []string{"style"}

// ReadStyle decodes a request for a citation.
func ReadStyle(values url.Values) (citation.Style, error) {
	if err := OnlyOnce(values, CitationNames); err != nil {
		return "", err
	}
	return OneOf("style", values.Get("style"), citation.Styles...)
}

// CitationEnd is the end of the path of an article's citation.
const CitationEnd = "/citation"

// CitationAddress returns the address of an article's citation in a style.
func CitationAddress(id string, style citation.Style) string {
	return "/api/v1/articles/" + url.PathEscape(id) + CitationEnd + "?style=" + url.QueryEscape(string(style))
}

// WebAddress returns an address that a reader can follow, or else "".
func WebAddress(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") {
		return address
	}
	return ""
}

// CitedAddress returns the address at which an article is cited: the original's, or else that of
// its page on a server.
func CitedAddress(a news.Article, base string) string {
	return cmp.Or(WebAddress(a.URL), base+ArticlesPath+url.PathEscape(a.ID))
}

// checkCited refuses to cite anything other than articles.
func (x Export) checkCited() error {
	switch {
	case x.Context >= 0:
		return problem.BadValue("context", "context: references have none", nil)
	case x.By == search.ByParagraph:
		return problem.BadValue("by", "by: references are to articles, not to paragraphs", nil)
	}
	return nil
}

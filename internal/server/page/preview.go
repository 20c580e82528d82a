package page

import (
	"cmp"

	"xunwen/internal/citation"
	"xunwen/internal/news"
	"xunwen/internal/wording"
)

// newPreview describes the page of an article for programs that show previews of links, such as
// chats: the Open Graph protocol (ogp.me).
func newPreview(w *wording.Words, a news.Article, f frame) []metaText {
	list := []metaText{
		{"og:type", "article"},
		{"og:title", cmp.Or(a.DisplayTitle(), w.Site.Untitled)},
		{"og:description", f.Description},
		{"og:url", f.Canonical},
		{"og:site_name", cmp.Or(a.Publication, w.Site.Name)},
		{"og:locale", "zh_CN"},
	}
	if a.Date != "" {
		list = append(list, metaText{"article:published_time", a.Date})
	}
	for _, name := range citation.Authors(a.Byline) {
		list = append(list, metaText{"article:author", name})
	}
	return list
}

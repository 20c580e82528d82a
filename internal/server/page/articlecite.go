package page

import (
	"strings"
	"time"

	"xunwen/internal/citation"
	"xunwen/internal/news"
	"xunwen/internal/server/param"
)

// citeView is how an article is cited: texts to copy, and files for programs that manage
// references.
type citeView struct {
	Print, Online, BibTeX string
	Files                 []choice
}

// newCiteView cites an article that is read at an address on a day.
func newCiteView(a news.Article, address string, day time.Time) citeView {
	r := citation.New(a, address, day)
	file := func(name string, style citation.Style) choice {
		return choice{Label: uiText(name), Link: param.CitationAddress(a.ID, style)}
	}
	return citeView{
		Print:  r.GBT7714Print(),
		Online: r.GBT7714(),
		BibTeX: strings.TrimSpace(r.BibTeX()),
		Files: []choice{
			file("BibTeX", citation.StyleBibTeX),
			file("RIS", citation.StyleRIS),
			file("CSL-JSON", citation.StyleCSL),
		},
	}
}

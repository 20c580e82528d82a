package api

import (
	"encoding/xml"

	"github.com/gin-gonic/gin"

	"xunwen/internal/server/param"
	"xunwen/internal/wording"
)

// openSearch describes the search to browsers (OpenSearch 1.1).
type openSearch struct {
	XMLName     xml.Name        `xml:"http://a9.com/-/spec/opensearch/1.1/ OpenSearchDescription"`
	ShortName   string          `xml:"ShortName"`
	Description string          `xml:"Description"`
	Language    string          `xml:"Language"`
	Input       string          `xml:"InputEncoding"`
	Output      string          `xml:"OutputEncoding"`
	Image       openSearchImage `xml:"Image"`
	URLs        []openSearchURL `xml:"Url"`
}

type openSearchImage struct {
	Type string `xml:"type,attr"`
	URL  string `xml:",chardata"`
}

type openSearchURL struct {
	Type     string `xml:"type,attr"`
	Rel      string `xml:"rel,attr"`
	Template string `xml:"template,attr"`
}

func (a *API) serveOpenSearch(c *gin.Context) error {
	base := a.Front.BaseURL(c.Request)
	w := wording.In(feedLanguage)
	return writeXML(c, "application/opensearchdescription+xml; charset=utf-8", openSearch{
		ShortName:   w.Site.Name,
		Description: w.Site.About,
		Language:    string(w.Language),
		Input:       "UTF-8",
		Output:      "UTF-8",
		Image:       openSearchImage{"image/svg+xml", base + a.Icon},
		URLs: []openSearchURL{
			{"text/html", "results", base + param.ResultsPath + "?q={searchTerms}"},
			{"application/atom+xml", "results", base + param.FeedPath + "?q={searchTerms}"},
			{"application/opensearchdescription+xml", "self", base + OpenSearchPath},
		},
	})
}

package server

import (
	"encoding/xml"

	"github.com/gin-gonic/gin"
)

const openSearchPath = "/opensearch.xml"

// openSearch is a description by which a browser offers this search (OpenSearch
// 1.1).
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

func (s *server) openSearch(c *gin.Context) error {
	base := s.baseAddress(c.Request)
	w := s.words[feedLanguage]
	return writeXML(c, "application/opensearchdescription+xml; charset=utf-8", openSearch{
		ShortName: w.Site.Name, Description: w.Site.About, Language: string(w.Language), Input: "UTF-8", Output: "UTF-8",
		Image: openSearchImage{"image/svg+xml", base + s.assets.Icon},
		URLs: []openSearchURL{
			{"text/html", "results", base + resultsPath + "?q={searchTerms}"},
			{"application/atom+xml", "results", base + feedPath + "?q={searchTerms}"},
			{"application/opensearchdescription+xml", "self", base + openSearchPath},
		},
	})
}

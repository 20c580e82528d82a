package mcp

import (
	"maps"
	"net/url"
	"strconv"
	"strings"

	"xunwen/internal/server/param"
)

// Filters are the arguments that narrow a search, named as the parameters of the API.
type Filters struct {
	Publication []string `json:"publication,omitempty" jsonschema:"newspapers (报纸), by their exact names as issues lists them; any of them"`
	Page        []string `json:"page,omitempty" jsonschema:"page numbers (版次), such as 1 or A03; any of them"`
	PageName    []string `json:"page_name,omitempty" jsonschema:"page names (版名), such as 要闻; any of them"`
	Source      []string `json:"source,omitempty" jsonschema:"news agencies (来源), such as 新华社; any of them"`
	Section     []string `json:"section,omitempty" jsonschema:"section headings (小标题); any of them"`
	Kind        []string `json:"kind,omitempty" jsonschema:"kinds of paragraphs: body (正文), caption (图片说明) or table (表格); any of them"`
	From        string   `json:"from,omitempty" jsonschema:"first day (起始日期), YYYY-MM-DD"`
	To          string   `json:"to,omitempty" jsonschema:"last day (截止日期), YYYY-MM-DD"`
}

// Matching are the arguments that say what a query matches.
type Matching struct {
	Match    string `json:"match,omitempty" jsonschema:"together: the words of a name are next to each other or near (默认); anywhere: in any places of an article, finds more"`
	Collapse *bool  `json:"collapse,omitempty" jsonschema:"list near-duplicates (转载, copies in other papers) as one hit"`
}

// matchingBounds are the bounds of Matching.
var matchingBounds = bounds{"match": oneOf("together", "anywhere"), "collapse": preset(true)}

// with returns bounds with more.
func (b bounds) with(more bounds) bounds {
	out := maps.Clone(b)
	maps.Copy(out, more)
	return out
}

// values returns filters as the API's parameters.
func (f Filters) values() url.Values {
	v := url.Values{
		"publication": f.Publication,
		"page":        f.Page,
		"page_name":   f.PageName,
		"source":      f.Source,
		"section":     f.Section,
		"kind":        f.Kind,
	}
	v.Set("from", f.From)
	v.Set("to", f.To)
	return v
}

// addTo adds the arguments to the API's parameters.
func (m Matching) addTo(v url.Values) {
	v.Set("match", m.Match)
	if m.Collapse != nil && !*m.Collapse {
		v.Set("collapse", "0")
	}
}

// readSearch checks arguments as the API does.
func readSearch(query string, v url.Values, size int) (param.Search, error) {
	v.Set("q", query)
	v.Set("size", strconv.Itoa(size))
	return param.ReadSearch(v)
}

// needQuery is the error for a query that is blank.
func needQuery(query string) error {
	if strings.TrimSpace(query) == "" {
		return bad("query", "it is empty: give at least one word")
	}
	return nil
}

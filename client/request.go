package client

import (
	"net/url"
	"strconv"
)

// Values of parameters. "" is the server's default.
type (
	By        string // what a hit is
	Sort      string
	Matching  string // what an operand of a few words needs of a text
	FacetMode string
	Interval  string
	Format    string // of an export
	Style     string // of a citation
	Dimension string // what hits are counted by
)

// The values.
const (
	ByArticle   By = "article"
	ByParagraph By = "paragraph"

	Relevance Sort = "relevance"
	Newest    Sort = "newest"
	Oldest    Sort = "oldest"
	Reprinted Sort = "reprinted" // the most near-duplicates first

	Together Matching = "together"
	Anywhere Matching = "anywhere"

	NoFacets    FacetMode = "0"
	WithFacets  FacetMode = "1"
	MultiSelect FacetMode = "multi-select"

	Day   Interval = "day"
	Month Interval = "month"
	Year  Interval = "year"

	CSV       Format = "csv"
	JSONLines Format = "jsonl"
	Parquet   Format = "parquet"

	GBT7714      Style = "gbt7714"
	GBT7714Print Style = "gbt7714-print"
	BibTeX       Style = "bibtex"
	RIS          Style = "ris"
	CSLJSON      Style = "csl-json"

	CountYears        Dimension = "year"
	CountMonths       Dimension = "month"
	CountPublications Dimension = "publication"
	CountNothing      Dimension = "none"
)

// In returns the format of an export of references in a style.
func (s Style) In() Format { return Format(s) }

// Filter selects articles and paragraphs. Each list has the values that are allowed; an empty one
// allows all.
type Filter struct {
	Publication []string
	Section     []string
	Source      []string
	Page        []string
	PageName    []string
	Kind        []string // KindBody, KindCaption, KindTable
	From, To    string   // the first and the last day, such as 2026-01-31
}

// The kinds of paragraphs.
const (
	KindBody    = "body"
	KindCaption = "caption"
	KindTable   = "table"
)

// Scope is what a search is about, apart from its query.
type Scope struct {
	Filter
	By          By
	Match       Matching
	Uncollapsed bool // each near-duplicate is a hit of its own
}

// SearchRequest asks for a page of hits.
type SearchRequest struct {
	Scope
	Q       string // a query, "" for all that the filter selects
	Sort    Sort
	Size    int // 1 to 100, 0 for the default
	Cursor  string
	Facets  FacetMode
	Explain bool
}

// TrendsRequest asks for the hits of up to five queries over time.
type TrendsRequest struct {
	Scope
	Q        []string
	Interval Interval
}

// ExportRequest asks for all hits of a search.
type ExportRequest struct {
	Scope
	Q       string
	Sort    Sort
	Format  Format // read by Export only
	Context *int   // characters on each side of a match, each of which is a row then; nil for a row per hit
}

// BatchRequest asks how many hits each of many queries has.
type BatchRequest struct {
	Scope
	Queries []string // 1 to 10,000
	Sort    Sort
	Counts  []Dimension
	Hits    int // how many hits to list of each query, 0 to 10
}

// parameters collects parameters, without those that have the default.
type parameters url.Values

func (p parameters) add(name, value string) {
	if value != "" {
		url.Values(p).Add(name, value)
	}
}

func (p parameters) number(name string, n int) {
	if n != 0 {
		p.add(name, strconv.Itoa(n))
	}
}

func (s Scope) parameters() parameters {
	p := parameters{}
	for name, list := range map[string][]string{
		"publication": s.Publication, "section": s.Section, "source": s.Source, "page": s.Page,
		"page_name": s.PageName, "kind": s.Kind,
	} {
		for _, v := range list {
			p.add(name, v)
		}
	}
	p.add("from", s.From)
	p.add("to", s.To)
	p.add("by", string(s.By))
	p.add("match", string(s.Match))
	if s.Uncollapsed {
		p.add("collapse", "0")
	}
	return p
}

func (r SearchRequest) values() url.Values {
	p := r.Scope.parameters()
	p.add("q", r.Q)
	p.add("sort", string(r.Sort))
	p.number("size", r.Size)
	p.add("cursor", r.Cursor)
	p.add("facets", string(r.Facets))
	if r.Explain {
		p.add("explain", "1")
	}
	return url.Values(p)
}

func (r TrendsRequest) values() url.Values {
	p := r.Scope.parameters()
	for _, q := range r.Q {
		p.add("q", q)
	}
	p.add("interval", string(r.Interval))
	return url.Values(p)
}

func (r ExportRequest) values() url.Values {
	p := r.Scope.parameters()
	p.add("q", r.Q)
	p.add("sort", string(r.Sort))
	p.add("format", string(r.Format))
	if r.Context != nil {
		p.add("context", strconv.Itoa(*r.Context))
	}
	return url.Values(p)
}

func (r BatchRequest) values() url.Values {
	p := r.Scope.parameters()
	p.add("sort", string(r.Sort))
	p.add("format", string(JSONLines))
	for _, d := range r.Counts {
		p.add("counts", string(d))
	}
	p.number("hits", r.Hits)
	return url.Values(p)
}

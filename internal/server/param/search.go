package param

import (
	"net/url"
	"slices"
	"strings"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/server/problem"
	"xunwen/internal/wording"
)

// ContextView is the value of view that lists matches in their contexts, aligned below one
// another (keyword in context, concordance). The rows are those of an export.
const ContextView = "kwic"

// DefaultSize is the default number of hits, about one screen.
const DefaultSize = 10

// Search holds the validated parameters of an address: those of the API and the state of
// the pages.
type Search struct {
	Text        string // q as sent
	Query       query.Node
	By          search.By
	Sort        search.Sort
	Size        int
	Cursor      string
	Filter      search.Filter
	Match       search.Matching
	Uncollapsed bool // list each near-duplicate

	View string // ContextView or "", for pages only

	Explain bool                 // return the parts of scores
	Facets  *search.FacetRequest // nil for no counts

	// Internal is set for searches of the server's own: their hits have no marks, nothing
	// is suggested, and metrics don't count them.
	Internal bool
}

// FilterField is a filter that accepts any number of values.
type FilterField struct {
	Name   string
	Label  problem.Localized
	Values func(*search.Filter) *[]string
}

// The filters that accept any number of values.
var (
	PublicationFilter = FilterField{
		Name:   "publication",
		Label:  func(w *wording.Words) string { return w.Filters.Publication },
		Values: func(f *search.Filter) *[]string { return &f.Publication },
	}
	PageFilter = FilterField{
		Name:   "page",
		Label:  func(w *wording.Words) string { return w.Filters.Page },
		Values: func(f *search.Filter) *[]string { return &f.Page },
	}
	PageNameFilter = FilterField{
		Name:   "page_name",
		Label:  func(w *wording.Words) string { return w.Filters.PageName },
		Values: func(f *search.Filter) *[]string { return &f.PageName },
	}
	SourceFilter = FilterField{
		Name:   "source",
		Label:  func(w *wording.Words) string { return w.Filters.Source },
		Values: func(f *search.Filter) *[]string { return &f.Source },
	}
	SectionFilter = FilterField{
		Name:   "section",
		Label:  func(w *wording.Words) string { return w.Filters.Section },
		Values: func(f *search.Filter) *[]string { return &f.Section },
	}
	KindFilter = FilterField{
		Name:   "kind",
		Label:  func(w *wording.Words) string { return w.Filters.Kind },
		Values: func(f *search.Filter) *[]string { return &f.Kind },
	}
)

// FilterFields are the filters in the order in which pages show them.
var FilterFields = []FilterField{
	PublicationFilter, PageFilter, PageNameFilter, SourceFilter, SectionFilter, KindFilter,
}

// filterNames are the parameters of filters.
var filterNames = []string{"publication", "page", "page_name", "source", "section", "kind", "from", "to"}

// SearchNames are the parameters of a search.
var SearchNames = append(
	[]string{"q", "by", "sort", "size", "cursor", "match", "collapse", "facets", "explain"},
	filterNames...,
)

// multiSelect is the value of facets for counts of each field without its own filter.
const multiSelect = "multi-select"

// ReadSearch decodes a search. An empty parameter, as forms send it, means the same as
// none. If the error is a *query.Error, the rest of the Search is valid.
func ReadSearch(values url.Values) (Search, error) {
	q := Search{By: search.ByArticle, Sort: search.ByRelevance, Size: DefaultSize}
	one := func(name string) string { return values.Get(name) }
	single := []string{
		"q", "by", "sort", "size", "cursor", "from", "to", "match", "collapse", "facets", "explain", "view",
	}
	if err := OnlyOnce(values, single); err != nil {
		return q, err
	}
	q.Text, q.Cursor = one("q"), one("cursor")
	var err error
	if q.By, err = OneOf("by", one("by"), search.ByArticle, search.ByParagraph); err != nil {
		return q, err
	}
	if q.Sort, err = OneOf("sort", one("sort"), search.ByRelevance, search.Newest, search.Oldest,
		search.Reprinted); err != nil {
		return q, err
	}
	view, err := OneOf("view", one("view"), "list", ContextView)
	if err != nil {
		return q, err
	}
	if view == ContextView {
		q.View = view
	}
	if q.Size, err = ReadSize(one("size")); err != nil {
		return q, err
	}
	if q.Filter, err = readFilter(values); err != nil {
		return q, err
	}
	if q.Match, err = readMatch(values); err != nil {
		return q, err
	}
	collapse, err := readSwitch("collapse", one("collapse"), true)
	if err != nil {
		return q, err
	}
	q.Uncollapsed = !collapse
	if q.Explain, err = readSwitch("explain", one("explain"), false); err != nil {
		return q, err
	}
	facets, err := OneOf("facets", one("facets"), "0", "1", multiSelect)
	if err != nil {
		return q, err
	}
	if facets != "0" {
		q.Facets = &search.FacetRequest{MultiSelect: facets == multiSelect}
	}
	return q, q.ReadQuery()
}

func readMatch(values url.Values) (search.Matching, error) {
	return OneOf("match", values.Get("match"), search.Together, search.Anywhere)
}

func readFilter(values url.Values) (search.Filter, error) {
	var f search.Filter
	for _, field := range FilterFields {
		for _, v := range values[field.Name] {
			list := field.Values(&f)
			if strings.TrimSpace(v) != "" && !slices.Contains(*list, v) {
				*list = append(*list, v)
			}
		}
	}
	for _, k := range f.Kind {
		if _, err := OneOf("kind", k, news.Body, news.Caption, news.Table); err != nil {
			return f, err
		}
	}
	var err error
	if f.From, err = ReadDay("from", values.Get("from")); err != nil {
		return f, err
	}
	if f.To, err = ReadDay("to", values.Get("to")); err != nil {
		return f, err
	}
	if f.From != "" && f.To != "" && f.From > f.To {
		return f, problem.BadValue("from", "from: "+f.From+" is after to, "+f.To,
			func(w *wording.Words) string { return w.DaysReversed(f.From, f.To) })
	}
	return f, nil
}

// ReadQuery parses q.
func (q *Search) ReadQuery() error {
	if q.Blank() {
		if !q.Filtered() {
			return &problem.Fault{
				Kind:   problem.MissingQuery,
				Detail: "give q, or at least one filter",
				Words:  func(w *wording.Words) string { return w.Problems.EmptySearch },
			}
		}
		return nil
	}
	node, err := query.Parse(q.Text)
	if err != nil {
		return err
	}
	q.Query = node
	return nil
}

// Blank reports whether the query is empty.
func (q *Search) Blank() bool { return strings.TrimSpace(q.Text) == "" }

// MatchesNothing reports whether the query is a text that no document can match, such as
// punctuation alone. For the engine, a request without a query means every article.
func (q *Search) MatchesNothing() bool { return q.Query == nil && !q.Blank() }

// Filtered reports whether there is a filter.
func (q *Search) Filtered() bool { return q.FilterCount() > 0 }

// FilterCount counts the filters that are set; a span of dates is one.
func (q *Search) FilterCount() int {
	n := 0
	for _, field := range FilterFields {
		n += len(*field.Values(&q.Filter))
	}
	if q.Filter.From != "" || q.Filter.To != "" {
		n++
	}
	return n
}

// Request returns the request for the engine. Without a query there is nothing to rank
// by, so the hits are sorted by date.
func (q *Search) Request() search.Request {
	sort := q.Sort
	if q.Blank() && sort == search.ByRelevance {
		sort = search.Newest
	}
	return search.Request{
		Query: q.Query, By: q.By, Sort: sort, Size: q.Size, Cursor: q.Cursor, Filter: q.Filter,
		Match: q.Match, Uncollapsed: q.Uncollapsed,
		NoHighlights: q.Internal, NoSuggestions: q.Internal, Internal: q.Internal,
		Explain: q.Explain, Facets: q.Facets, MarkedTexts: q.View == ContextView,
	}
}

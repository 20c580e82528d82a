package server

import (
	"net/url"
	"slices"
	"strings"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/wording"
)

const defaultSize = 10 // hits that fill one screen

// question is what an address asks: the API's parameters and the pages' state,
// decoded and bounded.
type question struct {
	Text        string // q as it was written
	Query       query.Node
	By          search.By
	Sort        search.Sort
	Size        int
	Cursor      string
	Filter      search.Filter
	Uncollapsed bool // list each copy of an article

	View string // contextName to show matches in their contexts; a matter of pages alone

	Explain bool // take scores apart
	Facets  bool // count values and days

	Probe bool // nobody asked this: only whether there are hits matters
}

// filterField is a filter that takes any number of values.
type filterField struct {
	name   string
	label  told
	values func(*search.Filter) *[]string
}

// filterFields are the filters in the order in which pages show them.
var filterFields = []filterField{
	{"publication", func(w *wording.Words) string { return w.Filters.Publication }, func(f *search.Filter) *[]string { return &f.Publication }},
	{"page", func(w *wording.Words) string { return w.Filters.Page }, func(f *search.Filter) *[]string { return &f.Page }},
	{"page_name", func(w *wording.Words) string { return w.Filters.PageName }, func(f *search.Filter) *[]string { return &f.PageName }},
	{"source", func(w *wording.Words) string { return w.Filters.Source }, func(f *search.Filter) *[]string { return &f.Source }},
	{"section", func(w *wording.Words) string { return w.Filters.Section }, func(f *search.Filter) *[]string { return &f.Section }},
	{"kind", func(w *wording.Words) string { return w.Filters.Kind }, func(f *search.Filter) *[]string { return &f.Kind }},
}

// filterNames are the parameters of filters.
var filterNames = []string{"publication", "page", "page_name", "source", "section", "kind", "from", "to"}

// questionNames are the parameters that a question can have.
var questionNames = append([]string{"q", "by", "sort", "size", "cursor", "fold", "facets", "explain"}, filterNames...)

// readQuestion decodes a question. An empty parameter means the same as none,
// as forms send it. With a *query.Error the rest of the question is whole.
func readQuestion(values url.Values) (question, error) {
	q := question{By: search.ByArticle, Sort: search.ByRelevance, Size: defaultSize}
	one := func(name string) string { return values.Get(name) }
	if err := onlyOnce(values, []string{"q", "by", "sort", "size", "cursor", "from", "to", "fold", "facets", "explain", "view"}); err != nil {
		return q, err
	}
	q.Text, q.Cursor = one("q"), one("cursor")
	var err error
	if q.By, err = oneOf("by", one("by"), search.ByArticle, search.ByParagraph); err != nil {
		return q, err
	}
	if q.Sort, err = oneOf("sort", one("sort"), search.ByRelevance, search.Newest, search.Oldest); err != nil {
		return q, err
	}
	view, err := oneOf("view", one("view"), "list", contextName)
	if err != nil {
		return q, err
	}
	if view == contextName {
		q.View = view
	}
	if q.Size, err = readSize(one("size")); err != nil {
		return q, err
	}
	if q.Filter, err = readFilter(values); err != nil {
		return q, err
	}
	fold, err := readSwitch("fold", one("fold"), true)
	if err != nil {
		return q, err
	}
	q.Uncollapsed = !fold
	if q.Explain, err = readSwitch("explain", one("explain"), false); err != nil {
		return q, err
	}
	if q.Facets, err = readSwitch("facets", one("facets"), false); err != nil {
		return q, err
	}
	return q, q.readQuery()
}

func readFilter(values url.Values) (search.Filter, error) {
	var f search.Filter
	for _, field := range filterFields {
		for _, v := range values[field.name] {
			list := field.values(&f)
			if strings.TrimSpace(v) != "" && !slices.Contains(*list, v) {
				*list = append(*list, v)
			}
		}
	}
	for _, k := range f.Kind {
		if _, err := oneOf("kind", k, news.Body, news.Caption, news.Table); err != nil {
			return f, err
		}
	}
	var err error
	if f.From, err = readDay("from", values.Get("from")); err != nil {
		return f, err
	}
	if f.To, err = readDay("to", values.Get("to")); err != nil {
		return f, err
	}
	if f.From != "" && f.To != "" && f.From > f.To {
		return f, badValue("from", "from: "+f.From+" is after to, "+f.To,
			func(w *wording.Words) string { return w.DaysReversed(f.From, f.To) })
	}
	return f, nil
}

// readQuery parses q; the language has its own bounds.
func (q *question) readQuery() error {
	if q.blank() {
		if !q.filtered() {
			return &fault{kind: nothingAsked,
				detail: "give q, or at least one filter", words: func(w *wording.Words) string { return w.Problems.NothingAsked }}
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

// blank says whether nothing was written.
func (q *question) blank() bool { return strings.TrimSpace(q.Text) == "" }

// unfindable says whether something was written that no text can match, such as
// punctuation alone. To the engine no query would mean every article.
func (q *question) unfindable() bool { return q.Query == nil && !q.blank() }

func (q *question) filtered() bool { return q.filters() > 0 }

// filters counts the filters that are set; a span of dates is one.
func (q *question) filters() int {
	n := 0
	for _, field := range filterFields {
		n += len(*field.values(&q.Filter))
	}
	if q.Filter.From != "" || q.Filter.To != "" {
		n++
	}
	return n
}

// request is the question as the engine takes it. With a filter alone there is
// nothing to be relevant to, so it lists by date.
func (q *question) request() search.Request {
	sort := q.Sort
	if q.blank() && sort == search.ByRelevance {
		sort = search.Newest
	}
	r := search.Request{
		Query: q.Query, By: q.By, Sort: sort, Size: q.Size, Cursor: q.Cursor, Filter: q.Filter,
		NoHighlights: q.Probe, Uncollapsed: q.Uncollapsed,
		Explain: q.Explain, MarkedTexts: q.View == contextName,
	}
	if q.Facets {
		r.Facets = &search.FacetRequest{}
	}
	return r
}

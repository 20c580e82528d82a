package param

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"xunwen/internal/search"
)

// Fields returns a search as parameters: q first and without defaults, so that a search
// has one address.
func (q *Search) Fields() []Field {
	var out []Field
	add := func(name, value string) {
		if value != "" {
			out = append(out, Field{name, value})
		}
	}
	add("q", q.Text)
	if q.By != search.ByArticle {
		add("by", string(q.By))
	}
	if q.Sort != search.ByRelevance {
		add("sort", string(q.Sort))
	}
	if q.Size != DefaultSize {
		add("size", strconv.Itoa(q.Size))
	}
	if q.Match == search.Anywhere {
		add("match", string(q.Match))
	}
	if q.Uncollapsed {
		add("collapse", "0")
	}
	add("view", q.View)
	add("from", q.Filter.From)
	add("to", q.Filter.To)
	for _, f := range FilterFields {
		for _, v := range *f.Values(&q.Filter) {
			add(f.Name, v)
		}
	}
	add("cursor", q.Cursor)
	return out
}

// Field is a parameter in an address or a hidden field of a form.
type Field struct{ Name, Value string }

// Address returns path with the parameters of the search.
func (q *Search) Address(path string) string {
	var b strings.Builder
	b.WriteString(path)
	for i, f := range q.Fields() {
		if i == 0 {
			b.WriteByte('?')
		} else {
			b.WriteByte('&')
		}
		b.WriteString(f.Name + "=" + url.QueryEscape(f.Value))
	}
	return b.String()
}

// Paths of pages.
const (
	ResultsPath  = "/search"
	ArticlesPath = "/articles/"
)

// Results returns the address of the first page of results.
func (q Search) Results() string {
	q.Cursor = ""
	return q.Address(ResultsPath)
}

// Article returns the address of an article found by the search. It contains the whole
// search, for the highlights and for the link back.
func (q *Search) Article(id string) string {
	return q.Address(ArticlesPath + url.PathEscape(id))
}

// ArticleAt returns the address of an article's page from a paragraph on, with an offset in it:
// of a long article, the page has a part of the text.
func (q *Search) ArticleAt(id string, at search.Position) string {
	address, separator := q.Article(id), "?"
	if strings.Contains(address, separator) {
		separator = "&"
	}
	address += separator + positionName + "=" + strconv.Itoa(at.Paragraph)
	if at.Byte > 0 {
		address += "-" + strconv.Itoa(at.Byte)
	}
	return address
}

const positionName = "at"

// ReadPosition reads a position that ArticleAt wrote; anything else is the zero Position.
func ReadPosition(values url.Values) search.Position {
	paragraph, offset, _ := strings.Cut(values.Get(positionName), "-")
	n, err := strconv.ParseUint(paragraph, 10, 31)
	if err != nil {
		return search.Position{}
	}
	at, err := strconv.ParseUint(offset, 10, 31)
	if err != nil {
		at = 0 // as without one
	}
	return search.Position{Paragraph: int(n), Byte: int(at)}
}

// The following methods return the search with one change, at its first page if not
// stated otherwise.

// WithText returns the search with another query.
func (q Search) WithText(text string) Search { q.Text, q.Cursor = text, ""; return q }

// WithBy returns the search with other hits, as a list.
func (q Search) WithBy(by search.By) Search {
	q.By, q.View, q.Cursor = by, "", ""
	return q.withoutReprinted()
}

// WithContextView returns the search of articles that shows each match in its context.
func (q Search) WithContextView() Search {
	q.By, q.View, q.Cursor = search.ByArticle, ContextView, ""
	return q
}

// WithSort returns the search with another order.
func (q Search) WithSort(s search.Sort) Search { q.Sort, q.Cursor = s, ""; return q }

// WithMatch returns the search with another choice of what short operands match.
func (q Search) WithMatch(m search.Matching) Search { q.Match, q.Cursor = m, ""; return q }

// WithCollapse returns the search with near-duplicates collapsed or listed.
func (q Search) WithCollapse(collapse bool) Search {
	q.Uncollapsed, q.Cursor = !collapse, ""
	return q.withoutReprinted()
}

// withoutReprinted returns the search in another order if there are no near-duplicates to count.
func (q Search) withoutReprinted() Search {
	if q.Sort == search.Reprinted && (q.By != search.ByArticle || q.Uncollapsed) {
		q.Sort = search.Oldest
	}
	return q
}

// WithCursor returns the search at the page of a cursor.
func (q Search) WithCursor(cursor string) Search { q.Cursor = cursor; return q }

// WithoutFilters returns the search without its filters.
func (q Search) WithoutFilters() Search {
	q.Filter, q.Cursor = search.Filter{}, ""
	return q
}

// WithDates returns the search from one day to another; each may be "".
func (q Search) WithDates(from, to string) Search {
	q.Filter.From, q.Filter.To, q.Cursor = from, to, ""
	return q
}

// Without returns the search without a value of a filter.
func (q Search) Without(f FilterField, value string) Search {
	list := f.Values(&q.Filter)
	kept := slices.DeleteFunc(slices.Clone(*list), func(v string) bool { return v == value })
	*list, q.Cursor = kept, ""
	return q
}

// Paths of the API that pages link to.
const (
	ExportPath = "/api/v1/export"
	TrendsPath = "/api/v1/trends"
	FeedPath   = "/feed.atom"
)

// FeedNames are the parameters of a feed; its order is newest first.
var FeedNames = append([]string{"q", "size", "match", "collapse"}, filterNames...)

// FeedAddress returns the address of the feed of a search, with the default size.
func (q Search) FeedAddress() string {
	q.Size = DefaultSize
	return q.SizedFeedAddress()
}

// SizedFeedAddress returns the address of the feed of a search with its own size.
func (q Search) SizedFeedAddress() string {
	// A feed has no such parameters, or fixed values for them.
	q.By, q.Sort, q.View, q.Cursor = search.ByArticle, search.ByRelevance, "", ""
	return q.Address(FeedPath)
}

// LocalAddress returns an address of this server unchanged, and the home page's for any
// other. Browsers read \ as / and ignore control characters.
func LocalAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(address, "/") ||
		strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\t\r\n") {
		return "/"
	}
	return u.String()
}

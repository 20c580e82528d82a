package param

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"xunwen/internal/search"
)

// Fields writes a question as parameters: q first, defaults left out, so that
// one question has one address.
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

// Address returns path with the question's state.
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

const (
	ResultsPath  = "/search"
	ArticlesPath = "/articles/"
)

// Results is the address of the question's first results.
func (q Search) Results() string {
	q.Cursor = ""
	return q.Address(ResultsPath)
}

// Article is the address of an article that was found by the question. It keeps
// all of the question, for the marks and for the way back.
func (q *Search) Article(id string) string {
	return q.Address(ArticlesPath + url.PathEscape(id))
}

// The following return the question with one thing changed, from its first results.

func (q Search) WithText(text string) Search { q.Text, q.Cursor = text, ""; return q }

func (q Search) WithBy(by search.By) Search { q.By, q.View, q.Cursor = by, "", ""; return q }

func (q Search) WithContextView() Search {
	q.By, q.View, q.Cursor = search.ByArticle, ContextView, ""
	return q
}

func (q Search) WithSort(s search.Sort) Search { q.Sort, q.Cursor = s, ""; return q }

func (q Search) WithCollapse(collapse bool) Search { q.Uncollapsed, q.Cursor = !collapse, ""; return q }

func (q Search) WithCursor(cursor string) Search { q.Cursor = cursor; return q }

func (q Search) WithoutFilters() Search {
	q.Filter, q.Cursor = search.Filter{}, ""
	return q
}

func (q Search) WithDates(from, to string) Search {
	q.Filter.From, q.Filter.To, q.Cursor = from, to, ""
	return q
}

func (q Search) Without(f FilterField, value string) Search {
	list := f.Values(&q.Filter)
	kept := slices.DeleteFunc(slices.Clone(*list), func(v string) bool { return v == value })
	*list, q.Cursor = kept, ""
	return q
}

const ExportPath = "/api/v1/export"

const FeedPath = "/feed.atom"

// FeedNames are the parameters of a feed; its order is newest first.
var FeedNames = append([]string{"q", "size", "collapse"}, filterNames...)

// feed is the address of the feed of a question, of the usual size.
func (q Search) FeedAddress() string {
	q.Size = DefaultSize
	return q.SizedFeedAddress()
}

func (q Search) SizedFeedAddress() string {
	q.By, q.Sort, q.View, q.Cursor = search.ByArticle, search.ByRelevance, "", "" // what a feed doesn't take, or has its own
	return q.Address(FeedPath)
}

// LocalAddress lets through an address of this server, and is the first page's
// for any other. Browsers read \ as / and leave out control characters.
func LocalAddress(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.IsAbs() || u.Host != "" || !strings.HasPrefix(address, "/") ||
		strings.HasPrefix(address, "//") || strings.ContainsAny(address, "\\\t\r\n") {
		return "/"
	}
	return u.String()
}

const TrendsPath = "/api/v1/trends"

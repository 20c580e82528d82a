package client

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"xunwen/web"
)

// schema is a part of a schema in the API's description.
type schema struct {
	Ref        string `json:"$ref"`
	Type       string
	Items      *schema
	OneOf      []schema
	Properties map[string]schema
	Required   []string
}

func (s schema) name() string { return strings.TrimPrefix(s.Ref, "#/components/schemas/") }

type operation struct {
	Parameters []struct {
		Ref      string `json:"$ref"`
		Name, In string
	}
	Responses map[string]struct {
		Content map[string]struct{ Schema schema }
	}
}

// description is the part of the API's description that a client depends on.
type description struct {
	Paths      map[string]map[string]operation
	Components struct {
		Schemas    map[string]schema
		Parameters map[string]struct{ Name, In string }
	}
}

func readDescription(t *testing.T) description {
	t.Helper()
	var d description
	if err := json.Unmarshal(web.OpenAPI, &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// answers are the structs of this package by the names of their schemas.
var answers = func() map[string]reflect.Type {
	types := map[string]reflect.Type{}
	for _, v := range []any{
		SearchResponse{}, Named{}, Article{}, Hit{}, Paragraph{}, Articles{}, Explanation{}, Part{}, Term{},
		Facets{}, Value{}, Period{}, Record{}, RecordParagraph{}, Suggestions{}, Suggestion{}, Trends{}, Bucket{},
		Publications{}, Publication{}, IssueDates{}, IssueDate{}, Issue{}, IssuePage{}, IssueArticle{}, Health{},
		Ready{}, ExportHead{}, ExportMatch{}, BatchHead{}, BatchRow{}, BatchHit{}, Problem{},
	} {
		types[reflect.TypeOf(v).Name()] = reflect.TypeOf(v)
	}
	return types
}()

// TestAnswersHaveTheDescribedMembers checks that each struct has the members of its schema, all of
// them and no others, with their types.
func TestAnswersHaveTheDescribedMembers(t *testing.T) {
	d := readDescription(t)
	for name, typ := range answers {
		described, ok := d.Components.Schemas[name]
		if !ok {
			t.Errorf("the description has no %s", name)
			continue
		}
		members := map[string]bool{}
		for _, field := range reflect.VisibleFields(typ) {
			tag, omit, _ := strings.Cut(field.Tag.Get("json"), ",")
			if field.Anonymous || tag == "-" {
				continue
			}
			members[tag] = true
			property, ok := described.Properties[tag]
			if !ok {
				t.Errorf("%s.%s is not described", name, tag)
				continue
			}
			if !d.fits(property, field.Type) {
				t.Errorf("%s.%s is a %s, described as %+v", name, tag, field.Type, property)
			}
			if required := slices.Contains(described.Required, tag); required == (omit == "omitempty") {
				t.Errorf("%s.%s: required is %v", name, tag, required)
			}
		}
		for member := range described.Properties {
			if !members[member] {
				t.Errorf("%s lacks %s", name, member)
			}
		}
	}
}

// fits reports whether a value of a schema is read into a Go type.
func (d description) fits(s schema, typ reflect.Type) bool {
	if s.Ref != "" {
		if typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		if named, ok := answers[s.name()]; ok {
			return typ == named
		}
		return d.fits(d.Components.Schemas[s.name()], typ)
	}
	switch s.Type {
	case "string":
		return typ.Kind() == reflect.String
	case "integer":
		return typ.Kind() == reflect.Int || typ == reflect.TypeFor[*int]()
	case "number":
		return typ.Kind() == reflect.Float64
	case "array":
		return typ.Kind() == reflect.Slice && d.fits(*s.Items, typ.Elem())
	}
	return false
}

// call is a method of a client, called with every parameter that it has.
type call struct {
	path   string
	answer string // name of the schema, "" for what isn't JSON
	unsent []string
	do     func(context.Context, *Client) error
}

var everywhere = Scope{
	Filter: Filter{Publication: []string{"报"}, Section: []string{"节"}, Source: []string{"社"}, Page: []string{"1"},
		PageName: []string{"要闻"}, Kind: []string{KindBody}, From: "2026-01-01", To: "2026-12-31"},
	By: ByParagraph, Match: Anywhere, Uncollapsed: true,
}

var calls = []call{
	{path: "GET /api/v1/search", answer: "SearchResponse", do: func(ctx context.Context, c *Client) error {
		return last(c.Hits(ctx, SearchRequest{Scope: everywhere, Q: "q", Sort: Oldest, Size: 5, Cursor: "c",
			Facets: MultiSelect, Explain: true}))
	}},
	{path: "GET /api/v1/articles/{id}", answer: "Record", do: func(ctx context.Context, c *Client) error {
		return second(c.Article(ctx, "青/1"))
	}},
	{path: "GET /api/v1/articles/{id}/citation", do: func(ctx context.Context, c *Client) error {
		return second(c.Citation(ctx, "青/1", RIS))
	}},
	{path: "GET /api/v1/articles/{id}/similar", answer: "Articles", do: func(ctx context.Context, c *Client) error {
		return second(c.Similar(ctx, "青/1", 5))
	}},
	{path: "GET /api/v1/articles/{id}/near-duplicates", answer: "Articles",
		do: func(ctx context.Context, c *Client) error { return second(c.NearDuplicates(ctx, "青/1")) }},
	{path: "GET /api/v1/suggest", answer: "Suggestions", do: func(ctx context.Context, c *Client) error {
		return second(c.Suggest(ctx, "q", 5))
	}},
	{path: "GET /api/v1/trends", answer: "Trends", do: func(ctx context.Context, c *Client) error {
		return second(c.Trends(ctx, TrendsRequest{Scope: everywhere, Q: []string{"a", "b"}, Interval: Year}))
	}},
	{path: "GET /api/v1/issues", answer: "Issue", do: func(ctx context.Context, c *Client) error {
		return second(c.Issue(ctx, "报", "2026-01-01"))
	}},
	{path: "GET /api/v1/issues", answer: "IssueDates", unsent: []string{"date"},
		do: func(ctx context.Context, c *Client) error { return second(c.IssueDates(ctx, "报")) }},
	{path: "GET /api/v1/issues", answer: "Publications", unsent: []string{"date", "publication"},
		do: func(ctx context.Context, c *Client) error { return second(c.Publications(ctx)) }},
	{path: "GET /api/v1/export", do: func(ctx context.Context, c *Client) error {
		return last(c.ExportMatches(ctx, ExportRequest{Scope: everywhere, Q: "q", Sort: Newest}, 0))
	}},
	{path: "POST /api/v1/batch", do: func(ctx context.Context, c *Client) error {
		return last(c.Batch(ctx, BatchRequest{Scope: everywhere, Queries: []string{"q"}, Sort: Newest,
			Counts: []Dimension{CountMonths}, Hits: 3}))
	}},
	{path: "GET /healthz", answer: "Health", do: func(ctx context.Context, c *Client) error {
		return second(c.Health(ctx))
	}},
	{path: "GET /readyz", answer: "Ready", do: func(ctx context.Context, c *Client) error {
		return second(c.Ready(ctx))
	}},
}

func second[T any](_ T, err error) error { return err }

func last[T any](rows iter.Seq2[T, error]) error {
	for _, err := range rows {
		if err != nil {
			return err
		}
	}
	return nil
}

// TestRequestsAreDescribed calls each method with every parameter that it has, and checks that
// these are the described ones, and that the described answer has a struct.
func TestRequestsAreDescribed(t *testing.T) {
	d := readDescription(t)
	for _, call := range calls {
		method, path, _ := strings.Cut(call.path, " ")
		described, ok := d.Paths[path][strings.ToLower(method)]
		if !ok {
			t.Errorf("%s is not described", call.path)
			continue
		}
		var names []string
		for _, p := range described.Parameters {
			if p.Ref != "" {
				shared := d.Components.Parameters[strings.TrimPrefix(p.Ref, "#/components/parameters/")]
				p.Name, p.In = shared.Name, shared.In
			}
			if p.In == "query" && !slices.Contains(call.unsent, p.Name) {
				names = append(names, p.Name)
			}
		}
		slices.Sort(names)
		got := requested(t, call)
		var sent []string
		for name := range got.URL.Query() {
			sent = append(sent, name)
		}
		slices.Sort(sent)
		if !slices.Equal(sent, names) {
			t.Errorf("%s sends %v, described are %v", call.path, sent, names)
		}
		want := strings.ReplaceAll(path, "{id}", url.PathEscape("青/1"))
		if got.Method != method || got.URL.EscapedPath() != want {
			t.Errorf("%s: sent as %s %s", call.path, got.Method, got.URL.EscapedPath())
		}
		if call.answer != "" && !hasAnswer(described.Responses["200"].Content["application/json"].Schema, call.answer) {
			t.Errorf("%s does not answer with %s", call.path, call.answer)
		}
	}
}

func hasAnswer(s schema, name string) bool {
	return s.name() == name || slices.ContainsFunc(s.OneOf, func(o schema) bool { return o.name() == name })
}

// requested returns the request that a call sends.
func requested(t *testing.T, c call) *http.Request {
	t.Helper()
	var sent *http.Request
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent = r
		w.Write([]byte("{}"))
	}))
	defer server.Close()
	client, err := New(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.do(t.Context(), client); err != nil {
		t.Errorf("%s: %v", c.path, err)
	}
	return sent
}

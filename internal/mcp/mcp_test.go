package mcp

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/engine"
	"xunwen/internal/memindex"
	"xunwen/internal/news"
	"xunwen/internal/search"
)

var day = time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC)

// archive are the articles of the tests. The second is a copy of the first in another paper.
func archive(t testing.TB) search.Engine {
	t.Helper()
	bridge := []news.Paragraph{
		{Text: "本报讯 青禾大桥昨天合龙，两岸群众到现场观看。"},
		{Section: "工期", Text: "大桥全长三公里，主跨四百八十米，施工用了两年。"},
		{Section: "工期", Text: "项目负责人说，通车后过江只需六分钟。"},
		{Text: "大桥建设资金由省市共同承担，投资三十亿元。"},
	}
	list := []news.Article{
		{ID: "a/1", Title: "青禾大桥合龙", Publication: "临江日报", Date: "2025-09-18", Page: "1", PageName: "要闻",
			Byline: "陆知夏", Paragraphs: bridge, URL: "javascript:alert(1)"},
		{ID: "b-1", Title: "青禾大桥合龙", Publication: "青禾晚报", Date: "2025-09-19", Page: "2", Paragraphs: bridge},
		{ID: "c-1", Title: "渡口停航", Publication: "临江日报", Date: "2025-10-02", Page: "3",
			Paragraphs: []news.Paragraph{{Text: "渡口停航，旅客改走大桥。"}, {Text: strings.Repeat("老船工说起往事。", 100)}}},
	}
	return memoryEngine(t, list)
}

// connect returns a session of a client over a pair of streams in memory.
func connect(t *testing.T, e search.Engine) *sdk.ClientSession {
	t.Helper()
	s := New(e, Options{Now: func() time.Time { return day }, Base: "https://news.example"})
	near, far := sdk.NewInMemoryTransports()
	if _, err := s.sdk.Connect(t.Context(), far, nil); err != nil {
		t.Fatal(err)
	}
	return session(t, near)
}

func session(t *testing.T, transport sdk.Transport) *sdk.ClientSession {
	t.Helper()
	c := sdk.NewClient(&sdk.Implementation{Name: "test"}, nil)
	cs, err := c.Connect(t.Context(), transport, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cs.Close() })
	return cs
}

// ask calls a tool that must succeed, and decodes its result.
func ask[T any](t *testing.T, cs *sdk.ClientSession, tool string, arguments map[string]any) (out T, text string) {
	t.Helper()
	result := callTool(t, cs, tool, arguments)
	text = result.Content[0].(*sdk.TextContent).Text
	if result.IsError {
		t.Fatalf("%s %v: %s", tool, arguments, text)
	}
	b, err := json.Marshal(result.StructuredContent)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(b), "null") {
		t.Errorf("%s has a null: %s", tool, b)
	}
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatalf("%s: %v in %s", tool, err, b)
	}
	return out, text
}

func callTool(t *testing.T, cs *sdk.ClientSession, tool string, arguments map[string]any) *sdk.CallToolResult {
	t.Helper()
	result, err := cs.CallTool(t.Context(), &sdk.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s %v: %v", tool, arguments, err)
	}
	return result
}

type args = map[string]any

func TestToolsAreDescribed(t *testing.T) {
	cs := connect(t, archive(t))
	want := map[string]bool{"search": true, "article": true, "passages": true, "trends": true, "context": true,
		"similar": true, "issues": true}
	for tool, err := range cs.Tools(t.Context(), nil) {
		if err != nil {
			t.Fatal(err)
		}
		if !want[tool.Name] {
			t.Errorf("an unexpected tool, %s", tool.Name)
		}
		delete(want, tool.Name)
		if a := tool.Annotations; !a.ReadOnlyHint || *a.OpenWorldHint || *a.DestructiveHint {
			t.Errorf("%s is not annotated as read-only", tool.Name)
		}
		schema, err := json.Marshal(tool.InputSchema)
		if err != nil {
			t.Fatal(err)
		}
		var described struct {
			Properties map[string]struct{ Type, Description string }
		}
		if err := json.Unmarshal(schema, &described); err != nil {
			t.Errorf("%s: %v", tool.Name, err)
		}
		for name, p := range described.Properties {
			if p.Type == "" || p.Description == "" {
				t.Errorf("%s: %s is not described: %+v", tool.Name, name, p)
			}
		}
		if tool.OutputSchema == nil || !hasHan(tool.Description) || tool.Title == "" {
			t.Errorf("%s is not described", tool.Name)
		}
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
	if got := cs.InitializeResult(); got != nil && !strings.Contains(got.Instructions, "passages") {
		t.Errorf("instructions: %q", got.Instructions)
	}
}

func hasHan(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= '一' && r <= '龥' })
}

func TestSearch(t *testing.T) {
	cs := connect(t, archive(t))
	got, text := ask[searchOutput](t, cs, "search", args{"query": "大桥", "sort": "oldest"})
	if got.Total != 2 || len(got.Hits) != 2 || got.TotalRelation != "eq" || got.Understood != "大桥" {
		t.Fatalf("%+v", got)
	}
	h := got.Hits[0]
	if h.ID != "a/1" || h.Title != "青禾大桥合龙" || h.Publication != "临江日报" || h.Date != "2025-09-18" || h.Page != "1" ||
		h.Link != "https://news.example/articles/a%2F1" || h.URL != "" {
		t.Errorf("the hit is %+v", h)
	}
	if h.CopyCount != 1 || h.CopyListed[0].ID != "b-1" {
		t.Errorf("its copies are %d, %+v", h.CopyCount, h.CopyListed)
	}
	if len(h.Snippets) == 0 || !strings.Contains(h.Snippets[0].Text, "大桥") || h.Snippets[0].Paragraph == 0 {
		t.Errorf("its snippets are %+v", h.Snippets)
	}
	for _, part := range []string{"2 hits", "青禾大桥合龙", "id: a/1", "https://news.example/articles/a%2F1"} {
		if !strings.Contains(text, part) {
			t.Errorf("the text has no %q: %s", part, text)
		}
	}
	got, _ = ask[searchOutput](t, cs, "search", args{"query": "大桥", "collapse": false, "publication": []string{"青禾晚报"}})
	if got.Total != 1 || got.Hits[0].ID != "b-1" {
		t.Errorf("in one newspaper: %+v", got)
	}
	if got, _ = ask[searchOutput](t, cs, "search", args{"from": "2025-10-01"}); got.Total != 1 {
		t.Errorf("by a filter alone: %+v", got)
	}
}

func TestCursor(t *testing.T) {
	cs := connect(t, archive(t))
	first, text := ask[searchOutput](t, cs, "search", args{"query": "大桥", "size": 1})
	if first.Cursor == "" || !strings.Contains(text, first.Cursor) {
		t.Fatalf("no cursor: %+v", first)
	}
	second, _ := ask[searchOutput](t, cs, "search", args{"query": "大桥", "size": 1, "cursor": first.Cursor})
	if second.Cursor != "" || len(second.Hits) != 1 || second.Hits[0].ID == first.Hits[0].ID {
		t.Errorf("the next hits: %+v", second)
	}
}

func TestArticleInParts(t *testing.T) {
	cs := connect(t, archive(t))
	whole, _ := ask[articleOutput](t, cs, "article", args{"id": "c-1"})
	if whole.NextParagraph != 0 || len(whole.Paragraphs) != 2 || whole.Count != 2 ||
		whole.Citation != "渡口停航[N/OL]. 临江日报, 2025-10-02(3)[2026-03-09]. https://news.example/articles/c-1." {
		t.Errorf("%+v", whole)
	}
	var parts []string
	for from, offset := 1, 0; from > 0; {
		part, _ := ask[articleOutput](t, cs, "article",
			args{"id": "c-1", "paragraph": from, "offset": offset, "max_characters": 130})
		count := 0
		for _, p := range part.Paragraphs {
			parts = append(parts, p.Text)
			count += utf8.RuneCountInString(p.Text)
		}
		if count == 0 || count > 130 {
			t.Fatalf("a part has %d characters", count)
		}
		from, offset = part.NextParagraph, part.NextOffset
	}
	if got, want := strings.Join(parts, ""), whole.Paragraphs[0].Text+whole.Paragraphs[1].Text; got != want {
		t.Errorf("the parts are %q", got)
	}
}

func TestErrorsSayWhatToDo(t *testing.T) {
	cs := connect(t, archive(t))
	for _, tc := range []struct {
		tool string
		args args
		says []string
	}{
		{"search", args{}, []string{"at least one filter"}},
		{"search", args{"query": `大桥 OR`}, []string{"query: ", "character"}},
		{"search", args{"query": "大桥", "from": "2025-13-01"}, []string{"from: ", "YYYY-MM-DD"}},
		{"search", args{"query": "大桥", "from": "2025-12-01", "to": "2025-01-01"}, []string{"is after to"}},
		{"search", args{"query": "大桥", "size": 1000}, []string{"size", "50"}},
		{"search", args{"query": "大桥", "sort": "best"}, []string{"sort", "relevance"}},
		{"search", args{"query": "大桥", "newspaper": "临江日报"}, []string{"newspaper"}},
		{"search", args{"query": "大桥", "cursor": "none"}, []string{"cursor: ", "start again without it"}},
		{"article", args{"id": "none"}, []string{"Not found"}},
		{"article", args{}, []string{"id"}},
		{"article", args{"id": "c-1", "paragraph": 3}, []string{"paragraph: the article has 2"}},
		{"passages", args{"query": " "}, []string{"query: ", "at least one word"}},
		{"trends", args{"queries": []string{}}, []string{"queries"}},
		{"trends", args{"queries": []string{"大桥", ""}}, []string{"query 2"}},
		{"issues", args{"date": "yesterday"}, []string{"date: "}},
		{"similar", args{"id": "none"}, []string{"Not found"}},
		{"context", args{"query": "大桥", "characters": 1}, []string{"characters"}},
	} {
		got := callTool(t, cs, tc.tool, tc.args)
		text := got.Content[0].(*sdk.TextContent).Text
		if !got.IsError {
			t.Errorf("%s %v is no error: %s", tc.tool, tc.args, text)
		}
		for _, part := range tc.says {
			if !strings.Contains(text, part) {
				t.Errorf("%s %v says %q, without %q", tc.tool, tc.args, text, part)
			}
		}
	}
}

// broken is an engine that fails.
type broken struct {
	search.Engine
	err error
}

func (b broken) Search(context.Context, search.Request) (search.Response, error) {
	if b.err == nil {
		panic("a secret of the engine")
	}
	return search.Response{}, b.err
}

func TestFailuresOfTheEngine(t *testing.T) {
	for err, says := range map[error]string{
		nil:                   "Internal error",
		search.ErrBusy:        "try again after 1 s",
		search.ErrNotReady:    "try again after",
		search.ErrUnsupported: "engine",
	} {
		cs := connect(t, broken{archive(t), err})
		got := callTool(t, cs, "search", args{"query": "大桥"})
		text := got.Content[0].(*sdk.TextContent).Text
		if !got.IsError || !strings.Contains(text, says) || strings.Contains(text, "secret") {
			t.Errorf("%v: %s", err, text)
		}
	}
}

// memoryEngine returns an engine over articles, of which those with the same title are copies.
func memoryEngine(t testing.TB, list []news.Article) search.Engine {
	t.Helper()
	words := analyzertest.Open(t)
	articles := make([]memindex.Article, len(list))
	for i := range list {
		if err := list[i].Normalize(); err != nil {
			t.Fatal(err)
		}
		articles[i] = memindex.Article{Article: list[i], Sequence: uint32(i), Group: list[i].Title}
	}
	x := memindex.New(words, articles)
	return engine.New("memory", x, x, x.Columns, words, engine.Options{Analyzer: "test", Cache: engine.DefaultCache})
}

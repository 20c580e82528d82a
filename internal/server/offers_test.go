package server

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// counting is an engine that finds as many articles as a test says.
type counting struct {
	stub
	count func(r search.Request) int
	named []search.Named
}

func (e *counting) Search(ctx context.Context, r search.Request) (search.Response, error) {
	if err := ctx.Err(); err != nil {
		return search.Response{}, err
	}
	e.searches = append(e.searches, r)
	resp := search.Response{Generation: "g", Total: e.count(r), Relation: search.Eq}
	if resp.Total > 0 {
		resp.Hits = []search.Hit{{Article: news.Article{ID: "a", Title: "一篇"}}}
	}
	if !r.NoSuggestions {
		resp.Named = e.named
	}
	return resp, nil
}

// written returns the query of a request and its filters in one line.
func written(r search.Request) string {
	q := ""
	if r.Query != nil {
		q = r.Query.String()
	}
	f := r.Filter
	fields := append([]string{q, string(r.Match)}, f.Publication...)
	fields = append(append(fields, f.Source...), f.From, f.To)
	return strings.Join(strings.Fields(strings.Join(fields, " ")), " ")
}

func TestOffersAreCounted(t *testing.T) {
	source := search.Named{Operand: "新华社", Field: query.Source, Value: "新华社"}
	paper := search.Named{Operand: "临江日报", Field: query.Publication, Value: "临江日报"}
	for _, tc := range []struct {
		address string
		named   []search.Named
		counts  map[string]int // by what is searched for
		want    []string
		without string
	}{
		{ // it has no hits
			"q=新华社&from=2024-01-01", []search.Named{source},
			map[string]int{"新华社 together 2024-01-01": 3, "together 新华社": 5}, nil, "只看来源",
		},
		{
			"q=新华社&sort=newest", []search.Named{source, {Operand: "新华社", Field: query.Source, Value: "新華社"}},
			map[string]int{"新华社 together": 3, "together 新华社 新華社": 1234},
			[]string{
				`/search?sort=newest&amp;source=` + url.QueryEscape("新华社") + `&amp;source=` + url.QueryEscape("新華社"),
				`只看来源“<span lang="zh-CN">新华社</span>”的稿件`, "共 1,234 篇",
			}, "",
		},
		{
			"q=临江日报", []search.Named{paper}, map[string]int{"临江日报 together": 3, "together 临江日报": 7},
			[]string{`只看报纸“<span lang="zh-CN">临江日报</span>”的稿件`, "共 7 篇"}, "只看来源",
		},
		{
			"q=临江日报&publication=青禾晚报", []search.Named{paper},
			map[string]int{"临江日报 together 青禾晚报": 3, "together 临江日报": 7}, nil, "只看报纸",
		},
		{
			"q=临江日报 大桥 -渡口&sort=newest", []search.Named{paper},
			map[string]int{"临江日报 大桥 -渡口 together": 3, "大桥 -渡口 together 临江日报": 12},
			[]string{
				`&amp;sort=newest&amp;publication=` + url.QueryEscape("临江日报"),
				`只在报纸“<span lang="zh-CN">临江日报</span>”里找“<span lang="zh-CN">大桥 -渡口</span>”`, "共 12 篇",
			}, "只看报纸",
		},
		{
			"q=临江日报 新华社 大桥", []search.Named{paper, source},
			map[string]int{"临江日报 新华社 大桥 together": 3, "临江日报 大桥 together 新华社": 5, "新华社 大桥 together 临江日报": 4},
			[]string{
				`只在来源“<span lang="zh-CN">新华社</span>”里找“<span lang="zh-CN">临江日报 大桥</span>”`,
				`只在报纸“<span lang="zh-CN">临江日报</span>”里找“<span lang="zh-CN">新华社 大桥</span>”`,
			}, "",
		},
		{ // only exclusions would be left
			"q=临江日报 -渡口", []search.Named{paper},
			map[string]int{"临江日报 -渡口 together": 3, "together 临江日报": 4}, nil, `class="offers"`,
		},
		{
			"q=2024年5月 长沙 -天气", nil,
			map[string]int{"2024年5月 长沙 -天气 together": 3, "长沙 -天气 together 2024-05-01 2024-05-31": 12},
			[]string{
				"from=2024-05-01&amp;to=2024-05-31", `只在2024年5月里找“<span lang="zh-CN">长沙 -天气</span>”`, "共 12 篇",
			}, "",
		},
		{
			"q=2024-05-01 长沙", nil,
			map[string]int{"2024-05-01 长沙 together": 3, "长沙 together 2024-05-01 2024-05-01": 1},
			[]string{"只在2024年5月1日里找"}, "",
		},
		{
			"q=2024", nil, map[string]int{"2024 together": 3, "together 2024-01-01 2024-12-31": 9},
			[]string{"只看2024年的稿件", "共 9 篇"}, "",
		},
		{"q=昨天 长沙", nil, map[string]int{"昨天 长沙 together": 3}, nil, `class="offers"`},
		{"q=2024年5月 -天气", nil, map[string]int{"2024年5月 -天气 together": 3}, nil, `class="offers"`},
		{
			"q=平台经济 OR 长沙", nil,
			map[string]int{"平台经济 OR 长沙 together": 3, "平台经济 anywhere": 5, "平台经济 OR 长沙 anywhere": 8},
			[]string{"match=anywhere", "各词出现在文中任意位置", "共 8 篇"}, "",
		},
		{
			"q=平台经济 OR 长沙", nil,
			map[string]int{"平台经济 OR 长沙 together": 3, "平台经济 together": 1, "长沙 together": 2,
				"平台经济 anywhere": 5, "平台经济 OR 长沙 anywhere": 8}, nil, `class="offers"`,
		},
	} {
		engine := &counting{named: tc.named, count: func(r search.Request) int { return tc.counts[written(r)] }}
		page := get(t, engine, "/search?"+encoded(tc.address)).Body.String()
		checkPage(t, tc.address, page, tc.want, tc.without)
	}
}

// checkPage checks that a page has all of some texts and lacks another, "" for none.
func checkPage(t *testing.T, address, page string, want []string, without string) {
	t.Helper()
	for _, text := range want {
		if !strings.Contains(page, text) {
			t.Errorf("%s: the page lacks %s", address, text)
		}
	}
	if without != "" && strings.Contains(page, without) {
		t.Errorf("%s: the page has %s", address, without)
	}
}

// encoded percent-encodes the values of an address.
func encoded(address string) string {
	values := url.Values{}
	for pair := range strings.SplitSeq(address, "&") {
		name, value, _ := strings.Cut(pair, "=")
		values.Add(name, value)
	}
	return values.Encode()
}

// TestSlowOffersAreLeftOut checks that hits don't wait for the count of an offer, and
// that a page without it is not cached.
func TestSlowOffersAreLeftOut(t *testing.T) {
	engine := &hanging{}
	engine.counting = counting{
		stub:  stub{response: search.Response{Generation: "g"}},
		named: []search.Named{{Field: query.Source, Value: "新华社"}},
		count: func(search.Request) int { return 3 },
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/search?q="+url.QueryEscape("新华社"), nil)
	done := make(chan struct{})
	go func() {
		New(engine, Options{}).ServeHTTP(w, r)
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal("the page waits for the offer")
	}
	if body := w.Body.String(); !strings.Contains(body, "一篇") || strings.Contains(body, "只看来源") {
		t.Errorf("hits without offers are wanted:\n%s", body)
	}
	if tag := w.Header().Get("ETag"); tag != "" {
		t.Errorf("the page without offers has the ETag %s", tag)
	}
}

// hanging is an engine that answers the server's own searches only when they are given up.
type hanging struct{ counting }

func (e *hanging) Search(ctx context.Context, r search.Request) (search.Response, error) {
	if r.Internal {
		<-ctx.Done()
	}
	return e.counting.Search(ctx, r)
}

package server

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"xunwen/internal/search"
)

// reasonOf is the line of an empty page about a part of its query.
func reasonOf(part, words string) string {
	return `<b><span lang="zh-CN">` + part + `</span></b>` + words
}

func TestEmptyPagesSayWhy(t *testing.T) {
	link := func(address, words string) string {
		return `<a href="/search?` + strings.ReplaceAll(encoded(address), "+", "&#43;") + `">` + words + `</a>`
	}
	for _, tc := range []struct {
		address string
		counts  map[string]int
		want    []string
		without string
	}{
		{
			"q=长沙 太空梯", map[string]int{"长沙 together": 12},
			[]string{
				reasonOf("长沙", link("q=长沙", "单独找有 12 篇")), reasonOf("太空梯", "<span>没有一篇稿件里有</span>"),
				`去掉找不到的词：<span lang="zh-CN">长沙</span>`,
			}, "有任意一个词",
		},
		{
			"q=长沙 北京", map[string]int{"长沙 together": 12, "北京 together": 5, "长沙 OR 北京 together": 17},
			[]string{
				"每一项都有，但没有一篇同时符合。",
				`少一个词：<span lang="zh-CN">长沙</span>`, `少一个词：<span lang="zh-CN">北京</span>`,
				`有任意一个词：<span lang="zh-CN">长沙 OR 北京</span></a> <span class="meta">共 17 篇`,
			}, "",
		},
		{
			"q=长沙 太空梯 北京", map[string]int{"长沙 together": 12, "北京 together": 5, "长沙 OR 北京 together": 17},
			[]string{`有任意一个词：<span lang="zh-CN">长沙 OR 北京</span></a> <span class="meta">共 17 篇`}, "少一个词",
		},
		{
			"q=长沙&publication=临江日报&from=2024-01-01",
			map[string]int{"长沙 together": 9, "长沙 together 2024-01-01": 4, "长沙 together 临江日报": 2},
			[]string{
				reasonOf("长沙", link("q=长沙", "这些筛选条件下没有，不加筛选有 9 篇")),
				`去掉 报纸：<span lang="zh-CN">临江日报</span></a> <span class="meta">共 4 篇`,
				`去掉 日期：2024-01-01 起</a> <span class="meta">共 2 篇`,
				`去掉全部筛选条件</a> <span class="meta">共 9 篇`,
			}, "",
		},
		{
			"q=平台经济", map[string]int{"平台经济 anywhere": 742},
			[]string{
				reasonOf("平台经济", `<a href="/search?q=`+url.QueryEscape("平台经济")+
					`&amp;match=anywhere">各词没有连在一起的，分散在文中的有 742 篇</a>`),
				`各词出现在文中任意位置</a> <span class="meta">共 742 篇`,
			}, "",
		},
		{
			"q=title:长沙", map[string]int{"长沙 together": 9},
			[]string{reasonOf("title:长沙", link("q=长沙", "标题里没有，全文里有 9 篇"))}, "",
		},
		{
			"q=byline:沈亦舟&from=2024-01-01", map[string]int{"沈亦舟 together": 1},
			[]string{reasonOf("byline:沈亦舟", link("q=沈亦舟", "作者里没有，全文里有 1 篇"))}, "",
		},
		{"q=title:太空梯", nil, []string{reasonOf("title:太空梯", "<span>标题里没有，全文里也没有</span>")}, ""},
		{"q=lead:太空梯", nil, []string{reasonOf("lead:太空梯", "<span>标题和首段里没有，全文里也没有</span>")}, ""},
		{"q=byline:沈亦舟", nil, []string{reasonOf("byline:沈亦舟", "<span>作者里没有，全文里也没有</span>")}, ""},
		{"q=page:99", nil, []string{reasonOf("page:99", "<span>没有这样的版次</span>")}, ""},
		{"q=length:>9999", nil, []string{"<span>没有这个字数的稿件</span>"}, ""},
		{"q=gdpx*", nil, []string{reasonOf("gdpx*", "<span>没有以此开头的词</span>")}, ""},
		{"q=“太空梯”", nil, []string{reasonOf("&#34;太空梯&#34;", "<span>没有这句原文，不加引号也没有</span>")}, ""},
		{
			"q=长沙 /SEN 太空梯", map[string]int{"长沙 anywhere": 3},
			[]string{reasonOf("长沙 /SEN 太空梯", `<span>没有一篇稿件里有 <span lang="zh-CN">太空梯</span></span>`)}, "",
		},
		{
			"q=月梯 /NEAR 3 太空梯", nil,
			[]string{`没有一篇稿件里有 <span lang="zh-CN">月梯</span> 或 <span lang="zh-CN">太空梯</span>`}, "",
		},
		{
			"q=长沙 /PREV 3 北京", map[string]int{"长沙 anywhere": 3, "北京 anywhere": 3},
			[]string{"每个词都有，但没有一篇稿件同时有"}, "",
		},
		{
			"q=长沙 /PREV 3 北京", map[string]int{"长沙 北京 together": 3},
			[]string{link("q=长沙 北京", "没有离得这么近的，不限距离有 3 篇")}, "",
		},
		{
			"q=“长沙 太空梯”~5", map[string]int{"长沙 anywhere": 3},
			[]string{`没有一篇稿件里有 <span lang="zh-CN">太空梯</span>`}, "",
		},
		{"q=太空梯 $5", nil, []string{`没有一篇稿件里有 <span lang="zh-CN">太空梯</span>`}, ""},
		{
			"q=长沙 $5", map[string]int{"长沙 together": 3},
			[]string{reasonOf("长沙 $5", link("q=长沙", "没有出现这么多次的，不限次数有 3 篇"))}, "",
		},
		{
			"q=“长沙 天气”", map[string]int{"长沙 天气 together": 9},
			[]string{reasonOf("&#34;长沙 天气&#34;", link("q=长沙 天气", "没有这句原文，不加引号有 9 篇")), "去掉引号"}, "",
		},
		{
			"q=“平台经济”", map[string]int{"平台经济 anywhere": 9},
			[]string{"没有这句原文，不加引号有 9 篇", "去掉引号，各词在任意位置："}, "去掉引号：",
		},
		{
			`q="长沙 天气"~5`, map[string]int{"长沙 天气 together": 9},
			[]string{"没有离得这么近的，不限距离有 9 篇"}, "",
		},
		{
			"q=长沙 -天气", map[string]int{"长沙 together": 9, "长沙 天气 together": 9},
			[]string{reasonOf("-天气", link("q=长沙 天气", "排除了 9 篇")), "去掉排除词"}, "",
		},
		{"q=date:2024-05", nil, []string{reasonOf("date:2024-05", "<span>这段时间没有稿件</span>")}, ""},
		{
			"q=长沙 date:2024-05", map[string]int{"长沙 together": 9},
			[]string{reasonOf("date:2024-05", "<span>这段时间没有稿件</span>")}, "",
		},
		{
			"q=北约 or 欧盟", map[string]int{"北约 OR 欧盟 together": 8},
			[]string{`运算符要大写：<span lang="zh-CN">北约 OR 欧盟</span></a> <span class="meta">共 8 篇`}, "",
		},
		{"q=太空梯", nil, []string{"没有找到", "最新稿件"}, "为什么没有"},
	} {
		engine := &counting{count: func(r search.Request) int {
			if r.Query == nil && written(r) == "together" || written(r) == "" {
				return 1 // the newest
			}
			return tc.counts[written(r)]
		}}
		engine.response.Generation = "g"
		page := get(t, engine, "/search?"+encoded(tc.address)).Body.String()
		checkPage(t, tc.address, page, tc.want, tc.without)
	}
}

// TestNothingIsClaimedWithoutAnswers checks that an empty page says nothing of the parts
// that the engine failed to search for, and is not cached then.
func TestNothingIsClaimedWithoutAnswers(t *testing.T) {
	engine := &busy{}
	engine.response.Generation = "g"
	engine.count = func(search.Request) int { return 0 }
	w := get(t, engine, "/search?q="+url.QueryEscape("长沙 太空梯"))
	if page := w.Body.String(); w.Code != http.StatusOK || strings.Contains(page, "没有一篇稿件里有") {
		t.Errorf("status %d, page\n%s", w.Code, page)
	}
	if tag := w.Header().Get("ETag"); tag != "" {
		t.Errorf("the page has the ETag %s", tag)
	}
}

// busy is an engine that has no time for the server's own searches.
type busy struct{ counting }

func (e *busy) Search(ctx context.Context, r search.Request) (search.Response, error) {
	if r.Internal {
		return search.Response{}, search.ErrBusy
	}
	return e.counting.Search(ctx, r)
}

package opensearch

import (
	"fmt"
	"slices"
	"testing"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// numbered are articles of one paragraph each.
func numbered(texts ...string) []news.Article {
	var out []news.Article
	for i, text := range texts {
		a := buildtest.Text(fmt.Sprint(i), fmt.Sprint("消息", i), text)
		a.Publication = "日报"
		out = append(out, a)
	}
	return out
}

// bothWays publishes articles and opens them as an index folder, too.
func bothWays(t *testing.T, all []news.Article, o Options) (local, remote search.Engine) {
	t.Helper()
	f := newFolder(t, testClient(t), "both", all)
	return openFolder(t, f.dir), openNamed(t, f.client, f.name, o)
}

// sameHits compares the hits, the total and the counts of two engines.
func sameHits(t *testing.T, local, remote search.Engine, text string, units ...search.By) {
	t.Helper()
	n, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	for _, by := range units {
		r := search.Request{Query: n, By: by, Size: 100, Facets: &search.FacetRequest{}, Uncollapsed: true}
		want, err := local.Search(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		got, err := remote.Search(t.Context(), r)
		if err != nil {
			t.Errorf("%s by %s: %v", text, by, err)
			continue
		}
		if got.Relation != search.Eq || got.Total != want.Total || !slices.Equal(hitIDs(got), hitIDs(want)) {
			t.Errorf("%s by %s: %d hits (%s) %v, want %d %v",
				text, by, got.Total, got.Relation, hitIDs(got), want.Total, hitIDs(want))
		}
		if a, b := publications(got), publications(want); a != b {
			t.Errorf("%s by %s: facets count %d of %d", text, by, a, b)
		}
	}
}

func hitIDs(r search.Response) (ids []string) {
	for _, h := range r.Hits {
		ids = append(ids, h.Article.ID)
	}
	slices.Sort(ids)
	return ids
}

// publications adds up what the facet of publications counts.
func publications(r search.Response) (n int) {
	for _, v := range r.Facets.Publication {
		n += v.Count
	}
	return n
}

// Operands may begin or end with a sign, or have one inside, that ends a sentence or not.
func TestSignsInOperands(t *testing.T) {
	local, remote := bothWays(t, numbered(
		"昨天，有人走过大桥。", "昨天有人走过大桥。", "昨天，5个人走过大桥。", "双方交流。中方决定支持大桥。", "双方交流。决定支持中方。",
		"第5次交流。中方决定支持大桥。", "他说，引导大家过桥，明确方向。", "引导大家过桥，明确方向。", "长、宁两地综合一体。", "长-宁两地综合一体。",
		"他·引导大桥。", "（·引导大桥）", "买5G，大桥。", "5G。中国大桥。", "人均1,500元，大桥。", "大桥！昨天，晴。", "中-美。日本大桥", "中美。日本大桥",
		"中美。日-本大桥", "桥.流水大桥", "桥.5流水大桥", "昨天。",
	), Options{})
	for _, text := range []string{
		"昨天， /NEAR 10 大桥", "昨天， /PREV 20 大桥", "大桥 /SEN 昨天，", "昨天， /PRG 大桥", "昨天， /SEN 2 大桥", "昨天， /PRG 2 大桥",
		"昨天， $1", "交流。中 /PRG 定支持", "交流。中 $1", "交流。 /SEN 2 决定", "，引导 /NEAR 10 明确", "，引导 $1", "长、宁 /SEN 综合",
		"·引导 /NEAR 5 大桥", "·引导 $1", "5G， /NEAR 5 大桥", "5G。中 /PRG 大桥",
		"，500元 /NEAR 5 大桥", "元， /NEAR 5 大桥", "中美。日本 /NEAR 5 大桥",
		"中美。日本 $1", "桥.流 /PRG 大桥", ".流水 /NEAR 5 大桥", ".5流 $1", "。中 /PRG 支持", "昨天。 $1", "昨天，", "中美。日本",
	} {
		sameHits(t, local, remote, text, search.ByArticle, search.ByParagraph)
	}
}

// Words near one another must not cut a number, which only texts decide about digits.
func TestNumbersAreNotCut(t *testing.T) {
	local, remote := bothWays(t, numbered(
		"今年增加5人。", "今年人数增加了5倍。", "今年增加了5.8倍。", "今年增加3.5倍。", "今年增加1,005倍。", "今年增加15人。", "今年增加了几百五十五倍。",
		"今年增加3·5倍。", "今年增加五倍。", "今年增加了十五倍。", "今年增加了A5倍。", "今年增加5点3倍。", "今年增加5点。", "神舟十三号升空。",
		"神舟号飞船十三号回来。", "神舟二十三号升空。", "神舟-13号升空。", "神舟飞船113号。", "神舟飞船3.13号。", "神舟A飞船二十三号B。",
		"神舟A飞船十三号B。", "7个城市。", "有7座大城市。", "17个城市。", "2.7个城市。", "七个城市。", "十七个A城市。", "1亿亩。", "十1亿亩。",
		"一亿亩，三十一亿亩。", "11亿亩。", "3.1亿亩。", "A城三十一亿亩。",
	), Options{})
	for _, text := range []string{"增加5", "增加五", "神舟十三号", "神舟13号", "7个城市", "七个城市", "1亿亩", "一亿亩", "增加 5", "3年", "15人"} {
		sameHits(t, local, remote, text, search.ByArticle, search.ByParagraph)
	}
}

// Where few of many candidates are in doubt, those are read, and hits, counts, trends and exports are exact. Where too
// many are, an export has all hits, and says that the total is a lower bound.
func TestFewAreInDoubt(t *testing.T) {
	var texts []string
	for i := range 40 {
		texts = append(texts, "3日开会，轮渡靠近大桥。", fmt.Sprintf("第%d天在03日。", i))
		if i%4 == 0 {
			texts = append(texts, "轮渡开过了很长很长很长很长很长很长的路，到了大桥。")
		}
	}
	texts = append(texts, "2023.03日。", "A03日。", "1,103日。", "第203日。", "03-日", "三日", "十三日")
	all := numbered(texts...)
	for i := range all {
		all[i].Publication = []string{"日报", "晚报"}[i%2]
		all[i].Date = fmt.Sprintf("2024-0%d-01", i%9+1)
	}
	local, few := bothWays(t, all, Options{Small: 3, Verified: 20, Window: 7})
	for _, text := range []string{"3日", "3日 OR 十三日", "轮渡 /NEAR 2 大桥", "3日 -A03日"} {
		sameHits(t, local, few, text, search.ByArticle)
		sameTrends(t, local, few, text)
	}
	_, many := bothWays(t, all, Options{Small: -1, Verified: 1, Window: 7})
	for _, tc := range []struct {
		text     string
		in       search.Engine
		relation search.Relation
	}{{"3日", few, search.Eq}, {"轮渡 /NEAR 2 大桥", few, search.Eq}, {"3日", many, search.Gte},
		{"轮渡 /NEAR 2 大桥", many, search.Gte}} {
		want, got := exportOf(t, local, tc.text), exportOf(t, tc.in, tc.text)
		if origin := got.origin; !slices.Equal(got.ids, want.ids) || origin.Relation != tc.relation ||
			origin.Total > len(want.ids) || tc.relation == search.Eq && origin.Total != len(want.ids) {
			t.Errorf("%s: %d hits of %d (%s), want %d",
				tc.text, len(got.ids), origin.Total, origin.Relation, len(want.ids))
		}
	}
}

func sameTrends(t *testing.T, local, remote search.Engine, text string) {
	t.Helper()
	n, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	r := search.TrendsRequest{Queries: []query.Node{n}}
	want, err := local.Trends(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	got, err := remote.Trends(t.Context(), r)
	if err != nil || fmt.Sprint(got.Periods) != fmt.Sprint(want.Periods) {
		t.Errorf("trends of %s: %v, want %v, %v", text, got.Periods, want.Periods, err)
	}
}

// exported is what an export has.
type exported struct {
	collector
	origin search.Origin
	ids    []string
}

// Begin implements search.Sink.
func (x *exported) Begin(o search.Origin) error {
	x.origin = o
	return nil
}

func exportOf(t *testing.T, e search.Engine, text string) *exported {
	t.Helper()
	n, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	out := &exported{}
	r := search.Request{Query: n, Uncollapsed: true}
	if err := e.Export(t.Context(), search.ExportRequest{Search: r}, out); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	out.ids = hitIDs(search.Response{Hits: out.hits})
	return out
}

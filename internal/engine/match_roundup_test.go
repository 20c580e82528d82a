package engine

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// split makes an article of each item; of says which article each comes from.
func split(m *memory) (items []news.Article, of []int) {
	for i, a := range m.articles {
		head, end := m.columns.documents(uint32(i))
		for _, paragraphs := range plainItems(a, m.columns.GramLength[head:end]) {
			item := a
			item.ID, item.Paragraphs = fmt.Sprint(len(items)), nil
			for _, n := range paragraphs {
				item.Paragraphs = append(item.Paragraphs, a.Paragraphs[n-1])
			}
			items, of = append(items, item), append(of, i)
		}
	}
	return items, of
}

// withoutRoundUps makes every article one item.
func (c *Columns) withoutRoundUps() {
	c.items = items{first: []uint32{0}}
	for a := range c.Day {
		c.items.first = append(c.items.first, uint32(a)+1)
		c.items.start = append(c.items.start, c.first[a])
	}
}

// A round-up matches where one of its items would if it were an article of its own, with
// the round-up's title.
func TestRoundUpsMatchByItem(t *testing.T) {
	r := rand.New(rand.NewPCG(20, 9)) // the same at every run
	words := openAnalyzer(t)
	m := newMemory(words, randomNews(r, 600), alone)
	items, of := split(m)
	apart := newMemory(words, items, alone)
	if len(items) < 700 {
		t.Fatalf("%d articles have only %d items", len(m.articles), len(items))
	}
	matching := func(m *memory, text string) *roaring.Bitmap {
		e := New("random", m, m, m.columns, words, Options{Cache: DefaultCache})
		s := newTestSearcher(t, e, search.Request{Query: asked(t, text), By: search.ByArticle})
		found, err := s.match(t.Context(), search.Filter{}, nil)
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		return found.base.members
	}
	byArticle := 0 // what would match if words in several items were enough
	for range 200 {
		text := randomQuery(r)
		if strings.Contains(text, " -") {
			continue // what is excluded must not be in any item
		}
		text += []string{"", ` "的"`, ` ("在与" OR 5G)`, ` "中国 发展"~20`, " section:发展", " in*"}[r.IntN(6)]
		want := roaring.New()
		for it := matching(apart, text).Iterator(); it.HasNext(); {
			want.Add(uint32(of[it.Next()]))
		}
		if got := matching(m, text); !got.Equals(want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
		byArticle += int(want.GetCardinality())
	}
	if byArticle < 500 {
		t.Errorf("only %d articles matched: this tests little", byArticle)
	}
}

// roundUp is one with three items, between two reports.
var roundUp = []news.Article{
	{ID: "report", Date: "2022-12-09", Title: "国产大飞机首飞", Paragraphs: []news.Paragraph{
		{Text: "C919今天首飞。"}, {Text: "这是新的一步。"},
	}},
	{ID: "roundup", Date: "2022-12-09", Title: "国内联播快讯", Source: "新华社", Paragraphs: []news.Paragraph{
		{Section: "捷龙三号成功", Text: "捷龙三号运载火箭今天首飞。"},
		{Section: "首架飞机交付", Text: "全球首架C919交付。", Kind: news.Caption},
		{Section: "首架飞机交付", Text: "航空公司将投入运营。"},
		{Section: "冬奥场馆开放", Text: "场馆面向公众开放，捷龙冰场人气最旺。"},
	}},
	{ID: "sections", Date: "2022-12-09", Title: "三城见闻", Paragraphs: []news.Paragraph{
		{Text: "本报记者走访三城。"},
		{Section: "甲城", Text: "捷龙公司成立。"}, {Section: "乙城", Text: "C919飞抵。"}, {Section: "丙城", Text: "首飞。"},
	}},
}

func TestRoundUps(t *testing.T) {
	words := openAnalyzer(t)
	m := newMemory(words, roundUp, alone)
	e := New("roundup", m, m, m.columns, words, Options{})
	for _, c := range []struct{ query, want string }{
		{"C919 首飞", "report sections"},
		{"捷龙 首飞", "roundup sections"},
		{"捷龙三号 首飞", "roundup"},
		{"首架飞机 运营", "roundup"}, // a heading belongs to its item
		{"捷龙三号 运营", ""},
		{"联播快讯 首飞", "roundup"}, // the title belongs to every item
		{"联播快讯 首飞 C919", ""},
		{`"首飞" "C919"`, "report sections"},
		{"section:首架 C919", "roundup"},
		{"section:首架 首飞", ""},
		{"(首飞 OR 交付) C919", "report roundup sections"},
		{"运营 -首飞", ""}, // an exclusion is of the whole article
		{"C919 -捷龙三号", "report sections"},
		{"C919 -(首飞 交付)", "report roundup sections"},
		{"首飞 source:新华社", "roundup"}, // values are of the article
		{"首飞 kind:caption", "roundup"},
		{"title:快讯 运营", "roundup"},
		{"lead:捷龙三号 运营", "roundup"}, // a lead is of the article, and so is a count
		{"冰场 场馆 $2", "roundup"},
		{"首架飞机 捷龙 $2", "roundup"},
	} {
		res, err := e.Search(t.Context(), search.Request{Query: asked(t, c.query), Size: 10})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, h := range res.Hits {
			ids = append(ids, h.Article.ID)
		}
		slices.Sort(ids)
		if got := strings.Join(ids, " "); got != c.want || res.Total != len(ids) {
			t.Errorf("%s: %q of %d, want %q", c.query, got, res.Total, c.want)
		}
	}
}

// A hit of a round-up shows, and is explained by, the item that makes its score.
func TestRoundUpsShowTheItem(t *testing.T) {
	words := openAnalyzer(t)
	m := newMemory(words, roundUp, alone)
	e := New("roundup", m, m, m.columns, words, Options{})
	for _, sort := range []search.Sort{search.ByRelevance, search.Newest} {
		r := search.Request{Query: asked(t, "捷龙 开放"), Sort: sort, Size: 10, Explain: true}
		res, err := e.Search(t.Context(), r)
		if err != nil || len(res.Hits) != 1 {
			t.Fatal(res.Hits, err)
		}
		h := res.Hits[0]
		if n := h.Paragraphs[0].N; n != 4 {
			t.Errorf("by %s: paragraph %d comes first, want 4", sort, n)
		}
		for _, p := range h.Explanation.Parts {
			if p.Paragraph != 4 {
				t.Errorf("by %s: part %s is of paragraph %d, want 4", sort, p.Name, p.Paragraph)
			}
		}
	}
	res, err := e.Search(t.Context(), search.Request{Query: asked(t, "section:冬奥"), Size: 1})
	if err != nil || len(res.Hits) != 1 || res.Hits[0].Paragraphs[0].N != 4 {
		t.Errorf("a heading alone: %+v, %v", res.Hits, err)
	}
}

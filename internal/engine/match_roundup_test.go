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
		for _, paragraphs := range m.plainItems(a, m.columns.GramLength[head:end]) {
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
	c.items.number(c, nil)
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
		{Section: "捷龙三号成功", Text: "捷龙三号运载火箭今天首飞，把十四颗小卫星送到预定的轨道，这是它第一次飞行。"},
		{Section: "首架飞机交付", Text: "全球首架C919交付。", Kind: news.Caption},
		{Section: "首架飞机交付", Text: "航空公司将投入运营，乘务员已经学完全部课程。"},
		{Section: "冬奥场馆开放", Text: "场馆面向公众开放，捷龙冰场人气最旺，周末要排队半个小时，孩子们在冰上欢笑。"},
	}},
	{ID: "sections", Date: "2022-12-09", Title: "三城见闻", Paragraphs: []news.Paragraph{
		{Text: "本报记者走访三城。"},
		{Section: "甲城", Text: "捷龙公司成立。"}, {Section: "乙城", Text: "C919飞抵。"}, {Section: "丙城", Text: "首飞。"},
	}},
}

// What divides an article into items, and what doesn't.
func TestItems(t *testing.T) {
	words := openAnalyzer(t)
	const text = "捷龙三号运载火箭今天首飞，把十四颗小卫星送到预定的轨道，这是它第一次飞行。"
	sections := func(texts ...string) (out []news.Paragraph) {
		for i, text := range texts {
			out = append(out, news.Paragraph{Section: fmt.Sprint("第", i), Text: text})
		}
		return out
	}
	plain := func(texts ...string) (out []news.Paragraph) {
		for _, text := range texts {
			out = append(out, news.Paragraph{Text: text})
		}
		return out
	}
	caption := func(text string) []news.Paragraph { return []news.Paragraph{{Text: text, Kind: news.Caption}} }
	list := strings.Repeat("甲公司 乙公司 ", 8)
	for _, c := range []struct {
		name       string
		paragraphs []news.Paragraph
		want       int // items
	}{
		{"three sections", sections(text, text, text), 3},
		{"two sections", sections(text, text), 1},
		{"tiny sections", sections("捷龙三号首飞。", "飞机交付。", "场馆开放。"), 1},
		{"long sections", sections(strings.Repeat(text, 12), text, strings.Repeat(text, 12)), 1},
		{"a section with a list", sections(text, list, text), 1},
		{"text above the sections", slices.Concat(plain(text), sections(text, text, text)), 1},
		{"headings", plain("捷龙三号成功", text, "飞机交付：首架", text, text, "场馆开放", text), 3},
		{"two headings", plain("捷龙三号成功", text, "飞机交付", text, text), 1},
		{"questions", plain("火箭怎么样？", text, "飞机呢？", text, "场馆呢？", text), 1},
		{"headings and a short sentence", plain("捷龙三号成功", text, "好。", "飞机交付", text, "场馆开放", text), 3},
		{"headings without text", plain("捷龙三号成功", text, "飞机交付", "场馆开放", text, "大桥", text), 1},
		{"headings over lists", plain("捷龙三号成功", list, "飞机交付", list, "场馆开放", list), 1},
		{"text above the headings", plain(text, "捷龙三号成功", text, "飞机交付", text, "场馆开放", text), 1},
		{"captions", slices.Concat(caption("图"), plain(text), caption("图"), plain(text), caption("图"), plain(text)), 1},
		{"a caption at an item's end", slices.Concat(plain("成功", text, "交付", text, "开放", text), caption("图")), 3},
	} {
		m := newMemory(words, []news.Article{{ID: "a", Title: "快讯", Paragraphs: c.paragraphs}}, alone)
		if n := len(m.columns.items.start); n != c.want {
			t.Errorf("%s: %d items, want %d", c.name, n, c.want)
		}
	}
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

// Paragraphs below one heading are one item, however the heading is spelt.
func TestItemsHaveOneHeadingInAnySpelling(t *testing.T) {
	words := openAnalyzer(t)
	text := strings.Repeat("江上的大桥今天通车了", 4) + "。"
	var paragraphs []news.Paragraph
	for _, section := range []string{"“大桥”通车", "「大橋」通車", "渡口关闭", "C919 首飞", "Ｃ919首飛"} {
		paragraphs = append(paragraphs, news.Paragraph{Section: section, Text: text})
	}
	m := newMemory(words, []news.Article{{ID: "a", Title: "快讯", Paragraphs: paragraphs}}, alone)
	if want := []uint32{1, 3, 4}; !slices.Equal(m.columns.items.start, want) {
		t.Errorf("items begin at %v, want %v", m.columns.items.start, want)
	}
}

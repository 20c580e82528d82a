package searchtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// wire is a text that several newspapers print.
const wire = "青禾大桥今天上午通车。大桥全长一千二百米，双向六车道，两岸居民过江不再绕行。" +
	"市交通局介绍，大桥建设历时三年，动用工人两千余名，没有发生一起安全事故。首批通过的是三十辆公交车。"

// nearDuplicates checks that near-duplicates collapse into one hit, which names the
// others that match, in any order and along the cursor. An update with another
// figure is a hit of its own; uncollapsed and by paragraph each article is.
func nearDuplicates(t *testing.T, serve Factory) {
	article := func(id, publication, date, text string) news.Article {
		return news.Article{
			ID:          id,
			Publication: publication,
			Date:        date,
			Title:       "大桥",
			Paragraphs:  []news.Paragraph{{Text: text, Kind: news.Body}},
		}
	}
	all := []news.Article{
		article("a1", "临江日报", "2026-01-10", wire),
		article("b", "临江日报", "2026-01-11", "青禾大桥桥头的渡口停航。"),
		article("a2", "青禾晚报", "2026-01-12", "本报讯 "+wire+"（据江讯社）"),
		article("a3", "江畔周刊", "2026-01-13", wire),
		article("c", "江畔周刊", "2026-01-14", "游客在青禾大桥上看日出。"),
		article("u", "江畔周刊", "2026-01-15", strings.Replace(wire, "三十辆", "五十辆", 1)),
	}
	e := serve(t, all)
	bridge := &query.Phrase{Text: "青禾大桥"}
	twoDays := search.Filter{From: "2026-01-11", To: "2026-01-12"}
	twoPapers := search.Filter{Publication: []string{"青禾晚报", "江畔周刊"}}
	for _, c := range []struct {
		name string
		r    search.Request
		want string // hits, with what collapses into them
	}{
		{"newest", search.Request{Query: bridge, Sort: search.Newest}, "u c a3+a1+a2 b"},
		{"oldest", search.Request{Query: bridge, Sort: search.Oldest}, "a1+a2+a3 b c u"},
		{"reprinted", search.Request{Query: bridge, Sort: search.Reprinted}, "a1+a2+a3 b c u"},
		{"reprinted, filtered", search.Request{Sort: search.Reprinted, Filter: twoPapers}, "a2+a3 c u"},
		{
			"reprinted, listed", search.Request{Query: bridge, Sort: search.Reprinted, Uncollapsed: true},
			"a1 b a2 a3 c u",
		},
		{"listed", search.Request{Query: bridge, Sort: search.Newest, Uncollapsed: true}, "u c a3 a2 b a1"},
		{"by paragraph", search.Request{Query: bridge, Sort: search.Newest, By: search.ByParagraph}, "u c a3 a2 b a1"},
		{"filtered", search.Request{Query: bridge, Sort: search.Oldest, Filter: twoDays}, "b a2"},
		{"two of three", search.Request{Sort: search.Newest, Filter: twoPapers}, "u c a3+a2"},
	} {
		for _, size := range []int{1, 2, 10} {
			c.r.Size = size
			var got []string
			Walk(t, e, c.r, func(res search.Response) bool {
				if want := len(strings.Fields(c.want)); res.Total != want {
					t.Errorf("%s: total %d, want %d", c.name, res.Total, want)
				}
				for _, h := range res.Hits {
					checkNamed(t, c.name, h, all)
					got = append(got, strings.Join(append([]string{h.Article.ID}, h.NearDuplicateIDs()...), "+"))
				}
				return true
			})
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%s, %d at a time: %s, want %s", c.name, size, s, c.want)
			}
		}
	}
}

// checkNamed checks that the near-duplicates of a hit have the publication and date
// of their articles.
func checkNamed(t *testing.T, name string, h search.Hit, all []news.Article) {
	t.Helper()
	for _, d := range h.NearDuplicates {
		a := all[slices.IndexFunc(all, func(a news.Article) bool { return a.ID == d.ID })]
		if d.Publication != a.Publication || d.Date != a.Date {
			t.Errorf("%s: %s has publication %s and date %s", name, d.ID, d.Publication, d.Date)
		}
	}
}

// manyGroups walks many groups of near-duplicates with different scores: each group
// must come once, by its best, and unless hits are ordered roughly after every hit that scores higher.
func manyGroups(t *testing.T, serve Factory, roughly bool) {
	const groups, most = 40, 5
	var all []news.Article
	r := rand.New(rand.NewPCG(20, 22))
	for i := range groups {
		text := []rune(wire)
		r.Shuffle(len(text), func(i, j int) { text[i], text[j] = text[j], text[i] })
		for k := range 1 + i%most {
			title := strings.Repeat("晨报", k) + strings.Repeat("大桥", i%3)
			all = append(all, news.Article{ID: fmt.Sprintf("g%02d-%d", i, k), Title: title,
				Paragraphs: []news.Paragraph{{Text: string(text) + "大桥。", Kind: news.Body}}})
		}
	}
	slices.SortFunc(all, func(a, b news.Article) int { return strings.Compare(a.ID[4:]+a.ID, b.ID[4:]+b.ID) }) // apart
	e := serve(t, all)
	want := map[string]float64{} // by group, its best score
	list := search.Request{Query: &query.Word{Text: "大桥"}, Size: 7, Uncollapsed: true}
	Walk(t, e, list, func(res search.Response) bool {
		for _, h := range res.Hits {
			want[h.Article.ID[:3]] = max(want[h.Article.ID[:3]], h.Score)
		}
		return true
	})
	list.Uncollapsed = false
	mostReprinted(t, e, list, groups, most)
	last := 0.0
	Walk(t, e, list, func(res search.Response) bool {
		if res.Total != groups {
			t.Errorf("total %d of %d groups", res.Total, groups)
		}
		for _, h := range res.Hits {
			group := h.Article.ID[:3]
			if h.Score != want[group] {
				t.Errorf("%s has score %v, its group's best %v (0: it came before)", h.Article.ID, h.Score, want[group])
			}
			if last != 0 && h.Score > last && !roughly {
				t.Errorf("%s comes too late", h.Article.ID)
			}
			last = h.Score
			delete(want, group)
			for _, d := range h.NearDuplicateIDs() {
				if d[:3] != group || d == h.Article.ID {
					t.Errorf("%s names %s as its near-duplicate", h.Article.ID, d)
				}
			}
		}
		return true
	})
	if len(want) > 0 {
		t.Errorf("the walk omits %v", want)
	}
}

// mostReprinted checks that a walk visits groups of 1 to most articles, as many of each size, the
// largest first, and that an export does the same.
func mostReprinted(t *testing.T, e search.Engine, r search.Request, groups, most int) {
	r.Sort = search.Reprinted
	seen := map[string]bool{}
	var walked []string
	Walk(t, e, r, func(res search.Response) bool {
		for _, h := range res.Hits {
			if n, want := 1+len(h.NearDuplicates), most-len(walked)*most/groups; n != want {
				t.Errorf("hit %d, %s, has %d articles, want %d", len(walked), h.Article.ID, n, want)
			}
			seen[h.Article.ID[:3]] = true
			walked = append(walked, h.Article.ID)
		}
		return true
	})
	if len(walked) != groups || len(seen) != groups {
		t.Errorf("a walk visits %d hits of %d groups, want %d", len(walked), len(seen), groups)
	}
	all := &sink{stop: -1}
	if err := e.Export(t.Context(), search.ExportRequest{Search: r}, all); err != nil {
		t.Fatal(err)
	}
	var exported []string
	for _, h := range all.hits {
		exported = append(exported, h.Article.ID)
	}
	if !slices.Equal(walked, exported) {
		t.Errorf("a walk visits\n%v, an export\n%v", walked, exported)
	}
}

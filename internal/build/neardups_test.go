package build_test

import (
	"slices"
	"strings"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/build"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/live"
	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// TestAppendedNearDuplicatesCollapse checks that appended articles collapse as if they had
// been in the index from the start.
func TestAppendedNearDuplicatesCollapse(t *testing.T) {
	t.Parallel()
	const report = "渡口自下月起停航，船员转岗到水上救援队。老船工说，江上的雾他看了四十年，如今可以在桥上看。" +
		"停航后原候船室改为江畔书屋，每天早上八点开门，市民可以免费借阅。"
	first := []news.Article{buildtest.Text("a", "渡口停航", report), buildtest.Text("b", "渡口茶节", "渡口茶节今天开幕。")}
	second := []news.Article{
		buildtest.Text("c", "最后一班船", "本报讯 "+report), buildtest.Text("d", "渡口停航", report, "（据江讯社）"),
		buildtest.Text("update", "渡口停航", strings.Replace(report, "八点", "九点", 1)),
	}
	dir := buildtest.New(t, first...)
	if _, err := build.Index(t.Context(),
		build.Options{Out: dir, Append: true, Keep: 1,
			Dictionaries: analyzertest.Frequent(t)}, buildtest.Articles(second...)); err != nil {
		t.Fatal(err)
	}
	want := "a+c+d b update"
	for name, l := range map[string]*live.Engine{"added": open(t, dir),
		"at once": open(t, buildtest.New(t, slices.Concat(second, first)...))} {
		r, err := l.Search(t.Context(), search.Request{Query: &query.Phrase{Text: "渡口"}, Size: 10})
		if err != nil {
			t.Fatal(err)
		}
		var hits []string
		for _, h := range r.Hits {
			group := append([]string{h.Article.ID}, h.NearDuplicateIDs()...)
			slices.Sort(group)
			hits = append(hits, strings.Join(group, "+"))
		}
		slices.Sort(hits)
		if got := strings.Join(hits, " "); got != want || r.Total != len(hits) {
			t.Errorf("%s: %s with total %d, want %s", name, got, r.Total, want)
		}
	}
}

package searchtest

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
)

// similar checks that the articles similar to one are about the same subject, each
// group once and its own not at all, and that its near-duplicates are the others of
// its group.
func similar(t *testing.T, serve Factory) {
	article := func(id, title, text string) news.Article {
		return news.Article{
			ID:         id,
			Title:      title,
			Date:       "2026-01-10",
			Paragraphs: []news.Paragraph{{Text: text, Kind: news.Body}},
		}
	}
	all := []news.Article{
		article("bridge", "青禾大桥通车", wire), article("bridge 2/1", "过江不再绕行", wire+"（据江讯社）"),
		article("opening", "青禾大桥迎来首批公交车", "青禾大桥通车首日，公交车司机沈师傅说，过江只要五分钟。两岸居民在桥头合影，交通局派人疏导。末班车晚上十点发车，票价与轮渡相同。"),
		article("opening 2", "首批公交车过桥", "青禾大桥通车首日，公交车司机沈师傅说，过江只要五分钟。两岸居民在桥头合影，交通局派人疏导。末班车晚上十点发车，票价与轮渡相同。"),
		article("passing", "江畔茶节", "江畔茶节明天开幕，四方茶商云集，茶农带来新茶，也有人顺路去看青禾大桥。茶节持续五天，茶艺表演每天三场。"),
	}
	for i := range 30 { // so that words have an idf
		text := strings.Repeat(fmt.Sprintf("气象台预计第%d周多云，早晚有雾，气温略升，市民出行请注意路况。", i), 1+i%3)
		all = append(all, article(fmt.Sprintf("weather %d", i), "一周天气", text))
	}
	e := serve(t, all)
	for _, c := range []struct{ id, similar, duplicates string }{
		{"bridge", "opening+opening 2", "bridge 2/1"},
		{"bridge 2/1", "opening+opening 2", "bridge"},
		{"opening 2", "bridge+bridge 2/1", "opening"},
	} {
		similar, err := e.Similar(t.Context(), search.SimilarRequest{ID: c.id, Size: 10})
		if err != nil {
			t.Fatal(err)
		}
		duplicates, err := e.NearDuplicates(t.Context(), c.id)
		if err != nil {
			t.Fatal(err)
		}
		if got := related(t, similar); got != c.similar {
			t.Errorf("similar to %s: %s, want %s", c.id, got, c.similar)
		}
		if got := related(t, duplicates); got != c.duplicates {
			t.Errorf("near-duplicates of %s: %s, want %s", c.id, got, c.duplicates)
		}
		if similar.Generation != e.Generation() || duplicates.Generation != e.Generation() {
			t.Errorf("%s: generations %q and %q, want %q",
				c.id, similar.Generation, duplicates.Generation, e.Generation())
		}
	}
	one, err := e.Similar(t.Context(), search.SimilarRequest{ID: "weather 3", Size: 4})
	if err != nil || len(one.Hits) != 4 ||
		!slices.IsSortedFunc(one.Hits, func(a, b search.Hit) int { return cmp.Compare(b.Score, a.Score) }) {
		t.Errorf("four of many: %+v, %v", one, err)
	}
	for _, id := range []string{"", "bridge 2"} {
		_, err := e.Similar(t.Context(), search.SimilarRequest{ID: id, Size: 1})
		if !errors.Is(err, search.ErrNotFound) {
			t.Errorf("similar to %q: %v", id, err)
		}
		if _, err := e.NearDuplicates(t.Context(), id); !errors.Is(err, search.ErrNotFound) {
			t.Errorf("near-duplicates of %q: %v", id, err)
		}
	}
}

// related lists articles with their near-duplicates.
func related(t *testing.T, r search.Related) string {
	t.Helper()
	var out []string
	for _, h := range r.Hits {
		if len(h.Paragraphs)+len(h.Article.Paragraphs) > 0 || h.Article.Title == "" {
			t.Errorf("%s comes without its title or with its text: %+v", h.Article.ID, h)
		}
		out = append(out, strings.Join(append([]string{h.Article.ID}, h.NearDuplicateIDs()...), "+"))
	}
	return strings.Join(out, ", ")
}

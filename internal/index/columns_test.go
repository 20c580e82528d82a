package index_test

import (
	"slices"
	"testing"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/engine"
	"xunwen/internal/news"
)

// TestValuesAreThoseOfTheArticles checks the values of articles and the sections of
// paragraphs, which facets count.
func TestValuesAreThoseOfTheArticles(t *testing.T) {
	t.Parallel()
	all := []news.Article{buildtest.Text("a", "一", "甲", "乙"), buildtest.Text("b", "二"), buildtest.Text("c", "三", "丙")}
	all[0].Publication, all[2].Publication = "临江日报", "青禾晚报"
	all[2].Source, all[1].PageName = "新华社", "要闻"
	all[0].Paragraphs[1].Section = "桥"
	g := openBuilt(t, all...)
	for field, want := range map[string][]string{
		engine.Publication: {"临江日报", "", "青禾晚报"},
		engine.PageName:    {"", "要闻", ""},
		engine.Source:      {"", "", "新华社"},
		engine.Section:     {"", "", "桥", "", "", ""}, // a's head and paragraphs, b's, c's
	} {
		v, err := g.Columns.Values(field)
		if err != nil || len(v.Of) != len(want) {
			t.Fatalf("%s: %d values, want %d (%v)", field, len(v.Of), len(want), err)
		}
		for i, name := range want {
			if got := v.Names[v.Of[i]]; got != name {
				t.Errorf("%s of %d is %q, want %q", field, i, got, name)
			}
		}
	}
}

// The characters of articles are counted when they are indexed.
func TestCharacters(t *testing.T) {
	t.Parallel()
	g := openBuilt(t, buildtest.Text("a", "一", "甲 乙。", "丙"), buildtest.Text("b", "二"), buildtest.Text("c", "三", "丁"))
	if got, want := g.Columns.Characters, []uint32{4, 0, 1}; !slices.Equal(got, want) {
		t.Errorf("%v characters, want %v", got, want)
	}
}

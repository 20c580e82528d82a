package build_test

import (
	"fmt"
	"maps"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/build"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/news"
)

// TestLexiconSpellings checks that a lexicon knows how texts spell words that the
// dictionary doesn't have, also after an append, and that traditional texts tell only
// the signs.
func TestLexiconSpellings(t *testing.T) {
	t.Parallel()
	repeat := func(prefix, text string) (list []news.Article) {
		for i := range 12 {
			list = append(list, buildtest.Text(fmt.Sprint(prefix, i), "渡口"+fmt.Sprint(i), text, text))
		}
		return list
	}
	dir := buildtest.New(t, append(repeat("s", "“禤锺馗”说，哈利·馗特，在渡口。"),
		repeat("t", "“犇覆淼”說，看著哈利·馗特。")...)...)
	for _, step := range []struct {
		added string
		want  map[string]string
	}{
		{"", map[string]string{"钟馗": "锺馗", "复淼": "", "看着": "", "哈利馗特": "哈利·馗特"}},
		{"“龘覆焱”说，渡口开放。", map[string]string{"钟馗": "锺馗", "复焱": "覆焱", "哈利馗特": "哈利·馗特"}},
	} {
		if step.added != "" {
			o := build.Options{Out: dir, Keep: 2, Append: true, Dictionaries: analyzertest.Frequent(t)}
			if _, err := build.Index(t.Context(), o, buildtest.Articles(repeat("u", step.added)...)); err != nil {
				t.Fatal(err)
			}
		}
		l := currentLexicon(t, dir)
		got := maps.Collect(l.EachSpelling())
		for word, want := range step.want {
			if got[word] != want {
				t.Errorf("%s is spelt %q, want %q (%v)", word, got[word], want, got)
			}
		}
	}
}

package build_test

import (
	"fmt"
	"iter"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/build"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/index"
	"xunwen/internal/news"
	"xunwen/internal/suggest"
)

// TestLexiconAfterChanges checks that the lexicon of an index after appends and removals has
// the words and pairs of a full build: deleted articles don't count. So do the compounds
// that both have; a full build finds more of them.
func TestLexiconAfterChanges(t *testing.T) {
	t.Parallel()
	some := func(from, n int) (list []news.Article) {
		for i := from; i < from+n; i++ {
			list = append(list,
				buildtest.Text(fmt.Sprintf("n%d", i), "青禾大桥",
					fmt.Sprintf("第%d号公报说，%c镇的渡口今天开放，%c先生乘船。", i, '一'+rune(i), '万'+rune(i))))
		}
		return list
	}
	there := some(0, 120)
	dir := buildtest.New(t, some(0, 120)...)
	grow := func(list []news.Article) {
		t.Helper()
		there = slices.DeleteFunc(there, func(a news.Article) bool {
			return slices.ContainsFunc(list, func(b news.Article) bool { return a.ID == b.ID })
		})
		there = append(there, list...)
		if _, err := build.Index(t.Context(),
			build.Options{Out: dir, Keep: 2, Append: true,
				Dictionaries: analyzertest.Frequent(t)}, buildtest.Articles(list...)); err != nil {
			t.Fatal(err)
		}
	}
	shrink := func(list []news.Article) {
		t.Helper()
		var ids []string
		for _, a := range list {
			ids = append(ids, a.ID)
		}
		if _, err := build.Remove(t.Context(), build.Options{Out: dir, Keep: 2, Dictionaries: analyzertest.Frequent(t)},
			ids); err != nil {
			t.Fatal(err)
		}
		there = slices.DeleteFunc(there, func(a news.Article) bool { return slices.Contains(ids, a.ID) })
	}
	for _, step := range []struct {
		name   string
		change func()
	}{
		{"a volume more", func() { grow(some(200, 10)) }},
		{"one is made of two", func() { grow(some(300, 8)) }},
		{"articles are replaced", func() { grow(some(205, 9)) }},
		{"a volume is gone", func() { shrink(append(some(200, 14), some(300, 8)...)) }},
		{"after that one more", func() { grow(some(400, 3)) }},
		{"some of a volume are gone", func() { shrink(some(3, 20)) }},
		{"some of it are replaced", func() {
			list := some(40, 10)
			for i := range list {
				list[i].Paragraphs[0].Text = "更正：渡口明天开放。"
			}
			grow(list)
		}},
		{"a volume of which some were gone is rebuilt", func() { grow(some(500, 60)) }},
		{"most of it is new", func() { grow(some(600, 600)) }},
		{"some of all are gone", func() { shrink(append(some(60, 10), some(700, 50)...)) }},
	} {
		step.change()
		counted, amended := currentLexicon(t, buildtest.New(t, there...)), currentLexicon(t, dir)
		for what, of := range map[string]func(*suggest.Lexicon) iter.Seq2[string, int]{
			"words": (*suggest.Lexicon).EachWord, "pairs": (*suggest.Lexicon).EachPair,
		} {
			if got, want := maps.Collect(of(amended)), maps.Collect(of(counted)); !maps.Equal(got, want) {
				t.Errorf("%s: %d %s, a full build has %d or other counts", step.name, len(got), what, len(want))
			}
		}
		full := maps.Collect(counted.EachCompound())
		for text, n := range amended.EachCompound() {
			if want, ok := full[text]; ok && n != want {
				t.Errorf("%s: %s is in %d documents, a full build says %d", step.name, text, n, want)
			}
		}
	}
}

// currentLexicon reads the lexicon of the published generation.
func currentLexicon(t *testing.T, dir string) *suggest.Lexicon {
	t.Helper()
	l, err := index.ReadLexicon(filepath.Join(buildtest.CurrentDir(t, dir), index.LexiconFile))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

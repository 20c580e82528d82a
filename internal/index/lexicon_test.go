package index

import (
	"bytes"
	"fmt"
	"path/filepath"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/generation"
	"xunwen/internal/news"
)

// What is made of the lexicon before and of the volumes that came and went is
// what counting everything gives.
func TestAnAmendedLexiconIsACountedOne(t *testing.T) {
	t.Parallel()
	some := func(from, n int) (list []news.Article) {
		for i := from; i < from+n; i++ {
			list = append(list, text(fmt.Sprintf("n%d", i), "青禾大桥", fmt.Sprintf("第%d号公报说，%c镇的渡口今天开放，%c先生乘船。", i, '一'+rune(i), '万'+rune(i))))
		}
		return list
	}
	dir := build(t, some(0, 120)...)
	grow := func(list []news.Article) {
		t.Helper()
		if _, err := Build(t.Context(), BuildOptions{Out: dir, Keep: 2, Append: true, Dictionaries: analyzertest.Frequent(t), Log: quiet}, articles(list...)); err != nil {
			t.Fatal(err)
		}
	}
	for _, step := range []struct {
		name   string
		change func()
	}{
		{"a volume more", func() { grow(some(200, 10)) }},
		{"one is made of two", func() { grow(some(300, 8)) }},
		{"articles are replaced", func() { grow(some(205, 9)) }},
		{"a volume is gone", func() {
			var ids []string
			for _, a := range append(some(200, 14), some(300, 8)...) {
				ids = append(ids, a.ID)
			}
			if _, err := Remove(t.Context(), BuildOptions{Out: dir, Keep: 2, Dictionaries: analyzertest.Frequent(t), Log: quiet}, ids); err != nil {
				t.Fatal(err)
			}
		}},
		{"after that one more", func() { grow(some(400, 3)) }},
	} {
		step.change()
		_, s, err := readManifest(generation.In(dir), current(t, dir))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(currentDir(t, dir), lexiconFile)
		amended := contentOf(t, path)
		if err := countLexicon(t.Context(), currentDir(t, dir), s.Volumes); err != nil {
			t.Fatal(err)
		}
		if counted := contentOf(t, path); !bytes.Equal(amended, counted) {
			t.Errorf("%s: an amended lexicon of %d bytes, counted %d", step.name, len(amended), len(counted))
		}
		put(t, path, amended)
	}
}

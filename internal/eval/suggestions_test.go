package eval_test

import (
	"path/filepath"
	"testing"

	"xunwen/internal/build"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/news"
	"xunwen/internal/source"
)

// readArticles returns the articles of files that have no rejects.
func readArticles(t testing.TB, paths ...string) []news.Article {
	t.Helper()
	inputs, err := source.Expand(paths)
	if err != nil {
		t.Fatal(err)
	}
	var list []news.Article
	for e, err := range source.Read(t.Context(), inputs, source.Options{}) {
		if err != nil || e.Article == nil {
			t.Fatalf("reject %v, error %v", e.Reject, err)
		}
		list = append(list, *e.Article)
	}
	return list
}

// TestDidYouMeanOverSamples measures corrections over the sample newspapers, which
// are few: the smaller an index, the less evidence there is of a mistake.
func TestDidYouMeanOverSamples(t *testing.T) {
	t.Parallel()
	var titles []string
	dir := filepath.Join(t.TempDir(), "news")
	samples := readArticles(t, "../../samples/articles.jsonl", "../../samples/pages/*/*/*.txt")
	for _, a := range samples {
		titles = append(titles, a.Title)
	}
	articles := buildtest.Articles(samples...)
	if _, err := build.Index(t.Context(), build.Options{Out: dir, Keep: 1}, articles); err != nil {
		t.Fatal(err)
	}
	l := open(t, dir)
	m := newMisspeller(t, l, 5, 1)
	sound, look := corrected(t, l, m.mistakes(100, false)), corrected(t, l, m.mistakes(100, true))
	t.Logf("homophones %.2f, look-alikes %.2f corrected", sound, look)
	if sound < 0.5 || look < 0.4 {
		t.Error("want 0.50 and 0.40")
	}
	for _, title := range titles {
		if got := didYouMean(t, l, title); got != "" {
			t.Errorf("%s: corrected to %s", title, got)
		}
	}
}

package index

import (
	"context"
	"path/filepath"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/source"
)

// TestDidYouMeanOverSamples holds corrections against the sample newspapers,
// which are few: the smaller an index, the less there is to tell a mistake by.
func TestDidYouMeanOverSamples(t *testing.T) {
	t.Parallel()
	var titles []string
	dir := filepath.Join(t.TempDir(), "news")
	_, err := Build(t.Context(), BuildOptions{Out: dir, Keep: 1, Log: quiet}, func(ctx context.Context, emit func(*news.Article) error) error {
		inputs, err := source.Expand([]string{"../../samples/articles.jsonl", "../../samples/pages/*/*/*.txt"})
		if err != nil {
			return err
		}
		return source.Read(ctx, inputs, source.Options{}, func(a *news.Article) error {
			titles = append(titles, a.Title)
			return emit(a)
		}, func(r source.Reject) { t.Error(r) })
	})
	if err != nil {
		t.Fatal(err)
	}
	l := open(t, dir)
	m := newMisspeller(t, l, 5, 1)
	sound, look := corrected(t, l, m.mistakes(100, false)), corrected(t, l, m.mistakes(100, true))
	t.Logf("homophones %.2f, look-alikes %.2f corrected", sound, look)
	if sound < .5 || look < .4 {
		t.Error("fewer are corrected than were")
	}
	for _, title := range titles {
		if got := meant(t, l, title); got != "" {
			t.Errorf("%s: taken for %s", title, got)
		}
	}
}

package index_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/engine"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/news"
)

// TestDamageBehindTheBackIsFound changes a page of a segment while it is open, so that neither
// its size nor its time tells: nothing that is read from the page is an answer.
func TestDamageBehindTheBackIsFound(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	var articles []news.Article
	for i := range 200 {
		text := make([]rune, 300)
		for k := range text {
			text[k] = 0x4e00 + r.Int32N(3000)
		}
		articles = append(articles, buildtest.Text(fmt.Sprint(i), "题", string(text)))
	}
	dir := buildtest.New(t, articles...)
	g, err := index.Open(t.Context(), generation.In(dir), buildtest.Current(t, dir), nil, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close() // damaged
	segments, err := filepath.Glob(filepath.Join(buildtest.CurrentDir(t, dir), index.VolumesDir, "*", index.BleveDir,
		"store", "*.zap"))
	if err != nil || len(segments) != 1 {
		t.Fatal(segments, err)
	}
	info, err := os.Stat(segments[0])
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(segments[0], os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteAt([]byte("damaged"), info.Size()/2); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(segments[0], info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	failed := 0
	for a := rune(0x4e00); a < 0x4e00+3000; a++ {
		_, err := g.Postings.Count(engine.Grams, string([]rune{a, 0x4e00 + r.Int32N(3000)}))
		if err != nil && !errors.Is(err, generation.ErrDamaged) {
			t.Fatalf("error %v, want one for damage", err)
		}
		if err != nil {
			failed++
		}
	}
	if failed == 0 {
		t.Error("the damage is not found")
	}
}

package index_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/engine"
	"xunwen/internal/news"
)

// TestListsOfVolumes checks what is read of posting lists against all of their postings, in
// two volumes of which one has deleted articles.
func TestListsOfVolumes(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	articles := func(from, n int) []news.Article {
		list := make([]news.Article, n)
		for i := range list {
			list[i] = buildtest.Text(fmt.Sprint("a", from+i), "青禾")
			for range r.IntN(4) {
				text := "长江大桥大桥"[:6*(1+r.IntN(3))]
				list[i].Paragraphs = append(list[i].Paragraphs, news.Paragraph{Text: text + fmt.Sprint(r.IntN(20))})
			}
		}
		return list
	}
	dir := buildtest.New(t, articles(0, 500)...)
	whole := openCurrent(t, dir)
	buildtest.Append(t, dir, articles(450, 200)...)
	appended := openCurrent(t, dir)
	if n := len(appended.Settings.Volumes); n != 2 || len(appended.Columns.Day) != 650 {
		t.Fatalf("%d volumes with %d articles, want 2 with 650", n, len(appended.Columns.Day))
	}
	for name, p := range map[string]lists{
		"one volume":  {whole.Postings, whole.Columns},
		"two volumes": {appended.Postings, appended.Columns},
	} {
		for _, term := range []string{"青禾", "长江", "大桥", "桥", "3", "17", "没有"} {
			for range 20 {
				p.check(t, name, term, r)
			}
		}
	}
}

type lists struct {
	engine.Postings
	columns *engine.Columns
}

// check reads random parts of a list.
func (p lists) check(t *testing.T, name, term string, r *rand.Rand) {
	t.Helper()
	set, err := p.Documents(engine.Grams, term)
	if between, err := p.Between(engine.Grams, term, term+"\x00"); err != nil || !between.Equals(set) {
		t.Errorf("%s: between %s and the next term are %v, error %v; want %v", name, term, between, err, set)
	}
	l, listErr := p.List(engine.Grams, term)
	if err != nil || listErr != nil {
		t.Fatal(err, listErr)
	}
	want := set.ToArray()
	if l == nil {
		if len(want) > 0 {
			t.Errorf("%s: %s has no list, want %d documents", name, term, len(want))
		}
		return
	}
	all, err := l.AppendDocs(nil)
	if err != nil || !slices.Equal(all, want) || l.Len() != len(want) {
		t.Errorf("%s: %s is in %d documents, %d by Len, error %v; want %d",
			name, term, len(all), l.Len(), err, len(want))
	}
	if n, ok := l.Articles(); !ok && name == "two volumes" {
		t.Errorf("%s: to count the articles with %s, all of its list is read", name, term)
	} else if ok && n != p.countArticles(want) {
		t.Errorf("%s: %s is in %d articles, want %d", name, term, n, p.countArticles(want))
	}
	var docs, kept, within []uint32
	var ranges []engine.DocumentRange
	chosen := make([]uint64, len(p.columns.Article)/64+1)
	for doc := uint32(0); int(doc) < len(p.columns.Article); doc++ {
		if has := set.Contains(doc); r.IntN(3) == 0 {
			if docs = append(docs, doc); has {
				kept = append(kept, doc)
			}
		}
		if r.IntN(10) == 0 {
			end := min(doc+1+r.Uint32N(5), uint32(len(p.columns.Article)))
			for ranges = append(ranges, engine.DocumentRange{From: doc, End: end}); doc < end; doc++ {
				chosen[doc/64] |= 1 << (doc % 64)
				if set.Contains(doc) {
					within = append(within, doc)
				}
			}
			doc--
		}
	}
	if got, err := l.Retain(docs); err != nil || !slices.Equal(got, kept) {
		t.Errorf("%s: %s retains %v, error %v; want %v", name, term, got, err, kept)
	}
	got, frequencies, err := l.AppendWithin(nil, nil, ranges)
	if err != nil || !slices.Equal(got, within) || len(frequencies) != len(got) || slices.Contains(frequencies, 0) {
		t.Errorf("%s: %s within ranges is in %v × %v, error %v; want %v", name, term, got, frequencies, err, within)
	}
	if len(ranges) == 0 {
		return
	}
	span := engine.DocumentRange{From: ranges[0].From, End: ranges[len(ranges)-1].End}
	got, same, err := l.AppendIn(nil, nil, chosen, span)
	if err != nil || !slices.Equal(got, within) || !slices.Equal(same, frequencies) {
		t.Errorf("%s: %s in a set is in %v × %v, error %v; want %v × %v",
			name, term, got, same, err, within, frequencies)
	}
}

func (p lists) countArticles(docs []uint32) int {
	seen := map[uint32]bool{}
	for _, doc := range docs {
		seen[p.columns.Article[doc]] = true
	}
	return len(seen)
}

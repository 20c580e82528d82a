package build_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"xunwen/internal/build"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// orderedArticles returns articles on three days, of which many have equal scores and every
// tenth has near-duplicates.
func orderedArticles() []news.Article {
	list := randomArticles(150)
	for i := range list {
		a := &list[i]
		a.Date = fmt.Sprintf("2026-03-%02d", 1+i%3)
		a.Publication, a.Page, a.PageName = "临江日报", fmt.Sprint(i%2), fmt.Sprint("版", i%7)
		if i%10 == 0 && i > 0 {
			a.Title, a.Paragraphs = list[0].Title, list[0].Paragraphs
		}
	}
	return list
}

// TestOrderChangesNoAnswer builds, adds, replaces and removes with and without KeepOrder, and
// compares what is found, its order and its scores.
func TestOrderChangesNoAnswer(t *testing.T) {
	t.Parallel()
	list := orderedArticles()
	list[0].Paragraphs = []news.Paragraph{{Text: "青禾大桥昨日合龙，渡口停航，两岸居民从此可以步行往返，通车仪式在北岸举行。"}}
	for i := 10; i < len(list); i += 10 {
		list[i].Paragraphs = list[0].Paragraphs
	}
	var dirs []string
	for _, keep := range []bool{true, false} {
		o := buildtest.Options(t, filepath.Join(t.TempDir(), "news"))
		o.KeepOrder = keep
		if _, err := build.Index(t.Context(), o, buildtest.Articles(list[:100]...)); err != nil {
			t.Fatal(err)
		}
		dirs = append(dirs, o.Out)
	}
	compareAnswers(t, "built", dirs)
	if slices.IsSorted(sequenceOf(t, dirs[1])) {
		t.Error("without KeepOrder articles are in the order in which they were read")
	}
	if !slices.IsSorted(sequenceOf(t, dirs[0])) {
		t.Error("with KeepOrder articles are in another order than they were read")
	}
	for i, more := range [][]news.Article{
		append(slices.Clone(list[10:20]), list[100:]...), // with which all is analyzed again
		list[20:50], // a volume of their own
		list[50:70], // with which the last volume is joined by posting lists
	} {
		for k, dir := range dirs {
			o := buildtest.Options(t, dir).ByLists(1)
			o.KeepOrder, o.Append = k == 0, true
			for n := range more {
				more[n].Title = fmt.Sprint("更正", i)
			}
			if _, err := build.Index(t.Context(), o, buildtest.Articles(more...)); err != nil {
				t.Fatal(err)
			}
		}
		compareAnswers(t, fmt.Sprint("added to ", i), dirs)
	}
}

// sequenceOf returns the places of the articles of an index in the order in which they were read.
func sequenceOf(t *testing.T, dir string) []uint32 {
	t.Helper()
	g, err := index.Open(t.Context(), generation.In(dir), buildtest.Current(t, dir), nil, index.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close() // read only
	return slices.Clone(g.Columns.Sequence)
}

func compareAnswers(t *testing.T, when string, dirs []string) {
	t.Helper()
	want, got := orderedAnswers(t, dirs[0]), orderedAnswers(t, dirs[1])
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s: the answer differs by order:\n%s\nwant\n%s", when, got[i], want[i])
		}
	}
}

// orderedAnswers asks an index for everything that depends on an order.
func orderedAnswers(t *testing.T, dir string) []string {
	t.Helper()
	e := open(t, dir)
	var out []string
	add := func(v any, err error) {
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(b))
	}
	for _, q := range []string{"", "渡口", "北约东扩", "青禾大桥 渡口", `"九·一八"`, "iPhone", "哈利·波特 AND NOT 了"} {
		n, err := query.Parse(q)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range []search.Request{
			{}, {Sort: search.Oldest}, {Sort: search.Newest}, {By: search.ByParagraph}, {Uncollapsed: true},
		} {
			r.Query, r.Size, r.NoSuggestions = n, 40, true
			for {
				res, err := e.Search(t.Context(), r)
				r.Cursor = res.Cursor
				res.Generation, res.Cursor = "", ""
				add(res, err)
				if r.Cursor == "" {
					break
				}
			}
		}
	}
	for day := range 3 {
		r := search.IssueRequest{Publication: "临江日报", Date: fmt.Sprintf("2026-03-%02d", 1+day)}
		issue, err := e.Issue(t.Context(), r)
		issue.Generation = ""
		add(issue, err)
	}
	p, err := e.Publications(t.Context())
	p.Generation = ""
	add(p, err)
	return out
}

// TestOrderIsTheSameEachTime builds twice.
func TestOrderIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	var segments [][]byte
	for range 2 {
		o := buildtest.Options(t, filepath.Join(t.TempDir(), "news"))
		o.KeepOrder = false
		if _, err := build.Index(t.Context(), o, buildtest.Articles(randomArticles(200)...)); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(segmentFile(t, o.Out))
		if err != nil {
			t.Fatal(err)
		}
		segments = append(segments, b)
	}
	if !bytes.Equal(segments[0], segments[1]) {
		t.Error("the same articles make another segment")
	}
}

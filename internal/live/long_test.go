package live

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"strings"
	"testing"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// longText returns a text of about so many bytes, in sentences that are all different.
func longText(bytes, seed int) string {
	var b strings.Builder
	for i := seed; b.Len() < bytes; i++ {
		fmt.Fprintf(&b, "青禾大桥%d号桥墩的%c%c今天在渡口的下游开放。", i, '一'+rune(i%3000), '一'+rune(i*7%3000))
	}
	return b.String()
}

// TestLongArticleInParts checks that the parts of a long article add up to it, with the marks
// that the whole has, that no part is much longer than was asked for, and that the first part
// stands for every position in it.
func TestLongArticleInParts(t *testing.T) {
	t.Parallel()
	const bytes, most = 32 << 10, 40 << 10
	paragraphs := []string{"开头。", longText(300_000, 0), "渡口。"}
	for i := range 3000 {
		paragraphs = append(paragraphs, fmt.Sprintf("第%d段，渡口。", i))
	}
	paragraphs = append(paragraphs, longText(bytes, 50_000), "结尾。")
	l := Open(t.Context(), buildtest.New(t, buildtest.Text("long", "大桥", paragraphs...)), Options{})
	defer l.Close()
	ask := func(r search.ArticleRequest) search.MarkedArticle {
		t.Helper()
		r.ID, r.Query = "long", &query.Word{Text: "渡口"}
		m, err := l.Article(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	whole := ask(search.ArticleRequest{})
	if len(whole.Article.Paragraphs) != len(paragraphs) || whole.Next != (search.Position{}) {
		t.Fatalf("the whole has %d paragraphs, next %v", len(whole.Article.Paragraphs), whole.Next)
	}
	got, marks, parts := make([]string, len(paragraphs)), 0, 0
	for at := (search.Position{Paragraph: 1}); at.Paragraph > 0; parts++ {
		m := ask(search.ArticleRequest{Bytes: bytes, From: at})
		if m.First != at || parts > 0 && len(m.Article.Paragraphs) == 0 {
			t.Fatalf("part %d begins at %v, want %v", parts, m.First, at)
		}
		size := 0
		for i, p := range m.Article.Paragraphs {
			size += len(p.Text)
			got[m.First.Paragraph-1+i] += p.Text
			for _, s := range m.Paragraphs[i] {
				if p.Text[s.Start:s.End] != "渡口" {
					t.Fatalf("part %d marks %q", parts, p.Text[s.Start:s.End])
				}
				marks++
			}
		}
		if size > most {
			t.Errorf("part %d has %d bytes", parts, size)
		}
		at = m.Next
	}
	for i, text := range paragraphs {
		if got[i] != text {
			t.Fatalf("paragraph %d of the parts has %d bytes, want %d", i+1, len(got[i]), len(text))
		}
	}
	all := 0
	for _, m := range whole.Paragraphs {
		all += len(m)
	}
	if marks < all-parts || parts < 12 { // a mark may be divided
		t.Errorf("%d parts with %d marks, the whole has %d", parts, marks, all)
	}
	if m := ask(search.ArticleRequest{Bytes: bytes, From: search.Position{Paragraph: 2}}); m.First.Paragraph != 1 {
		t.Errorf("the second paragraph begins in the first part, which begins at %v", m.First)
	}
	for _, from := range []search.Position{
		{Paragraph: 1 << 30}, {Paragraph: 2, Byte: 1 << 30}, {Paragraph: 2, Byte: 40_001},
	} {
		if m := ask(search.ArticleRequest{Bytes: bytes, From: from}); m.First.Paragraph > len(paragraphs) {
			t.Errorf("from %v: first %v", from, m.First)
		}
	}
}

// TestLongArticlesAreBoundedWork compares what requests for a long article allocate with what
// they do for one that is as long as they read.
func TestLongArticlesAreBoundedWork(t *testing.T) {
	dir := buildtest.New(t, buildtest.Text("long", "大桥", longText(3<<20, 0)),
		buildtest.Text("other", "大桥", longText(100<<10, 1000)), buildtest.Text("usual", "大桥", "青禾大桥今天开放。"))
	l := Open(t.Context(), dir, Options{})
	defer l.Close()
	word := &query.Word{Text: "渡口"}
	for name, ask := range map[string]func(ctx context.Context, id string) error{
		"a page": func(ctx context.Context, id string) error {
			_, err := l.Article(ctx, search.ArticleRequest{ID: id, Query: word, Bytes: 64 << 10})
			return err
		},
		"similar articles": func(ctx context.Context, id string) error {
			_, err := l.Similar(ctx, search.SimilarRequest{ID: id, Size: 10})
			return err
		},
		"a hit": func(ctx context.Context, id string) error {
			both := &query.And{Nodes: []query.Node{word, &query.Length{Min: 500_000}}}
			if id != "long" {
				both.Nodes[1] = &query.Length{Min: 10_000, Max: 500_000}
			}
			r, err := l.Search(ctx, search.Request{Query: both, Size: 10})
			if err == nil && (r.Total != 1 || r.Hits[0].Article.ID != id || len(r.Hits[0].Paragraphs) == 0) {
				err = fmt.Errorf("%d hits, want %s", r.Total, id)
			}
			return err
		},
	} {
		allocated := func(id string) uint64 {
			var before, after runtime.MemStats
			least := uint64(math.MaxUint64) // of several, since what is kept is made first, and others allocate, too
			for range 6 {
				runtime.ReadMemStats(&before)
				if err := ask(t.Context(), id); err != nil {
					t.Fatalf("%s of %s: %v", name, id, err)
				}
				runtime.ReadMemStats(&after)
				least = min(least, after.TotalAlloc-before.TotalAlloc)
			}
			return least
		}
		most := uint64(3)
		if name == "a hit" { // a megabyte is looked through, ten times as much as the other has
			most = 24
		}
		if long, other := allocated("long"), allocated("other"); long > most*other {
			t.Errorf("%s: %d bytes are allocated for a long article, %d for another", name, long, other)
		}
	}
	for name, ask := range map[string]func(context.Context) error{
		"a part": func(ctx context.Context) error {
			_, err := l.Article(ctx, search.ArticleRequest{ID: "long", Bytes: 64 << 10})
			return err
		},
		"similar to a long one": func(ctx context.Context) error {
			_, err := l.Similar(ctx, search.SimilarRequest{ID: "long", Size: 10})
			return err
		},
	} {
		endsEarly(t, name, 1, ask)
	}
}

// TestSimilarByTheBeginning checks that long articles are compared by how they begin.
func TestSimilarByTheBeginning(t *testing.T) {
	t.Parallel()
	about := func(id, first, last string) news.Article {
		return buildtest.Text(id, "",
			strings.Repeat(first, 20), strings.Repeat("今天天气很好。", 10_000), strings.Repeat(last, 20))
	}
	ferry, bridge := "珑江轮渡的船工在渡口讲安全。", "青禾大桥的桥墩用了新的混凝土。"
	l := Open(t.Context(), buildtest.New(t, about("a", ferry, bridge), about("b", ferry, "海鲜市场涨价。"),
		about("c", "足球联赛昨晚开幕。", bridge), buildtest.Text("d", "", "图书馆开馆。")), Options{})
	defer l.Close()
	r, err := l.Similar(t.Context(), search.SimilarRequest{ID: "a", Size: 1})
	if err != nil || len(r.Hits) == 0 || r.Hits[0].Article.ID != "b" {
		t.Errorf("most similar: %v, %v", r.Hits, err)
	}
}

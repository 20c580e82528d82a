package story

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/engine"
	"xunwen/internal/memindex"
	"xunwen/internal/news"
	"xunwen/internal/search"
)

const wire = "青禾大桥今天上午通车。大桥全长一千二百米，双向六车道。首批通过的是三十辆公交车。"

// serve returns an engine over articles, which are all near-duplicates of one another.
func serve(t *testing.T, articles ...news.Article) search.Engine {
	t.Helper()
	list := make([]memindex.Article, 0, len(articles))
	for i, a := range articles {
		list = append(list, memindex.Article{Sequence: uint32(i), Article: a, Group: "story"})
	}
	words := analyzertest.Open(t)
	x := memindex.New(words, list)
	return engine.New("g1", x, x, x.Columns, words, engine.Options{Analyzer: "default", Cache: engine.DefaultCache})
}

func printed(id, publication, date, page string, paragraphs ...string) news.Article {
	a := *article("大桥通车", paragraphs...)
	a.ID, a.Publication, a.Date, a.Page = id, publication, date, page
	return a
}

// TestFind checks who printed a story first, and what the others cut and added, whichever version is
// asked about.
func TestFind(t *testing.T) {
	e := serve(t,
		printed("late", "江畔周刊", "2026-01-13", "2", wire[:len(wire)-len("首批通过的是三十辆公交车。")]),
		printed("undated", "", "", "", wire),
		printed("second", "青禾晚报", "2026-01-10", "12", "本报讯 "+wire),
		printed("first", "临江日报", "2026-01-10", "3", wire),
		printed("other", "临江日报", "2026-01-10", "11", wire),
	)
	const want = `first first day 0: kept 40, cut 0, added 0
other first day 0: kept 40, cut 0, added 0
second first day 0: kept 40, cut 0, added 3
late day 3: kept 27, cut 13, added 0
undated day -1: kept 40, cut 0, added 0
`
	for _, id := range []string{"late", "undated", "first"} {
		s, err := Find(t.Context(), e, id)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, v := range s.Versions {
			b.WriteString(v.Article.ID)
			if v.First {
				b.WriteString(" first")
			}
			fmt.Fprintf(&b, " day %d: kept %d, cut %d, added %d\n", v.Days, v.Since.Kept, v.Since.Cut, v.Since.Added)
			if v.Article.Paragraphs != nil || !v.Since.Complete {
				t.Errorf("%+v", v)
			}
		}
		if b.String() != want {
			t.Errorf("from %s:\n%swant\n%s", id, b.String(), want)
		}
		if s.Total != 5 || s.LeftOut != 0 || s.Newspapers() != 4 || s.Generation != "g1" {
			t.Errorf("from %s: %+v", id, s)
		}
	}
	if _, err := Find(t.Context(), e, "none"); !errors.Is(err, search.ErrNotFound) {
		t.Errorf("an unknown article: %v", err)
	}
}

// TestBetween checks that the earlier of two articles comes first, and that one need not be a
// near-duplicate of the other.
func TestBetween(t *testing.T) {
	e := serve(t, printed("b", "青禾晚报", "2026-01-11", "1", "五十辆公交车。"),
		printed("a", "临江日报", "2026-01-10", "1", "三十辆公交车。"))
	for _, ids := range [][2]string{{"a", "b"}, {"b", "a"}} {
		first, next, d, err := Between(t.Context(), e, ids[0], ids[1])
		if err != nil || first.ID != "a" || next.ID != "b" || d.Kept != 6 || d.Cut != 1 || d.Added != 1 {
			t.Errorf("%v: %s, %s, %+v, %v", ids, first.ID, next.ID, d.Counts, err)
		}
	}
	for _, ids := range [][2]string{{"a", "none"}, {"none", "a"}} {
		if _, _, _, err := Between(t.Context(), e, ids[0], ids[1]); !errors.Is(err, search.ErrNotFound) {
			t.Errorf("%v: %v", ids, err)
		}
	}
}

// TestBounds checks that a story of many versions lists MaxVersions of them, among which is the one
// that was asked about, and says how many were not compared.
func TestBounds(t *testing.T) {
	var all []news.Article
	for i := range MaxVersions + 5 {
		all = append(all, printed(fmt.Sprintf("v%03d", i), "临江日报", "2026-01-10", fmt.Sprint(i+1), "三十辆公交车。"))
	}
	e := serve(t, all...)
	last := fmt.Sprintf("v%03d", MaxVersions+4)
	s, err := Find(t.Context(), e, last)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(s.Versions); n != MaxVersions || s.Total != MaxVersions+5 || s.LeftOut != MaxVersions-maxCompared ||
		s.Versions[0].Article.ID != "v000" || s.Versions[n-1].Article.ID != last {
		t.Errorf("%d of %d versions, %d left out, from %s to %s", n, s.Total, s.LeftOut,
			s.Versions[0].Article.ID, s.Versions[n-1].Article.ID)
	}
}

// TestLongArticles checks that of a long article the beginning is read and compared, and that this
// is said.
func TestLongArticles(t *testing.T) {
	long := strings.Repeat("青禾大桥今天上午通车，双向六车道。", 20_000)
	e := serve(t, printed("a", "", "2026-01-10", "", long), printed("b", "", "2026-01-11", "", long, "完"))
	s, err := Find(t.Context(), e, "a")
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range s.Versions {
		if v.Since.Complete || v.Since.Kept != MaxTokens {
			t.Errorf("%s: %+v", v.Article.ID, v.Since)
		}
	}
}

package eval_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"xunwen/internal/build"
	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/source"
)

var update = flag.Bool("update", false, "rewrite testdata/rankings.txt with what the engine answers")

const rankingsFile = "testdata/rankings.txt"

// TestRankings compares the first hits of queries over the sample newspapers
// with testdata/rankings.txt. After a change of the ranking that is meant, read
// the summary, run it with -update and read the difference.
func TestRankings(t *testing.T) {
	data, err := os.ReadFile(rankingsFile)
	if err != nil {
		t.Fatal(err)
	}
	g, err := parseGolden(data)
	if err != nil {
		t.Fatalf("%s: %v", rankingsFile, err)
	}
	if len(g.cases) < 40 {
		t.Fatalf("%s has %d queries, want at least 40", rankingsFile, len(g.cases))
	}
	e := serveSamples(t)
	now := make([]ranking, len(g.cases))
	for i, c := range g.cases {
		if now[i], err = rank(t.Context(), e, c); err != nil {
			t.Fatalf("%s:%d: %v", rankingsFile, c.line, err)
		}
	}
	if *update {
		if err := os.WriteFile(rankingsFile, g.print(now), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if summary := g.summary(now); summary != "" && !*update {
		t.Errorf("rankings differ from %s\n%s", rankingsFile, summary)
	} else if summary != "" {
		t.Log(summary)
	}
}

// serveSamples indexes the sample newspapers as `make demo` does.
func serveSamples(t *testing.T) search.Engine {
	t.Helper()
	folder := filepath.Join("..", "..", "samples")
	inputs, err := source.Expand([]string{
		filepath.Join(folder, "articles.jsonl"),
		filepath.Join(folder, "pages", "*", "*", "*.txt"),
	})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "news")
	articles := func(yield func(*news.Article, error) bool) {
		for e, err := range source.Read(t.Context(), inputs, source.Options{}) {
			if e.Reject != nil {
				t.Errorf("rejected: %s", e.Reject)
			} else if !yield(e.Article, err) {
				return
			}
		}
	}
	if _, err := build.Index(t.Context(), build.Options{Out: dir}, articles); err != nil {
		t.Fatal(err)
	}
	return open(t, dir)
}

// rankingSize is how many hits the file has of a query that names no other
// number.
const rankingSize = 6

func rank(ctx context.Context, e search.Engine, c goldenCase) (ranking, error) {
	r := search.Request{Size: rankingSize}
	for option := range strings.FieldsSeq(c.options) {
		if err := setOption(&r, option); err != nil {
			return ranking{}, err
		}
	}
	var err error
	if r.Query, err = query.Parse(c.query); err != nil {
		return ranking{}, err
	}
	res, err := e.Search(ctx, r)
	if err != nil {
		return ranking{}, err
	}
	out := ranking{total: res.Total}
	for _, h := range res.Hits {
		out.hits = append(out.hits, rankedHit{label(r.By, h), len(h.NearDuplicates)})
	}
	return out, nil
}

func setOption(r *search.Request, option string) error {
	key, value, _ := strings.Cut(option, "=")
	switch key {
	case "by":
		r.By = search.By(value)
	case "sort":
		r.Sort = search.Sort(value)
	case "size":
		n, err := strconv.Atoi(value)
		r.Size = n
		return err
	case "uncollapsed":
		r.Uncollapsed = true
	case "publication":
		r.Filter.Publication = append(r.Filter.Publication, value)
	case "source":
		r.Filter.Source = append(r.Filter.Source, value)
	case "kind":
		r.Filter.Kind = append(r.Filter.Kind, value)
	case "from":
		r.Filter.From = value
	case "to":
		r.Filter.To = value
	default:
		return fmt.Errorf("option %q: want by, sort, size, uncollapsed, publication, source, kind, from or to", option)
	}
	return nil
}

// label names a hit for people: date, newspaper, page, title, and by paragraph
// its number.
func label(by search.By, h search.Hit) string {
	a := h.Article
	title := a.Title
	for _, other := range []string{a.Kicker, a.Subtitle, h.Opening} {
		if title == "" {
			title = other
		}
	}
	s := fmt.Sprintf("%s %s %s版 %s", a.Date, a.Publication, a.Page, title)
	if by == search.ByParagraph && len(h.Paragraphs) > 0 {
		s += fmt.Sprintf(" ¶%d", h.Paragraphs[0].N)
	}
	return s
}

func TestGoldenFile(t *testing.T) {
	const file = "# Bridges.\nquery 大桥\nwith sort=newest\ntotal 3\n* 通车 +2\n  封顶\n  合龙\n\nquery 渡口\ntotal 0\n# end\n"
	g, err := parseGolden([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	if got := string(g.print(g.rankings())); got != file {
		t.Errorf("printed:\n%s", got)
	}
	if got := g.summary(g.rankings()); got != "" {
		t.Errorf("summary of the same rankings:\n%s", got)
	}
	now := []ranking{{2, []rankedHit{{"封顶", 0}, {"通车", 2}}}, {1, []rankedHit{{"停航", 0}}}}
	const want = `2 of 2 queries changed: a right hit is higher in 0, lower in 1; MRR 0.500, was 1.000
line 2, 大桥 sort=newest: total 3→2; 2→1 封顶; 1→2 通车 +2; 3→out 合龙
line 9, 渡口: total 0→1; new 1 停航
`
	if got := g.summary(now); got != want {
		t.Errorf("summary:\n%s", got)
	}
	for _, bad := range []string{"total 3\n", "query 大桥\ntotal x\n", "query 大桥\n通车\n"} {
		if _, err := parseGolden([]byte(bad)); err == nil {
			t.Errorf("no error for %q", bad)
		}
	}
}

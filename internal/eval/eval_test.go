package eval_test

import (
	"io"
	"log/slog"
	"math"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"xunwen/internal/build"
	"xunwen/internal/eval"
	"xunwen/internal/live"
	"xunwen/internal/news"
)

// serve builds an index of articles, given as ids and texts, and opens it.
func serve(t *testing.T, texts ...string) *live.Engine {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "news")
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	read := func(yield func(*news.Article, error) bool) {
		for i := 0; i < len(texts); i += 2 {
			a := news.Article{ID: texts[i], Paragraphs: []news.Paragraph{{Text: texts[i+1]}}}
			if err := a.Normalize(); !yield(&a, err) {
				return
			}
		}
	}
	if _, err := build.Index(t.Context(), build.Options{Out: dir, Log: log}, read); err != nil {
		t.Fatal(err)
	}
	l := live.Open(t.Context(), dir, live.Options{Log: log})
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func read(t *testing.T, lines string) []eval.Query {
	t.Helper()
	queries, err := eval.Read(strings.NewReader(lines), "q.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	return queries
}

func run(t *testing.T, l *live.Engine, queries []eval.Query) []eval.Answer {
	t.Helper()
	answers, err := eval.Run(t.Context(), l, queries, eval.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return answers
}

// three articles of which each repeats 渡口 less often in as much text.
var ferries = []string{
	"a", "渡口渡口渡口渡口渡口水位。",
	"b", "渡口渡口大桥水位上涨三尺。",
	"c", "渡口堤坝大桥水位上涨三尺。",
}

func TestMeasuresOfKnownRanks(t *testing.T) {
	l := serve(t, ferries...)
	log2 := math.Log2(3)
	for _, c := range []struct {
		name, query        string
		mrr, recall, ndcg  float64
		rank               int
		absent, refusedFor bool
	}{
		{"first", `{"query":"渡口","gold":["a"]}`, 1, 1, 1, 1, false, false},
		{"second", `{"query":"渡口","gold":["b"]}`, .5, 1, 1 / log2, 2, false, false},
		{"passed over", `{"query":"渡口","gold":["b"],"also":["a"]}`, 1, 1, 1, 1, false, false},
		{"one of two", `{"query":"渡口","gold":["a","z"]}`, 1, .5, 1 / (1 + 1/log2), 1, false, false},
		{"two of two", `{"query":"渡口","gold":["a","c"]}`, 1, 1, (1 + 1/math.Log2(4)) / (1 + 1/log2), 1, false, false},
		{"not in the index", `{"query":"渡口","gold":["z"]}`, 0, 0, 0, 0, true, false},
		{"no hit", `{"query":"山火","gold":["a"]}`, 0, 0, 0, 0, false, false},
		{"refused", `{"query":"-渡口","gold":["a"]}`, 0, 0, 0, 0, false, true},
	} {
		a := run(t, l, read(t, c.query))[0]
		near := func(x, y float64) bool { return math.Abs(x-y) < 1e-12 }
		if !near(a.MRR, c.mrr) || !near(a.Recall, c.recall) || !near(a.NDCG, c.ndcg) || a.Rank() != c.rank ||
			a.Absent != c.absent || (a.Refused != "") != c.refusedFor {
			t.Errorf("%s: %+v", c.name, a)
		}
	}
}

func TestReadNamesBadLines(t *testing.T) {
	good := `{"id":"1","set":"s","query":"渡口","gold":["a"],"date":"2026-01-01"}` + "\n\n"
	for _, c := range []struct{ lines, want string }{
		{good + `{"id":"2","query":"","gold":["a"]}`, `q.jsonl:3: no "query"`},
		{good + `{"id":"1","query":"桥","gold":["a"]}`, `q.jsonl:3: the id "1" stands in line 1 already`},
		{good + `{"query":"桥"}`, `q.jsonl:3: no "gold"`},
		{good + `{"query":"桥","gold":[""]}`, `q.jsonl:3: an empty id`},
		{good + `{"id":2,"query":"桥","gold":["a"]}`, `q.jsonl:3: "id" is of type number: want {"id":"1",`},
		{good + `{"query":"桥","gold":"a"}`, `q.jsonl:3: "gold" is of type string: want {`},
		{good + "[]", `q.jsonl:3: not a query: `},
		{good + `{"query":"桥","gold":["a"],"also":["a"]}`, `q.jsonl:3: "a" stands in "gold" and in "also"`},
		{good + `{"set":"all","query":"桥","gold":["a"]}`, `q.jsonl:3: "set" is "all"`},
		{good + "{\n" + good, "q.jsonl:3: not a query"},
		{"\n", "q.jsonl: no query"},
		{strings.Repeat("{\n", 12), "and 2 more bad lines"},
		{good + `{"query":"` + strings.Repeat("字", 1<<20), "q.jsonl:3: "},
	} {
		queries, err := eval.Read(strings.NewReader(c.lines), "q.jsonl")
		if err == nil || !strings.Contains(err.Error(), c.want) || queries != nil {
			t.Errorf("%.60s: %v, want %q", c.lines, err, c.want)
		}
	}
	for _, lines := range []string{good, "\uFEFF" + good, strings.ReplaceAll(good, "\n", "\r\n"), strings.Replace(good, `["a"]`, `["a","a"]`, 1)} {
		if got := read(t, lines); len(got) != 1 || got[0].Text != "渡口" || len(got[0].Gold) != 1 {
			t.Errorf("%q: %v", lines, got)
		}
	}
}

func TestSummaryAndComparison(t *testing.T) {
	var lines strings.Builder
	for range 20 {
		lines.WriteString(
			`{"set":"easy","query":"渡口","gold":["a"]}` + "\n" + `{"set":"hard","query":"渡口","gold":["b"]}` + "\n",
		)
	}
	queries := read(t, lines.String())
	before := run(t, serve(t, ferries...), queries)
	// Now b repeats the word most often, and a is gone.
	now := run(t, serve(t, "b", "渡口渡口渡口渡口渡口水位。", "c", ferries[5]), queries)
	s := eval.Summarize(before)
	if len(s) != 3 || s[0].Set != "easy" || s[0].MRR != (eval.Interval{Mean: 1, Low: 1, High: 1}) ||
		s[0].Queries != 20 {
		t.Errorf("summary: %+v", s)
	}
	if all := s[2]; all.Set != eval.All || all.MRR.Mean != .75 || all.MRR.Low >= .75 || all.MRR.High <= .75 ||
		all.MRR.Low < .65 ||
		all.MRR.High > .85 {
		t.Errorf("all: %+v", all)
	}
	if again := eval.Summarize(before); !reflect.DeepEqual(s, again) {
		t.Errorf("other intervals the second time: %+v, %+v", s, again)
	}
	c := eval.Compare(now, before)
	if c[0].Lost != 20 || c[0].Won != 0 || c[0].Difference.High != -1 || c[1].Won != 20 || c[1].Difference.Low != .5 ||
		c[2].Difference.Mean != -.25 {
		t.Errorf("comparison: %+v", c)
	}
	changes := eval.Changes(now, before)
	if len(changes) != 40 || changes[0].Gain() != .5 || changes[39].Gain() != -1 || changes[0].Before.Rank() != 2 ||
		changes[0].Now.Rank() != 1 {
		t.Errorf("changes: %d, %+v", len(changes), changes[0])
	}
	if s := eval.Summarize(now); s[0].Absent != 20 || s[0].NoHit != 0 {
		t.Errorf("absent: %+v", s[0])
	}
}

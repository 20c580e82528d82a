package eval_test

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/eval"
	"xunwen/internal/news"
	"xunwen/internal/search"
)

// serve builds an index of articles, given as ids and texts, and opens it.
func serve(t *testing.T, texts ...string) search.Engine {
	t.Helper()
	var list []news.Article
	for i := 0; i < len(texts); i += 2 {
		list = append(list, buildtest.Text(texts[i], "", texts[i+1]))
	}
	return open(t, buildtest.New(t, list...))
}

func readQueries(t *testing.T, lines string) []eval.Query {
	t.Helper()
	queries, err := eval.Read(strings.NewReader(lines), "q.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	return queries
}

// ferries are three articles of the same length in which 渡口 is ever less
// frequent.
var ferries = []string{
	"a", "渡口渡口渡口渡口渡口水位。",
	"b", "渡口渡口大桥水位上涨三尺。",
	"c", "渡口堤坝大桥水位上涨三尺。",
}

func TestMeasures(t *testing.T) {
	l := serve(t, ferries...)
	log2 := math.Log2(3)
	for _, c := range []struct {
		name, query       string
		mrr, recall, ndcg float64
		rank              int
		absent, invalid   bool
	}{
		{"first", `{"query":"渡口","gold":["a"]}`, 1, 1, 1, 1, false, false},
		{"second", `{"query":"渡口","gold":["b"]}`, 0.5, 1, 1 / log2, 2, false, false},
		{"ignored", `{"query":"渡口","gold":["b"],"also":["a"]}`, 1, 1, 1, 1, false, false},
		{"one of two", `{"query":"渡口","gold":["a","z"]}`, 1, 0.5, 1 / (1 + 1/log2), 1, false, false},
		{"two of two", `{"query":"渡口","gold":["a","c"]}`, 1, 1, (1 + 1/math.Log2(4)) / (1 + 1/log2), 1, false, false},
		{"not in the index", `{"query":"渡口","gold":["z"]}`, 0, 0, 0, 0, true, false},
		{"no hit", `{"query":"山火","gold":["a"]}`, 0, 0, 0, 0, false, false},
		{"invalid", `{"query":"-渡口","gold":["a"]}`, 0, 0, 0, 0, false, true},
	} {
		a := measure(t, l, readQueries(t, c.query))[0]
		near := func(x, y float64) bool { return math.Abs(x-y) < 1e-12 }
		if !near(a.MRR, c.mrr) || !near(a.Recall, c.recall) || !near(a.NDCG, c.ndcg) || a.Rank() != c.rank ||
			a.Absent != c.absent || (a.Invalid != "") != c.invalid {
			t.Errorf("%s: %+v", c.name, a)
		}
	}
}

func TestReadErrors(t *testing.T) {
	good := `{"id":"1","set":"s","query":"渡口","gold":["a"],"date":"2026-01-01"}` + "\n\n"
	for _, c := range []struct{ lines, want string }{
		{good + `{"id":"2","query":"","gold":["a"]}`, `q.jsonl:3: no "query"`},
		{good + `{"id":"1","query":"桥","gold":["a"]}`, `q.jsonl:3: the id "1" is already in line 1`},
		{good + `{"query":"桥"}`, `q.jsonl:3: no "gold"`},
		{good + `{"query":"桥","gold":[""]}`, `q.jsonl:3: an empty id`},
		{good + `{"id":2,"query":"桥","gold":["a"]}`, `q.jsonl:3: "id" is of type number: want {"id":"1",`},
		{good + `{"query":"桥","gold":"a"}`, `q.jsonl:3: "gold" is of type string: want {`},
		{good + "[]", `q.jsonl:3: not a query: `},
		{good + `{"query":"桥","gold":["a"],"also":["a"]}`, `q.jsonl:3: "a" is both in "gold" and in "also"`},
		{good + `{"set":"all","query":"桥","gold":["a"]}`, `q.jsonl:3: "set" is "all"`},
		{good + "{\n" + good, "q.jsonl:3: not a query"},
		{"\n", "q.jsonl: no queries"},
		{strings.Repeat("{\n", 12), "and 2 more bad lines"},
		{good + `{"query":"` + strings.Repeat("字", 1<<20), "q.jsonl:3: "},
	} {
		queries, err := eval.Read(strings.NewReader(c.lines), "q.jsonl")
		if err == nil || !strings.Contains(err.Error(), c.want) || queries != nil {
			t.Errorf("%.60s: %v, want %q", c.lines, err, c.want)
		}
	}
}

func TestReadForms(t *testing.T) {
	line := `{"id":"1","set":"s","query":"渡口","gold":["a"],"date":"2026-01-01"}` + "\n"
	for name, lines := range map[string]string{
		"line":            line,
		"byte order mark": "\uFEFF" + line,
		"CRLF":            strings.ReplaceAll(line, "\n", "\r\n"),
		"repeated id":     strings.Replace(line, `["a"]`, `["a","a"]`, 1),
	} {
		if got := readQueries(t, lines); len(got) != 1 || got[0].Text != "渡口" || len(got[0].Gold) != 1 {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestSummaryAndComparison(t *testing.T) {
	const easy = `{"set":"easy","query":"渡口","gold":["a"]}` + "\n"
	const hard = `{"set":"hard","query":"渡口","gold":["b"]}` + "\n"
	queries := readQueries(t, strings.Repeat(easy+hard, 20))
	before := measure(t, serve(t, ferries...), queries)
	// Now the word is most frequent in b, and a does not exist.
	now := measure(t, serve(t, "b", "渡口渡口渡口渡口渡口水位。", "c", ferries[5]), queries)

	s := eval.Summarize(before)
	if len(s) != 3 || s[0].Set != "easy" || s[0].Queries != 20 ||
		s[0].MRR != (eval.Interval{Mean: 1, Low: 1, High: 1}) {
		t.Errorf("summary: %+v", s)
	}
	all := s[2].MRR
	if s[2].Set != eval.All || all.Mean != 0.75 ||
		!(0.65 < all.Low && all.Low < 0.75 && 0.75 < all.High && all.High < 0.85) {
		t.Errorf("all: %+v", s[2])
	}
	if second := eval.Summarize(before); !reflect.DeepEqual(s, second) {
		t.Errorf("intervals differ the second time: %+v, %+v", s, second)
	}
	if s := eval.Summarize(now); s[0].Absent != 20 || s[0].NoHit != 0 {
		t.Errorf("absent: %+v", s[0])
	}

	c := eval.Compare(now, before)
	if c[0].Lost != 20 || c[0].Won != 0 || c[0].Difference.High != -1 {
		t.Errorf("comparison of easy: %+v", c[0])
	}
	if c[1].Won != 20 || c[1].Difference.Low != 0.5 || c[2].Difference.Mean != -0.25 {
		t.Errorf("comparison of hard and all: %+v", c[1:])
	}
	changes := eval.Changes(now, before)
	if len(changes) != 40 || changes[0].Gain() != 0.5 || changes[39].Gain() != -1 {
		t.Fatalf("changes: %d, %+v", len(changes), changes[0])
	}
	if first := changes[0]; first.Before.Rank() != 2 || first.Now.Rank() != 1 {
		t.Errorf("first change: %+v", first)
	}
}

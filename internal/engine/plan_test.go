package engine

import (
	"flag"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

var update = flag.Bool("update", false, "write testdata/plans.txt")

// testdata/plans.txt has queries, each after "? ", and their plans. Run the test
// with -update to rewrite the plans.
func TestPlans(t *testing.T) {
	const file = "testdata/plans.txt"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	words := openAnalyzer(t, "北大, 北京大学\n")
	var got strings.Builder
	for line := range strings.Lines(string(text)) {
		q, ok := strings.CutPrefix(line, "? ")
		if !ok {
			continue
		}
		p, err := compile(asked(t, strings.TrimSpace(q)), words, search.Together)
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		got.WriteString(line + p.String() + "\n\n")
	}
	if *update {
		if err := os.WriteFile(file, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got.String() != string(text) && !*update {
		t.Errorf("got\n%s\nwant\n%s", &got, text)
	}
}

// What is compiled must not depend on anything but the query and the analyzer, and
// each operand is segmented once; what is excluded does not rank, and a phrase there is
// not segmented at all.
func TestCompileSegmentsOnce(t *testing.T) {
	words := &countingSegmenter{Segmenter: openAnalyzer(t), segmented: map[string]int{}}
	q := asked(t, `谭德塞 title:里亚布科夫 "北约东扩" ("神舟 对话"~5 OR 师范大学) -海带 -"台湾海峡"`)
	first, err := compile(q, words, search.Together)
	if err != nil {
		t.Fatal(err)
	}
	for _, operand := range []string{"谭德塞", "里亚布科夫", "北约东扩", "神舟", "对话", "师范大学", "海带"} {
		if n := words.segmented[operand]; n != 1 {
			t.Errorf("%s was segmented %d times", operand, n)
		}
	}
	if n := words.segmented["台湾海峡"]; n != 0 {
		t.Errorf("an excluded phrase was segmented %d times", n)
	}
	again, err := compile(q, words, search.Together)
	if err != nil || again.String() != first.String() {
		t.Errorf("%v\n%s\nwas\n%s", err, again, first)
	}
}

// A search must not segment an operand of its query again, whatever is asked for.
func TestSearchSegmentsOnce(t *testing.T) {
	words := openAnalyzer(t)
	m := newMemory(words, randomNews(rand.New(rand.NewPCG(5, 6)), 200), alone)
	counting := &countingSegmenter{Segmenter: words, segmented: map[string]int{}}
	e := New("random", m, m, m.columns, counting, Options{})
	r := search.Request{
		Query:       asked(t, "里亚布科夫 OR 北约东扩"),
		Size:        10,
		Explain:     true,
		MarkedTexts: true,
		Facets:      &search.FacetRequest{MultiSelect: true},
	}
	if res, err := e.Search(t.Context(), r); err != nil || len(res.Hits) == 0 || res.Plan == "" {
		t.Fatalf("%d hits, plan %q, %v", len(res.Hits), res.Plan, err)
	}
	for _, operand := range []string{"里亚布科夫", "北约东扩"} {
		if n := counting.segmented[operand]; n != 1 {
			t.Errorf("%s was segmented %d times", operand, n)
		}
	}
}

// A plan of nothing matches everything.
func TestPlanOfNothing(t *testing.T) {
	p, err := compile(nil, openAnalyzer(t), search.Together)
	if err != nil || p.String() != "everything" || len(p.operands)+len(p.highlights) > 0 {
		t.Errorf("%v, %v", p, err)
	}
}

// A node type that the engine doesn't know is an error.
func TestUnknownNode(t *testing.T) {
	n := &query.Field{Name: "colour", Node: &query.Word{Text: "红"}}
	if _, err := compile(n, openAnalyzer(t), search.Together); err == nil {
		t.Error("an unknown field was compiled")
	}
}

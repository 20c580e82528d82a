package main

import (
	"encoding/json"
	"io"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/cli"
)

// TestExplain checks that explain prints the plan of a query and scores whose parts
// add up.
func TestExplain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "news")
	indexer := func(args ...string) (string, error) {
		var out strings.Builder
		err := runWith(t.Context(), analyzertest.Frequent(t), args, strings.NewReader(""), &out, io.Discard)
		return out.String(), err
	}
	if _, err := indexer("build", "--out", dir, "../../samples/articles.jsonl"); err != nil {
		t.Fatal(err)
	}
	out, err := indexer("explain", "--index", dir, "--json", "--size", "3", "青禾大桥 -渡口")
	if err != nil {
		t.Fatal(err)
	}
	var got explained
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if got.Query != "青禾大桥 -渡口" || !strings.Contains(got.Plan, "青禾") || got.Total == 0 || len(got.Hits) != 3 {
		t.Fatalf("%+v", got)
	}
	for _, h := range got.Hits {
		sum := 0.0
		for _, p := range h.Parts {
			sum += p.Score
		}
		if h.Score <= 0 || math.Abs(sum-h.Score) > 1e-9 {
			t.Errorf("%s: score %v, but its parts add up to %v", h.ID, h.Score, sum)
		}
	}
	out, err = indexer("explain", "--index", dir, "青禾大桥")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"query: 青禾大桥\nplan:\n", "hits: ", "1. ", " = article "} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	for _, args := range [][]string{{"大桥 OR"}, {"！"}, {"--size", "0", "大桥"}, {"--by", "page", "大桥"}} {
		if _, err := indexer(append([]string{"explain", "--index", dir},
			args...)...); cli.ExitCode(err) != cli.ExitUsage {
			t.Errorf("%q: %v, want a usage error", args, err)
		}
	}
}

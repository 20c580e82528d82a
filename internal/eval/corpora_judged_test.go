package eval_test

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"xunwen/internal/eval"
	"xunwen/internal/search"
)

// judgedQuery is a query for an event with the articles of broadcast that were judged by
// reading: of grade 2 are the reports of the event itself, of grade 1 others about it.
type judgedQuery struct {
	Query  string
	Judged []struct {
		Date, ID string
		Grade    int
	}
}

func (q judgedQuery) grades() map[string]int {
	out := map[string]int{}
	for _, j := range q.Judged {
		out[j.ID] = j.Grade
	}
	return out
}

func readJudged(t *testing.T) []judgedQuery {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "judged.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close() // read only
	var out []judgedQuery
	for lines := json.NewDecoder(bufio.NewReader(f)); lines.More(); {
		var q judgedQuery
		if err := lines.Decode(&q); err != nil {
			t.Fatal(err)
		}
		out = append(out, q)
	}
	return out
}

// The judgements say for each query which articles report the event itself.
func TestJudgements(t *testing.T) {
	seen := map[string]bool{}
	for _, q := range readJudged(t) {
		grades := q.grades()
		best := 0
		for _, j := range q.Judged {
			best = max(best, j.Grade)
			if j.ID == "" || j.Date == "" || j.Grade < 1 || j.Grade > 2 {
				t.Errorf("%s: %+v", q.Query, j)
			}
		}
		if best != 2 || seen[q.Query] || len(grades) != len(q.Judged) {
			t.Errorf("%s: best grade %d, again %t, %d ids of %d",
				q.Query, best, seen[q.Query], len(grades), len(q.Judged))
		}
		seen[q.Query] = true
		parse(t, q.Query)
	}
	if len(seen) < 40 {
		t.Errorf("only %d queries", len(seen))
	}
}

// What judged queries must reach at least, a little below what was measured
// (docs/measurements/roundups.md).
const (
	judgedNDCG  = 0.765
	judgedMRR   = 0.64
	judgedFirst = 20 // queries with a report of the event itself first
)

// TestEvalJudged measures the judged queries over broadcast on the wanted engine.
func TestEvalJudged(t *testing.T) {
	l := plain("broadcast")(t).onWantedEngine(t)
	queries := readJudged(t)
	ndcg, mrr, first := 0.0, 0.0, 0
	for _, q := range queries {
		r := search.Request{Query: parse(t, q.Query), Size: eval.Depth, NoHighlights: true, NoSuggestions: true}
		res, err := l.Search(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		gain, rank := judge(q.grades(), res.Hits)
		ndcg += gain
		if rank > 0 {
			mrr += 1 / float64(rank)
		}
		if rank == 1 {
			first++
		}
		t.Logf("%s: %d hits, the report of the event itself at %d, nDCG@10 %.2f", q.Query, res.Total, rank, gain)
	}
	n := float64(len(queries))
	ndcg, mrr = ndcg/n, mrr/n
	t.Logf("%d queries: nDCG@10 %.3f, MRR@10 of the event's report %.3f, %d first", len(queries), ndcg, mrr, first)
	if ndcg < judgedNDCG || mrr < judgedMRR || first < judgedFirst {
		t.Errorf("floors are %.3f, %.3f and %d", judgedNDCG, judgedMRR, judgedFirst)
	}
}

// judge returns nDCG of hits with gains 2^grade - 1 (Burges et al., Learning to Rank Using
// Gradient Descent, 2005) and the rank of the first of grade 2, 0 for none.
func judge(grades map[string]int, hits []search.Hit) (ndcg float64, rank int) {
	gain := func(grade, i int) float64 { return (math.Exp2(float64(grade)) - 1) / math.Log2(float64(i+2)) }
	sum, ideal := 0.0, 0.0
	for i, h := range hits {
		grade := grades[h.Article.ID]
		sum += gain(grade, i)
		if grade == 2 && rank == 0 {
			rank = i + 1
		}
	}
	var all []int
	for _, grade := range grades {
		all = append(all, grade)
	}
	slices.Sort(all)
	slices.Reverse(all)
	for i, grade := range all[:min(len(all), eval.Depth)] {
		ideal += gain(grade, i)
	}
	return sum / ideal, rank
}

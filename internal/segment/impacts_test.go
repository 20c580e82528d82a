package segment

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestFrontier compares with the slow twin: every impact has one in the frontier with at least
// its frequency and at most its length, and with few pairs the frontier is exact.
func TestFrontier(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var f Frontier // used again
	for i := range 500 {
		var all []Impact
		for range 1 + r.IntN(200) {
			p := Impact{1 + r.Uint32N([]uint32{2, 5, 100, 70000}[i%4]), r.Uint32N([]uint32{3, 500}[i%2])}
			all = append(all, p)
			f.Add(p.Frequency, p.Length)
		}
		got := f.Impacts()
		if len(got) == 0 || len(got) > maxImpacts {
			t.Fatalf("%d pairs", len(got))
		}
		exceeds := func(a, b Impact) bool { return a.Frequency >= b.Frequency && a.Length <= b.Length }
		for _, p := range all {
			if !slices.ContainsFunc(got, func(q Impact) bool { return exceeds(q, p) }) {
				t.Fatalf("%v is not bounded by %v", p, got)
			}
		}
		var best []Impact // those that no other one exceeds
		for _, p := range all {
			exceeded := slices.ContainsFunc(all, func(q Impact) bool { return q != p && exceeds(q, p) })
			if !exceeded && !slices.Contains(best, p) {
				best = append(best, p)
			}
		}
		slices.SortFunc(best, func(a, b Impact) int { return int(a.Frequency) - int(b.Frequency) })
		if len(best) <= maxImpacts && !slices.Equal(got, best) {
			t.Fatalf("%v, want %v", got, best)
		}
	}
}

func TestSummaries(t *testing.T) {
	documents, lists := randomLists(rand.New(rand.NewPCG(3, 4)))
	f := parse(t, write(t, documents, lists, FieldOptions{Frequencies: true, Summarize: testSummary})).Field("f")
	var c Cursor
	for i, l := range lists {
		term := lookup(t, f, fmt.Sprintf("%06d", i))
		got, ok, err := term.Summary()
		if err != nil || ok != (len(l.docs) >= summarized) {
			t.Fatalf("list of %d: summary %v, error %v", len(l.docs), ok, err)
		}
		if ok {
			want := testSummary(l.docs, l.frequencies)
			if got.Articles != want.Articles || !slices.Equal(got.Document, want.Document) ||
				!slices.Equal(got.Article, want.Article) {
				t.Errorf("list of %d: %v, want %v", len(l.docs), got, *want)
			}
		}
		if docs, _, err := term.Append(nil, nil, &c); err != nil || !slices.Equal(docs, l.docs) {
			t.Errorf("list of %d with a summary: documents differ, error %v", len(l.docs), err)
		}
	}
}

package eval

import (
	"cmp"
	"slices"
)

// Comparison is the difference between two engines over a set, query by query:
// the interval is that of the paired differences.
type Comparison struct {
	Set        string   `json:"set"`
	Queries    int      `json:"queries"`
	Difference Interval `json:"difference"` // of the mean reciprocal rank
	Won        int      `json:"won"`        // queries with a better rank than before
	Lost       int      `json:"lost"`
}

// Change is a query whose first right hit has another rank.
type Change struct {
	Now    Answer `json:"now"`
	Before Answer `json:"before"`
}

// Gain is the difference of the reciprocal ranks.
func (c Change) Gain() float64 { return c.Now.MRR - c.Before.MRR }

// Compare compares the answers of two engines to the same queries, by set as
// Summarize does.
func Compare(now, before []Answer) []Comparison {
	var out []Comparison
	for _, set := range Sets(now) {
		a, b := slices.Collect(in(now, set)), slices.Collect(in(before, set))
		c := Comparison{Set: set, Queries: len(a)}
		differences := make([]float64, len(a))
		for i := range a {
			differences[i] = a[i].MRR - b[i].MRR
			c.Won += count(differences[i] > 0)
			c.Lost += count(differences[i] < 0)
		}
		c.Difference = bootstrap(differences)
		out = append(out, c)
	}
	return out
}

// Changes lists the queries with a better or worse rank, the highest gain first.
func Changes(now, before []Answer) []Change {
	var out []Change
	for i := range now {
		if c := (Change{now[i], before[i]}); c.Gain() != 0 {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int { return cmp.Compare(b.Gain(), a.Gain()) })
	return out
}

package eval

import "slices"

// Comparison is how one engine's MRR of a set differs from another's, query by
// query: the interval is of the paired differences, each drawn as a pair.
type Comparison struct {
	Set        string   `json:"set"`
	Queries    int      `json:"queries"`
	Difference Interval `json:"difference"` // of the mean reciprocal rank
	Won        int      `json:"won"`        // queries with a better rank than before
	Lost       int      `json:"lost"`
}

// Change is a query whose first right hit stands at another place.
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

// Changes lists the queries won and lost, the greatest gain first.
func Changes(now, before []Answer) []Change {
	var out []Change
	for i := range now {
		if c := (Change{now[i], before[i]}); c.Gain() != 0 {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int {
		switch {
		case a.Gain() > b.Gain():
			return -1
		case a.Gain() < b.Gain():
			return 1
		}
		return 0
	})
	return out
}

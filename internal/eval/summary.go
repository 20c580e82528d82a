package eval

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"slices"
)

// Summary has the measures of one set.
type Summary struct {
	Set     string   `json:"set"` // All in the last one, over all sets
	Queries int      `json:"queries"`
	NoHit   int      `json:"no_hit"`
	Invalid int      `json:"invalid"`
	Absent  int      `json:"absent"`
	MRR     Interval `json:"mrr"`
	Recall  Interval `json:"recall"`
	NDCG    Interval `json:"ndcg"`
}

// Interval is a mean with its 95 % interval.
type Interval struct {
	Mean float64 `json:"mean"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// All names the summary over all sets.
const All = "all"

// Summarize summarises answers by set, in order of the names, and if there are
// several sets, over all of them.
func Summarize(answers []Answer) []Summary {
	var out []Summary
	for _, set := range Sets(answers) {
		of := slices.Collect(in(answers, set))
		s := Summary{Set: set, Queries: len(of)}
		for _, a := range of {
			s.NoHit += count(len(a.Hits) == 0 && a.Invalid == "")
			s.Invalid += count(a.Invalid != "")
			s.Absent += count(a.Absent)
		}
		s.MRR = bootstrap(values(of, func(a Answer) float64 { return a.MRR }))
		s.Recall = bootstrap(values(of, func(a Answer) float64 { return a.Recall }))
		s.NDCG = bootstrap(values(of, func(a Answer) float64 { return a.NDCG }))
		out = append(out, s)
	}
	return out
}

// Sets returns the names of the sets in order, and last All if there are several.
func Sets(answers []Answer) []string {
	seen := map[string]bool{}
	for _, a := range answers {
		seen[a.Query.Set] = true
	}
	out := slices.Sorted(maps.Keys(seen))
	if len(out) > 1 {
		out = append(out, All)
	}
	return out
}

// in yields the answers of a set.
func in(answers []Answer, set string) func(func(Answer) bool) {
	return func(yield func(Answer) bool) {
		for _, a := range answers {
			if (set == All || a.Query.Set == set) && !yield(a) {
				return
			}
		}
	}
}

func values(answers []Answer, of func(Answer) float64) []float64 {
	out := make([]float64, len(answers))
	for i, a := range answers {
		out[i] = of(a)
	}
	return out
}

func count(condition bool) int {
	if condition {
		return 1
	}
	return 0
}

// The bootstrap (Efron, Bootstrap Methods: Another Look at the Jackknife, 1979)
// draws this many samples: the ends of an interval are then accurate to about a
// tenth of its width. With a fixed seed results are reproducible.
const (
	resamples = 2000
	seed      = 19980101
	tail      = 0.025 // outside the interval on each side
)

// bootstrap returns the mean of values with its percentile interval.
func bootstrap(values []float64) Interval {
	means := resample(values)
	at := func(share float64) float64 { return means[int(share*float64(len(means)-1)+0.5)] }
	return Interval{mean(values), at(tail), at(1 - tail)}
}

// resample returns the means of samples drawn from values, in order.
func resample(values []float64) []float64 {
	r := rand.New(rand.NewPCG(seed, uint64(len(values))))
	means := make([]float64, resamples)
	for i := range means {
		sum := 0.0
		for range values {
			sum += values[r.IntN(len(values))]
		}
		means[i] = sum / float64(max(1, len(values)))
	}
	slices.SortFunc(means, cmp.Compare)
	return means
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(max(1, len(values)))
}

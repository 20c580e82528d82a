package segment

import "slices"

// Impact is a frequency in a text of some length.
type Impact struct{ Frequency, Length uint32 }

// maxImpacts bounds the pairs of a frontier.
const maxImpacts = 8

// Frontier collects impacts and finds those that no other one exceeds, with at least its
// frequency and at most its length. One of them has the highest score whatever the formula
// is, if it grows with the frequency and doesn't grow with the length. The zero value is
// empty.
type Frontier struct {
	few  [manyOccurrences]uint32 // by frequency, the shortest length plus 1; 0 for none
	many []Impact
}

// manyOccurrences is the frequency from which impacts are kept in a list.
const manyOccurrences = 64

// Add adds an impact.
func (f *Frontier) Add(frequency, length uint32) {
	if frequency >= manyOccurrences {
		f.many = append(f.many, Impact{frequency, length})
		return
	}
	if at := &f.few[frequency]; *at == 0 || length < *at-1 {
		*at = length + 1
	}
}

// Impacts returns the frontier, at most 8 pairs in rising order of both, and empties f. If
// there are more, neighbours are merged: such a pair has the higher frequency of one and the
// shorter length of the other, so it is still a bound.
func (f *Frontier) Impacts() []Impact {
	slices.SortFunc(f.many, func(a, b Impact) int { return int(int64(b.Frequency) - int64(a.Frequency)) })
	var out []Impact
	add := func(p Impact) {
		if n := len(out); n > 0 && p.Length >= out[n-1].Length {
			return
		} else if n > 0 && p.Frequency == out[n-1].Frequency {
			out = out[:n-1]
		}
		out = append(out, p)
	}
	for _, p := range f.many {
		add(p)
	}
	for frequency := manyOccurrences - 1; frequency >= 0; frequency-- {
		if length := f.few[frequency]; length > 0 {
			add(Impact{uint32(frequency), length - 1})
		}
	}
	*f = Frontier{many: f.many[:0]}
	slices.Reverse(out)
	return merged(out)
}

// merged merges neighbours until maxImpacts are left: first those where that changes least.
func merged(frontier []Impact) []Impact {
	for len(frontier) > maxImpacts {
		best, least := 0, 0.0
		for i := range frontier[:len(frontier)-1] {
			a, b := frontier[i], frontier[i+1]
			change := ratio(b.Frequency, a.Frequency) * ratio(b.Length, a.Length)
			if i == 0 || change < least {
				best, least = i, change
			}
		}
		frontier[best].Frequency = frontier[best+1].Frequency
		frontier = slices.Delete(frontier, best+1, best+2)
	}
	return frontier
}

func ratio(a, b uint32) float64 { return (float64(a) + 1) / (float64(b) + 1) }

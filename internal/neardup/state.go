package neardup

import (
	"cmp"
	"math"
	"slices"
)

// State is what Groups and Regroup know of articles beside their groups, for the next Regroup.
type State struct {
	Pairs []Compared // the pairs that were compared, in order
	Leads []bool     // by article: it can be a candidate of others
	Full  []FullHash // in order: the hashes that have maxLeaders leaders
}

// Pair is the numbers of two articles, the smaller number first.
type Pair struct{ A, B uint32 }

// Compared is the result of comparing two articles: similarity.mean of near-duplicates, 0 for
// others.
type Compared struct {
	Pair
	Mean float64
}

func comparePairs(a, b Pair) int { return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B)) }

func (c Compared) compare(p Pair) int { return comparePairs(c.Pair, p) }

// sortPairs sorts pairs and removes repeated ones.
func sortPairs(pairs []Compared) []Compared {
	slices.SortFunc(pairs, func(a, b Compared) int { return a.compare(b.Pair) })
	return slices.CompactFunc(pairs, func(a, b Compared) bool { return a.Pair == b.Pair })
}

// FullHash is a hash of which no further leaders count, and the last one that does.
type FullHash struct {
	Hash uint32
	Last TextKey
}

// TextKey says in which order texts are grouped: the largest first.
type TextKey struct {
	Size uint32
	Hash uint64
}

func (k TextKey) compare(o TextKey) int {
	return cmp.Or(cmp.Compare(o.Size, k.Size), cmp.Compare(k.Hash, o.Hash))
}

func (k TextKey) before(o TextKey) bool { return k.compare(o) < 0 }

// lastKey comes after that of every text that is grouped by its shingles.
var lastKey = TextKey{0, math.MaxUint64}

func (s *Signature) key() TextKey { return TextKey{s.size, s.hash} }

// firstMembers returns, by article, the first article of its group, which group names by any one
// of its articles.
func firstMembers(group []uint32) []uint32 {
	const none = math.MaxUint32
	first := slices.Repeat([]uint32{none}, len(group))
	out := make([]uint32, len(group))
	for i, of := range group {
		if first[of] == none {
			first[of] = uint32(i)
		}
		out[i] = first[of]
	}
	return out
}

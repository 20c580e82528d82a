package engine

import (
	"fmt"
	"math"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// A bag of more units than longQuery is a pasted headline or a question: a
// member then matches when it holds at least longShare of the bag's weight,
// the sum of its units' idf. So does one operand of fewer units where nothing
// holds them all; operands written apart must all be there. Measured in
// docs/relevance.md.
const (
	longQuery = 4
	longShare = 0.3
)

// matches returns the members that n matches.
func (r *run) matches(n query.Node, in zone) (*roaring.Bitmap, error) {
	if err := r.ctx.Err(); err != nil {
		return nil, err
	}
	switch n := n.(type) {
	case *query.Word:
		return r.matchAll([]query.Node{n}, in)
	case *query.And:
		return r.matchAll(n.Nodes, in)
	case *query.Or:
		return r.matchAny(n.Nodes, in)
	case *query.Phrase:
		return r.matchPhrase(n, in)
	case *query.Near:
		return r.matchNear(n, in)
	case *query.Prefix:
		return r.matchPrefix(n, in)
	case *query.Field:
		return r.matchField(n)
	case *query.DateRange:
		docs, err := r.between(n.From, n.To)
		if err != nil {
			return nil, err
		}
		return r.lift(docs), nil
	case *query.Not:
		ranked := len(r.ranked)
		set, err := r.matches(n.Node, in)
		if err != nil {
			return nil, err
		}
		r.ranked = r.ranked[:ranked] // what is excluded does not rank
		return roaring.AndNot(r.everything(), set), nil
	}
	return nil, fmt.Errorf("a query node of type %T has no match", n)
}

// matchAll intersects nodes. Their words are taken together as one bag, so
// that a headline with spaces matches like one without.
func (r *run) matchAll(nodes []query.Node, in zone) (*roaring.Bitmap, error) {
	var bag []unit
	operands := 0
	var set *roaring.Bitmap
	and := func(other *roaring.Bitmap) {
		if set == nil {
			set = other
		} else {
			set = roaring.And(set, other)
		}
	}
	for _, n := range nodes {
		if w, ok := n.(*query.Word); ok {
			t := r.analyze(w.Text)
			r.ranked = append(r.ranked, t)
			bag = append(bag, t.units...)
			operands++
			continue
		}
		other, err := r.matches(n, in)
		if err != nil {
			return nil, err
		}
		and(other)
	}
	if len(bag) > 0 {
		other, err := r.matchBag(distinct(bag), operands == 1, in)
		if err != nil {
			return nil, err
		}
		and(other)
	}
	if set == nil { // words of nothing but punctuation
		return roaring.New(), nil
	}
	return set, nil
}

func (r *run) matchAny(nodes []query.Node, in zone) (*roaring.Bitmap, error) {
	set := roaring.New()
	for _, n := range nodes {
		other, err := r.matches(n, in)
		if err != nil {
			return nil, err
		}
		set = roaring.Or(set, other)
	}
	return set, nil
}

func (r *run) matchBag(bag []unit, oneOperand bool, in zone) (*roaring.Bitmap, error) {
	sets := make([]*roaring.Bitmap, len(bag))
	for i, u := range bag {
		set, err := r.heldUnit(u, in)
		if err != nil {
			return nil, err
		}
		sets[i] = set
	}
	if len(bag) <= longQuery {
		if all := roaring.FastAnd(sets...); len(bag) < 3 || !oneOperand || !all.IsEmpty() {
			return all, nil
		}
	}
	return r.enough(sets), nil
}

// enough returns the members that hold at least longShare of the weight of
// the sets, each weighing its idf.
func (r *run) enough(sets []*roaring.Bitmap) *roaring.Bitmap {
	weight := make([]float32, r.members())
	var all float32
	buffer := make([]uint32, 4096)
	touched := roaring.New()
	for _, set := range sets {
		w := float32(r.weight(set))
		all += w
		for it := set.ManyIterator(); ; {
			n := it.NextMany(buffer)
			if n == 0 {
				break
			}
			for _, m := range buffer[:n] {
				weight[m] += w
			}
		}
		touched.Or(set)
	}
	out := roaring.New()
	for it := touched.Iterator(); it.HasNext(); {
		if m := it.Next(); weight[m] >= longShare*all {
			out.Add(m)
		}
	}
	return out
}

// weight is the idf of what the members of set hold.
func (r *run) weight(set *roaring.Bitmap) float64 {
	return idf(r.members(), int(set.GetCardinality()))
}

func (r *run) members() int {
	if r.by == search.ByParagraph {
		return len(r.columns.Article)
	}
	return len(r.columns.Day)
}

// idf is the inverse document frequency of BM25 as Lucene writes it, which
// never falls below 0.
func idf(n, df int) float64 {
	return math.Log(1 + (float64(n-df)+.5)/(float64(df)+.5))
}

func distinct(units []unit) []unit {
	seen := map[string]bool{}
	out := units[:0:0]
	for _, u := range units {
		if !seen[u.text] {
			seen[u.text] = true
			out = append(out, u)
		}
	}
	return out
}

package engine

import (
	"fmt"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// A bag with an operand of more than longOperand units is a pasted headline or a
// question: a member then matches when it holds two units and enough of the
// bag's weight, the sum of the idf of those units that anything holds. Enough is
// longShare, and never less than longUnits units of mean weight, so that of a
// few units most must be there. Words written apart must all be there, however
// many they are. Measured in docs/measurements/matching.md.
const (
	longOperand = 2
	longShare   = 0.3
	longUnits   = 1.65
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
		set, err := r.excluded(n.Node, in)
		if err != nil {
			return nil, err
		}
		return roaring.AndNot(r.everything(), set), nil
	}
	return nil, fmt.Errorf("a query node of type %T has no match", n)
}

// excluded returns the members that n matches as a whole: what is excluded is
// never loosened, and does not rank.
func (r *run) excluded(n query.Node, in zone) (*roaring.Bitmap, error) {
	ranked, strict := len(r.ranked), r.strict
	r.strict = true
	set, err := r.matches(n, in)
	r.strict, r.ranked = strict, r.ranked[:ranked]
	return set, err
}

// matchAll intersects nodes. Their words are taken together as one bag, so
// that a headline with spaces matches like one without. What needs a look at
// texts comes last, and looks only at what is left.
func (r *run) matchAll(nodes []query.Node, in zone) (*roaring.Bitmap, error) {
	var words bag
	var cheap, dear []query.Node
	for _, n := range nodes {
		switch n := n.(type) {
		case *query.Word:
			t, err := r.terms(n.Text)
			if err != nil {
				return nil, err
			}
			r.ranked = append(r.ranked, t)
			words.add(t)
		case *query.Field, *query.DateRange, *query.Prefix:
			cheap = append(cheap, n)
		default:
			dear = append(dear, n)
		}
	}
	within := r.within
	defer func() { r.within = within }()
	var set *roaring.Bitmap
	if len(words.units) > 0 {
		var err error
		if set, err = r.matchBag(words, in); err != nil {
			return nil, err
		}
		r.narrow(set)
	}
	for _, n := range append(cheap, dear...) {
		other, err := r.matches(n, in)
		if err != nil {
			return nil, err
		}
		if set == nil {
			set = other
		} else {
			set = roaring.And(set, other)
		}
		r.narrow(set)
	}
	if set == nil { // words of nothing but punctuation
		return roaring.New(), nil
	}
	return set, nil
}

// narrow tells what follows that only members of set are of interest.
func (r *run) narrow(set *roaring.Bitmap) {
	if r.within == nil {
		r.within = set
	} else {
		r.within = roaring.And(r.within, set)
	}
}

// matchAny unites nodes.
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

// bag gathers the units of operands that stand together.
type bag struct {
	units    []unit
	synonyms []synonym
	longest  int // different units of an operand
}

func (b *bag) add(t terms) {
	for _, s := range t.synonyms {
		s.from += len(b.units)
		s.to += len(b.units)
		b.synonyms = append(b.synonyms, s)
	}
	b.units = append(b.units, t.units...)
	b.longest = max(b.longest, len(distinct(t.units)))
}

// matchBag returns the members that hold the units of a bag, or their synonyms.
func (r *run) matchBag(words bag, in zone) (*roaring.Bitmap, error) {
	units := distinct(words.units)
	sets := make([]*roaring.Bitmap, len(units))
	for i, u := range units {
		if err := r.ctx.Err(); err != nil {
			return nil, err
		}
		set, err := r.heldUnit(u, in)
		if err != nil {
			return nil, err
		}
		sets[i] = set
	}
	found := r.together(words, sets)
	if len(words.synonyms) == 0 {
		return found, nil
	}
	sets, err := r.widened(words, units, sets, in)
	if err != nil {
		return nil, err
	}
	// What a synonym makes frequent weighs less: who has enough without
	// synonyms must not be lost for it.
	return roaring.Or(found, r.together(words, sets)), nil
}

// together returns the members that hold the sets of a bag's units together.
func (r *run) together(words bag, sets []*roaring.Bitmap) *roaring.Bitmap {
	if r.strict || words.longest <= longOperand {
		return roaring.FastAnd(sets...)
	}
	return r.enough(sets)
}

// weight is the idf of what the members of set hold.
func (r *run) weight(set *roaring.Bitmap) float64 {
	return idf(r.members(), int(set.GetCardinality()))
}

// members is one more than the highest number of a member.
func (r *run) members() int {
	if r.by == search.ByParagraph {
		return len(r.columns.Article)
	}
	return len(r.columns.Day)
}

// distinct drops units of the same text as one before.
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

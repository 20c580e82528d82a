package engine

import (
	"context"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
)

// bagNode matches what has the units of a bag of words, the unquoted operands of one
// "and". Either every unit is required, or enough of them (match_minimum.go).
type bagNode struct {
	units    []unit // with repetitions
	synonyms []synonym
	longest  int // different units of an operand
	required bool
	zone     zone
	name     string // joined, that articles with it in their byline match too; "" for none
}

// add adds an operand to the bag.
func (n *bagNode) add(o *operand) {
	for _, s := range o.synonyms {
		s.from += len(n.units)
		s.to += len(n.units)
		n.synonyms = append(n.synonyms, s)
	}
	n.units = append(n.units, o.units...)
	n.longest = max(n.longest, len(distinct(o.units)))
}

// lookups are the units whose members are needed, each once.
func (n *bagNode) lookups() []unit {
	all := n.units
	for _, s := range n.synonyms {
		all = append(all[:len(all):len(all)], s.units...)
	}
	return distinct(all)
}

func (n *bagNode) cost() cost { return costPostings }

func (n *bagNode) match(ctx context.Context, s *searcher, _ *roaring.Bitmap) (*roaring.Bitmap, error) {
	found, err := s.cached(n, nil, fromLists, func() (*roaring.Bitmap, error) { return n.matchUnits(s), nil })
	if err != nil || n.name == "" || n.zone != anywhere {
		return found, err
	}
	named, err := s.byline(n.name)
	if err != nil {
		return nil, err
	}
	return roaring.Or(found, named), nil
}

// matchUnits returns the members with the units.
func (n *bagNode) matchUnits(s *searcher) *roaring.Bitmap {
	units := distinct(n.units)
	sets := make([]*roaring.Bitmap, len(units))
	for i, u := range units {
		sets[i] = s.units[unitKey{u.text, n.zone}]
	}
	counts := n.counts(s, sets, false)
	found := n.combine(s, sets, counts)
	if len(n.synonyms) == 0 {
		return found
	}
	all := n.withSynonyms(s, units, sets)
	more := n.counts(s, all, true)
	if slices.Equal(counts, more) {
		return found
	}
	// A synonym makes a unit more frequent, so that it weighs less. A member with
	// enough weight without synonyms must not be lost by that.
	return roaring.Or(found, n.combine(s, all, more))
}

// counts returns how many members of the collection are in each of the sets of different units.
func (n *bagNode) counts(s *searcher, sets []*roaring.Bitmap, synonyms bool) []int {
	if of := s.index.statistics; of != nil {
		return of.Units(s.scope.by, n.condition().(UnitsOf), synonyms)
	}
	counts := make([]int, len(sets))
	for i, set := range sets {
		counts[i] = int(set.GetCardinality())
	}
	return counts
}

// combine returns the members that are in all sets of a bag's units, or in enough
// of them.
func (n *bagNode) combine(s *searcher, sets []*roaring.Bitmap, counts []int) *roaring.Bitmap {
	if n.required {
		return roaring.FastAnd(sets...)
	}
	return s.minimumShouldMatch(sets, counts)
}

// withSynonyms returns the sets of units, each with the members that have
// synonyms instead. A unit that the bag has several times needs a synonym each
// time.
func (n *bagNode) withSynonyms(s *searcher, units []unit, sets []*roaring.Bitmap) []*roaring.Bitmap {
	instead := make([]*roaring.Bitmap, len(n.units)) // by position in the bag; nil for none
	for _, syn := range n.synonyms {
		all := make([]*roaring.Bitmap, len(syn.units))
		for i, u := range syn.units {
			all[i] = s.units[unitKey{u.text, n.zone}]
		}
		found := roaring.FastAnd(all...)
		for i := syn.from; i < syn.to; i++ {
			if instead[i] == nil {
				instead[i] = found
			} else {
				instead[i] = roaring.Or(instead[i], found)
			}
		}
	}
	byText := map[string][]*roaring.Bitmap{}
	for i, u := range n.units {
		byText[u.text] = append(byText[u.text], instead[i])
	}
	out := make([]*roaring.Bitmap, len(sets))
	for i, u := range units {
		out[i] = sets[i]
		if also := byText[u.text]; !hasNil(also) {
			out[i] = roaring.Or(sets[i], roaring.FastAnd(also...))
		}
	}
	return out
}

func hasNil(sets []*roaring.Bitmap) bool {
	for _, s := range sets {
		if s == nil {
			return true
		}
	}
	return false
}

func (n *bagNode) describe(d *description) {
	how := "all required"
	if !n.required {
		how = minimumText
	}
	d.line(n.cost(), "bag of words %s (%s): %s", n.zone, how, strings.Join(unitTexts(n.units), " "))
	d.depth++
	for _, s := range n.synonyms {
		part := strings.Join(unitTexts(n.units[s.from:s.to]), " ")
		d.note("synonym of %s: %s", part, strings.Join(unitTexts(s.units), " "))
	}
	d.depth--
}

package engine

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"
)

// plan is the meaning of a query to this engine, decided before anything is looked
// up: a tree that matches, the operands that rank and the matchers that
// highlight. Each operand of the query is segmented once, for all three. A plan
// depends on the query and the analyzer alone, is not changed once compiled, and
// can be matched against any snapshot.
type plan struct {
	root       node        // nil matches everything
	operands   []*operand  // ranked by; what is excluded does not rank
	highlights []highlight // in the order of the query
	bags       []*bagNode  // all in the tree, also excluded ones
	prefixes   []*prefixNode
}

// node is a node of a plan.
type node interface {
	// match returns the members of the searcher's sets that the node matches.
	// Only those in within have to be right; nil is all. The result must not be
	// changed.
	match(ctx context.Context, s *searcher, within *roaring.Bitmap) (*roaring.Bitmap, error)
	// cost is what match costs compared with its siblings.
	cost() cost
	// describe writes the node and its children for people to read.
	describe(d *description)
	// condition is what the node asks of articles.
	condition() Condition
}

// cost grades how expensive a node is to match. Siblings of an "and" are matched
// in rising order of cost, so that the expensive ones have fewer members left to
// look at.
type cost int

const (
	costPostings   cost = iota + 1 // reads posting lists
	costValues                     // scans the values of a field
	costDictionary                 // scans a range of the term dictionary
	costTexts                      // reads the texts of candidates
	costDistances                  // reads them and compares places in them
)

// mostExpensive is the cost of matching all of nodes.
func mostExpensive(nodes []node) cost {
	var most cost
	for _, n := range nodes {
		most = max(most, n.cost())
	}
	return most
}

// zone is the part of an article in which a leaf looks.
type zone int

const (
	anywhere zone = iota // titles, sections and paragraphs; by paragraph, paragraphs
	inTitle
	inSection
	inLead // titles and the first paragraph
)

func (z zone) String() string {
	return [...]string{"anywhere", "in titles", "in sections", "in leads"}[z]
}

// ofArticle reports whether a match in the zone stands for its whole article, also by
// paragraph.
func (z zone) ofArticle() bool { return z == inTitle || z == inLead }

// grams is the field with the grams of a zone's texts. Anywhere, those of sections
// are in another, SectionGrams.
func (z zone) grams() string {
	if z == inSection {
		return SectionGrams
	}
	return Grams
}

package engine

import (
	"context"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
)

// nearNode matches the texts in which all words are close together.
type nearNode struct {
	phrases  []phrase // by word
	words    []string // folded
	distance int      // characters between them that belong to none
	zone     zone
}

func (n *nearNode) cost() cost { return costDistances }

func (n *nearNode) match(ctx context.Context, s *searcher, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	if len(n.phrases) == 0 {
		return roaring.New(), nil
	}
	within = s.scope.toRead(within, n.zone)
	var docs *roaring.Bitmap
	for _, p := range n.phrases {
		found, _, err := s.candidates(ctx, n.zone.grams(), p, n.zone, within)
		if err != nil {
			return nil, err
		}
		docs = intersection(docs, found)
	}
	docs, err := s.verify(ctx, docs, n.zone.grams(), within, func(t *looseText) bool {
		return newNearness(t.T(), n.words).found(n.distance)
	})
	if err != nil {
		return nil, err
	}
	return s.scope.members(docs, n.zone), nil
}

func (n *nearNode) describe(d *description) {
	d.line(n.cost(), "near %s (at most %d characters between): %s", n.zone, n.distance, strings.Join(n.words, " "))
}

package engine

import (
	"context"

	"github.com/RoaringBitmap/roaring/v2"
)

// andNode matches what all its nodes match; without nodes, nothing. The nodes are
// in rising order of cost.
type andNode []node

func (n andNode) cost() cost { return mostExpensive(n) }

func (n andNode) match(ctx context.Context, s *searcher, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	if len(n) == 0 {
		return roaring.New(), nil
	}
	var set *roaring.Bitmap
	for _, child := range n {
		found, err := matchNode(ctx, child, s, within)
		if err != nil {
			return nil, err
		}
		set, within = intersection(set, found), intersection(within, found)
	}
	return set, nil
}

// orNode matches what any of its nodes matches.
type orNode []node

func (n orNode) cost() cost { return mostExpensive(n) }

func (n orNode) match(ctx context.Context, s *searcher, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	set := roaring.New()
	for _, child := range n {
		found, err := matchNode(ctx, child, s, within)
		if err != nil {
			return nil, err
		}
		set.Or(found)
	}
	return set, nil
}

// notNode matches what its node doesn't: of a round-up all items or none.
type notNode struct{ node node }

func (n notNode) cost() cost { return n.node.cost() }

func (n notNode) match(ctx context.Context, s *searcher, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	within = s.scope.whole(within)
	found, err := matchNode(ctx, n.node, s, within)
	if err != nil {
		return nil, err
	}
	if within == nil {
		within = s.scope.all()
	}
	return roaring.AndNot(within, s.scope.whole(found)), nil
}

// matchNode matches a node, while the context lasts.
func matchNode(ctx context.Context, n node, s *searcher, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return n.match(ctx, s, within)
}

// cached returns what a leaf matches from the cache, which pages of the same query share;
// else it computes it, and keeps it unless only members in within are right.
func (s *searcher) cached(
	n node, within *roaring.Bitmap, class cacheClass, compute func() (*roaring.Bitmap, error),
) (*roaring.Bitmap, error) {
	var text description
	n.describe(&text)
	key := cacheKey{"matched by " + string(s.scope.by), text.String()}
	if set, ok := s.index.cache.get(key).(*roaring.Bitmap); ok {
		return set, nil
	}
	set, err := compute()
	if err == nil && within == nil {
		s.index.cache.put(key, set, class, int(set.GetSizeInBytes()))
	}
	return set, err
}

// intersection is a and b; a of nil is everything.
func intersection(a, b *roaring.Bitmap) *roaring.Bitmap {
	if a == nil {
		return b
	}
	return roaring.And(a, b)
}

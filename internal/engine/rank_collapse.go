package engine

import (
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// nearDuplicates has the groups of near-duplicates with more than one article.
type nearDuplicates struct {
	group    []uint32 // by article, the group's first article
	all      *roaring.Bitmap
	articles map[uint32][]uint32 // by group, its articles, sorted
}

func newNearDuplicates(group []uint32) nearDuplicates {
	d := nearDuplicates{group: group, all: roaring.New(), articles: map[uint32][]uint32{}}
	for article, first := range group {
		if uint32(article) == first {
			continue
		}
		if len(d.articles[first]) == 0 {
			d.articles[first] = append(d.articles[first], first)
			d.all.Add(first)
		}
		d.articles[first] = append(d.articles[first], uint32(article))
		d.all.Add(uint32(article))
	}
	return d
}

// mayCollapse reports whether an article may collapse into another one; the first
// of each group is taken for the one that doesn't.
func (d nearDuplicates) mayCollapse(article uint32) bool { return d.group[article] != article }

// collapsible counts the articles of set that collapse into another one of it.
func (d nearDuplicates) collapsible(set *roaring.Bitmap) int {
	seen := map[uint32]bool{}
	n := 0
	for it := roaring.And(set, d.all).Iterator(); it.HasNext(); {
		group := d.group[it.Next()]
		if seen[group] {
			n++
		}
		seen[group] = true
	}
	return n
}

// others lists the other articles of an article's group.
func (d nearDuplicates) others(article uint32) []uint32 {
	return slices.DeleteFunc(slices.Clone(d.articles[d.group[article]]), func(a uint32) bool { return a == article })
}

// nearDuplicate names an article that is not alone.
func (c *Columns) nearDuplicate(article uint32) search.NearDuplicate {
	out := search.NearDuplicate{ID: c.ID[article], Date: date(c.Day[article])}
	if v := c.Values(Publication); v != nil {
		out.Publication = v.Names[v.Of[article]]
	}
	return out
}

// collapses reports whether a search gives one hit for each group.
func collapses(q search.Request) bool { return q.By != search.ByParagraph && !q.Uncollapsed }

// collapser keeps the first of each group that it is offered, in an order.
type collapser struct {
	nearDuplicates
	compare func(a, b scored) int
	best    map[uint32]scored // by group
}

func newCollapser(d nearDuplicates, compare func(a, b scored) int) *collapser {
	return &collapser{d, compare, map[uint32]scored{}}
}

// add reports whether s belongs to a group; then it is kept if it comes first.
func (c *collapser) add(s scored) bool {
	if !c.all.Contains(s.article) {
		return false
	}
	group := c.group[s.article]
	if old, ok := c.best[group]; !ok || c.compare(s, old) < 0 {
		c.best[group] = s
	}
	return true
}

// collapse decides for every view which near-duplicates are hits. Each is scored
// once, for all views and without pruning, since a facet counts all hits.
func (s *searcher) collapse(
	ctx context.Context, found *matches, lists []weightedList, compare func(a, b scored) int,
) error {
	groups := s.scope.columns.nearDuplicates
	duplicates := roaring.New()
	found.each(func(v *view) { duplicates.Or(roaring.And(v.members, groups.all)) })
	scorer := newScorer(s.scope, duplicates.ToArray(), false)
	if err := scorer.sum(ctx, lists, 0); err != nil {
		return err
	}
	found.each(func(v *view) {
		first := newCollapser(groups, compare)
		for i, m := range scorer.members {
			if v.members.Contains(m) {
				hit := s.scope.ranked(m)
				hit.score = scorer.score(i, bound{})
				first.add(hit)
			}
		}
		v.hits = roaring.AndNot(v.members, groups.all)
		for _, hit := range first.best {
			v.hits.Add(hit.member)
		}
	})
	return nil
}

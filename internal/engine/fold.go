package engine

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// copies knows the groups of near-duplicates that have more than one article.
type copies struct {
	group []uint32 // by article, the group's first article
	all   *roaring.Bitmap
	of    map[uint32][]uint32 // by group, its articles in rising order
}

func newCopies(group []uint32) copies {
	c := copies{group: group, all: roaring.New(), of: map[uint32][]uint32{}}
	for article, first := range group {
		if uint32(article) == first {
			continue
		}
		if len(c.of[first]) == 0 {
			c.of[first] = append(c.of[first], first)
			c.all.Add(first)
		}
		c.of[first] = append(c.of[first], uint32(article))
		c.all.Add(uint32(article))
	}
	return c
}

// folded tells how many articles of set are not counted of their own, since
// another of their group is in set.
func (c copies) folded(set *roaring.Bitmap) int {
	seen := map[uint32]bool{}
	n := 0
	for it := roaring.And(set, c.all).Iterator(); it.HasNext(); {
		group := c.group[it.Next()]
		if seen[group] {
			n++
		}
		seen[group] = true
	}
	return n
}

// besides lists the other articles of an article's group that are in set.
func (c copies) besides(article uint32, set *roaring.Bitmap) []uint32 {
	var out []uint32
	for _, a := range c.of[c.group[article]] {
		if a != article && set.Contains(a) {
			out = append(out, a)
		}
	}
	return out
}

// others lists the other articles of an article's group.
func (c copies) others(article uint32) []uint32 {
	return slices.DeleteFunc(slices.Clone(c.of[c.group[article]]), func(a uint32) bool { return a == article })
}

// folds tells whether a search gives one hit a group.
func folds(q search.Request) bool { return q.By != search.ByParagraph && !q.Uncollapsed }

// folding keeps the best of each group until all its members were seen.
type folding struct {
	copies
	best map[uint32]scored // by group
	less func(a, b scored) bool
}

func newFolding(c copies, less func(a, b scored) bool) *folding {
	return &folding{c, map[uint32]scored{}, less}
}

// take tells whether s belongs to a group; then it is held back.
func (f *folding) take(s scored) bool {
	if f == nil || !f.all.Contains(s.place) {
		return false
	}
	group := f.group[s.place]
	if old, ok := f.best[group]; !ok || f.less(s, old) {
		f.best[group] = s
	}
	return true
}

// copy names an article that is not alone.
func (c *Columns) copy(article uint32) search.NearDuplicate {
	out := search.NearDuplicate{ID: c.ID[article], Date: date(c.Day[article])}
	if v := c.Values(Publication); v != nil {
		out.Publication = v.Names[v.Of[article]]
	}
	return out
}

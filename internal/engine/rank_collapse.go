package engine

import (
	"cmp"
	"iter"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
)

// nearDuplicates has the groups of near-duplicates with more than one article.
type nearDuplicates struct {
	group    []uint32 // by article, the group's first article; nil if there are no groups
	all      *roaring.Bitmap
	sorted   []uint32            // the same, faster to compare with a list
	articles map[uint32][]uint32 // by group, its articles, sorted
	sequence []uint32            // by article: Columns.Sequence
}

func newNearDuplicates(group, sequence []uint32) *nearDuplicates {
	d := &nearDuplicates{group: group, sequence: sequence, all: roaring.New(), articles: map[uint32][]uint32{}}
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
	d.sorted = d.all.ToArray()
	return d
}

// contains reports whether a member has near-duplicates.
func (d *nearDuplicates) contains(member uint32) bool {
	return d.group != nil && d.all.Contains(member)
}

// mayCollapse reports whether a member may collapse into another one; the first
// of each group is taken for the one that doesn't.
func (d *nearDuplicates) mayCollapse(member uint32) bool {
	return d.group != nil && d.group[member] != member
}

// count counts the hits that members collapse into.
func (d *nearDuplicates) count(members *roaring.Bitmap) int {
	seen := map[uint32]bool{}
	n := int(members.GetCardinality())
	for it := roaring.And(members, d.all).Iterator(); it.HasNext(); {
		group := d.group[it.Next()]
		if seen[group] {
			n--
		}
		seen[group] = true
	}
	return n
}

// first returns those near-duplicates that come first in their groups, in an order, with how many
// others there are.
func (d *nearDuplicates) first(near iter.Seq[scored], compare func(a, b scored) int) []scored {
	var hits []scored
	var copies []uint32    // of hits
	at := map[uint32]int{} // by group, the index in hits
	for s := range near {
		group := d.group[s.article]
		i, ok := at[group]
		if !ok {
			at[group] = len(hits)
			hits, copies = append(hits, s), append(copies, 0)
			continue
		}
		if copies[i]++; compare(s, hits[i]) < 0 {
			hits[i] = s
		}
	}
	for i := range hits {
		hits[i].copies = copies[i]
	}
	return hits
}

// others lists the other articles of an article's group, in the order in which they were read.
func (d *nearDuplicates) others(article uint32) []uint32 {
	if !d.contains(article) {
		return nil
	}
	list := slices.DeleteFunc(slices.Clone(d.articles[d.group[article]]), func(a uint32) bool { return a == article })
	slices.SortFunc(list, func(a, b uint32) int { return cmp.Compare(d.sequence[a], d.sequence[b]) })
	return list
}

// nearDuplicate names an article that is not alone.
func (c *Columns) nearDuplicate(article uint32) (search.NearDuplicate, error) {
	out := search.NearDuplicate{ID: c.ID[article], Date: date(c.Day[article])}
	v, err := c.Values(Publication)
	if v != nil {
		out.Publication = v.Names[v.Of[article]]
	}
	return out, err
}

// viewHits are the hits of a view: its members without near-duplicates, and of each
// group of near-duplicates the one that comes first in the requested order.
type viewHits struct {
	view view
	near []scored // those with near-duplicates; of the candidates only
}

// searchHits are the hits of a search's views.
type searchHits struct {
	base   viewHits
	facets map[string]viewHits // by field, where a facet counts another view
}

// ofFacet returns the hits that the facet of a field counts.
func (h searchHits) ofFacet(field string) viewHits {
	if v, ok := h.facets[field]; ok {
		return v
	}
	return h.base
}

// collapse decides, among the candidates of a search, which near-duplicates are hits.
// For facets the candidates have all near-duplicates, so that the choice is complete.
func (s *searcher) collapse(found *matches, c *candidates, compare func(a, b scored) int) searchHits {
	groups := s.scope.groups
	if len(found.facets) == 0 { // all candidates are of the base view
		return searchHits{base: viewHits{found.base, groups.first(slices.Values(c.near), compare)}}
	}
	hits := func(v view) viewHits {
		members := func(yield func(scored) bool) {
			for _, h := range c.near {
				if v.members.Contains(h.member) && !yield(h) {
					return
				}
			}
		}
		return viewHits{v, groups.first(members, compare)}
	}
	out := searchHits{base: hits(found.base), facets: map[string]viewHits{}}
	for field, v := range found.facets {
		out.facets[field] = hits(v)
	}
	return out
}

// hitSet returns the members that are hits of a view. The candidates must have had
// all near-duplicates.
func (s *searcher) hitSet(of viewHits) *roaring.Bitmap {
	hits := roaring.AndNot(of.view.members, s.scope.groups.all)
	for _, h := range of.near {
		hits.Add(h.member)
	}
	return hits
}

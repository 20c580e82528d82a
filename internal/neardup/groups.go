package neardup

import (
	"cmp"
	"context"
	"slices"

	"xunwen/internal/news"
)

// Groups finds the groups of copies among articles, whose signatures it is
// given by number; read gives an article back. It returns for each article the
// number of the first in its group, its own where it is alone.
//
// A group is a text and its copies: each article is compared with the larger
// ones that are no copies themselves, and belongs to the one that it is most
// like. So nothing is chained: each member is a copy of the group's largest. The
// order in which articles come doesn't matter, and adding articles to a
// collection gives the groups of the whole.
//
// known, which may be nil, is what an earlier call found: only pairs that are
// not in it are read and compared. found is what this one needed of it, and
// more.
//
// Time grows with the number of articles, most of it with that of new pairs;
// memory is some 300 bytes an article beside the signatures. Errors are read's
// and the context's.
func (c Comparer) Groups(ctx context.Context, signatures []Signature, known Known, read func(int) (news.Article, error)) (groups []uint32, found Known, err error) {
	g := &grouping{Comparer: c, signatures: signatures, read: read, group: make([]uint32, len(signatures)), kept: map[uint32]*prepared{},
		known: known, found: Known{}}
	g.equal()
	g.rank()
	g.leaders = newLeaders(signatures, g.ranked)
	for place := range g.ranked {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		if err := g.place(uint32(place)); err != nil {
			return nil, nil, err
		}
	}
	return g.numbered(), g.found, nil
}

// Known is what comparing articles gave, by their numbers: how alike copies
// are (Likeness.Mean), and 0 for what is none.
type Known map[Pair]float64

// Pair is the numbers of two articles, the smaller first.
type Pair struct{ A, B uint32 }

// grouping is a grouping under way.
type grouping struct {
	Comparer
	signatures []Signature
	read       func(int) (news.Article, error)
	group      []uint32 // by article, the article that leads its group

	ranked  []uint32 // articles that can lead or follow, the largest first
	leaders *leaders // by place in ranked

	known, found Known
	kept         map[uint32]*prepared // by place
	keptSize     int                  // shingles in kept
}

// equal groups equal texts, which need no look at them.
func (g *grouping) equal() {
	byHash := make([]uint32, len(g.signatures))
	for i := range byHash {
		byHash[i], g.group[i] = uint32(i), uint32(i)
	}
	slices.SortFunc(byHash, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(g.signatures[a].whole, g.signatures[b].whole), cmp.Compare(a, b))
	})
	for k := 1; k < len(byHash); k++ {
		if a, b := byHash[k-1], byHash[k]; g.signatures[a].whole == g.signatures[b].whole {
			g.group[b] = g.group[a]
		}
	}
}

// rank lists one article of each text that is long enough, the largest first.
// Nothing in this order depends on the articles' numbers.
func (g *grouping) rank() {
	for i, s := range g.signatures {
		if s.size > 0 && g.group[i] == uint32(i) {
			g.ranked = append(g.ranked, uint32(i))
		}
	}
	slices.SortFunc(g.ranked, func(a, b uint32) int {
		x, y := &g.signatures[a], &g.signatures[b]
		return cmp.Or(cmp.Compare(y.size, x.size), cmp.Compare(x.whole, y.whole))
	})
}

// place puts the article at a place in the order into the group of the leader
// it is most like, or lets it lead one.
func (g *grouping) place(place uint32) error {
	article := g.ranked[place]
	lists := g.leaders.lists(&g.signatures[article])
	if len(lists) < minShared {
		return nil // nothing is like it, and nothing will be
	}
	leader, err := g.leader(place, lists)
	if err != nil {
		return err
	}
	if leader != place {
		g.group[article] = g.ranked[leader]
		return nil
	}
	g.leaders.add(place, lists)
	return nil
}

// leader returns the leader that an article is most like, itself where it is a
// copy of none.
func (g *grouping) leader(place uint32, lists []int) (uint32, error) {
	candidates := g.leaders.candidates(lists)
	if len(candidates) == 0 {
		return place, nil
	}
	best, found := 0., place
	for _, c := range candidates {
		mean, err := g.mean(place, c)
		if err != nil {
			return place, err
		}
		if mean > best || mean > 0 && mean == best && c < found {
			best, found = mean, c
		}
	}
	return found, nil
}

// mean tells how alike the articles at two places are, 0 for no copies.
func (g *grouping) mean(place, other uint32) (float64, error) {
	a, b := g.ranked[place], g.ranked[other]
	pair := Pair{min(a, b), max(a, b)}
	if mean, ok := g.known[pair]; ok {
		g.found[pair] = mean
		return mean, nil
	}
	x, err := g.prepared(place)
	if err != nil {
		return 0, err
	}
	y, err := g.prepared(other)
	if err != nil {
		return 0, err
	}
	mean := 0.
	if l := x.compare(y); l.Copy() {
		mean = l.Mean()
	}
	g.found[pair] = mean
	return mean, nil
}

// maxKept bounds the shingles of prepared texts that are kept, 8 bytes each:
// copies come near one another in the order of sizes.
const maxKept = 2 << 20

func (g *grouping) prepared(place uint32) (*prepared, error) {
	if p, ok := g.kept[place]; ok {
		return p, nil
	}
	a, err := g.read(int(g.ranked[place]))
	if err != nil {
		return nil, err
	}
	p := g.prepare(&a)
	if g.keptSize += len(p.shingles); g.keptSize > maxKept {
		clear(g.kept)
		g.keptSize = len(p.shingles)
	}
	g.kept[place] = p
	return p, nil
}

// numbered names each group by its first article.
func (g *grouping) numbered() []uint32 {
	for i, leader := range g.group { // equal texts follow the one that was placed
		g.group[i] = g.group[leader]
	}
	first := make(map[uint32]uint32)
	for i, leader := range g.group {
		if _, ok := first[leader]; !ok {
			first[leader] = uint32(i)
		}
	}
	out := make([]uint32, len(g.group))
	for i, leader := range g.group {
		out[i] = first[leader]
	}
	return out
}

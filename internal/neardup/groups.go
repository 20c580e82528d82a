package neardup

import (
	"cmp"
	"context"
	"slices"

	"xunwen/internal/news"
)

// Groups finds the groups of near-duplicates among articles, by their signatures.
// read returns the article with a number. The result is, for each article, the
// number of the first article of its group, its own if it is alone.
//
// A group is a text and its near-duplicates: each article is compared with the
// larger ones that lead a group, and joins the group of the most similar leader.
// So groups don't chain: each member is a near-duplicate of the largest. The
// order of articles doesn't matter, and adding articles gives the same groups as
// grouping all at once.
//
// known, which may be nil, is the result of an earlier call: only other pairs are
// read and compared. found has the similarities that this call used.
//
// Most of the time is for new pairs; memory is about 300 bytes for each article
// in addition to the signatures. Errors are those of read and of the context.
func (c Comparer) Groups(
	ctx context.Context, signatures []Signature, known Similarities, read func(int) (news.Article, error),
) (groups []uint32, found Similarities, err error) {
	g := &grouping{
		preparer:   preparer{Comparer: c},
		signatures: signatures,
		read:       read,
		group:      make([]uint32, len(signatures)),
		cache:      map[uint32]*prepared{},
		known:      known,
		found:      Similarities{},
		ownRank:    -1,
	}
	g.equal()
	g.rank()
	g.leaders = newLeaders(signatures, g.ranked)
	for rank := range g.ranked {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		if err := g.assign(uint32(rank)); err != nil {
			return nil, nil, err
		}
	}
	return g.firstMembers(), g.found, nil
}

// Similarities are the results of comparing articles: similarity.mean of
// near-duplicates, 0 for others.
type Similarities map[Pair]float64

// Pair is the numbers of two articles, the smaller number first.
type Pair struct{ A, B uint32 }

// grouping is one call of Groups.
type grouping struct {
	preparer
	signatures []Signature
	read       func(int) (news.Article, error)
	group      []uint32 // by article, the leader of its group

	ranked  []uint32 // articles that can lead or join a group, the largest first
	leaders *leaders // by rank: the index in ranked

	known, found Similarities
	cache        map[uint32]*prepared // by rank
	cacheSize    int                  // shingles in cache
	own          shingleSet           // the shingles of the article of a rank
	ownRank      int                  // that rank, -1 for none
}

// equal groups equal texts by their hashes, without reading them.
func (g *grouping) equal() {
	byHash := make([]uint32, len(g.signatures))
	for i := range byHash {
		byHash[i], g.group[i] = uint32(i), uint32(i)
	}
	slices.SortFunc(byHash, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(g.signatures[a].hash, g.signatures[b].hash), cmp.Compare(a, b))
	})
	for k := 1; k < len(byHash); k++ {
		if a, b := byHash[k-1], byHash[k]; g.signatures[a].hash == g.signatures[b].hash {
			g.group[b] = g.group[a]
		}
	}
}

// rank lists one article of each text that is long enough, the largest first. The
// order does not depend on the numbers of articles.
func (g *grouping) rank() {
	for i, s := range g.signatures {
		if s.size > 0 && g.group[i] == uint32(i) {
			g.ranked = append(g.ranked, uint32(i))
		}
	}
	slices.SortFunc(g.ranked, func(a, b uint32) int {
		x, y := &g.signatures[a], &g.signatures[b]
		return cmp.Or(cmp.Compare(y.size, x.size), cmp.Compare(x.hash, y.hash))
	})
}

// assign adds the article of a rank to the group of the most similar leader, or
// makes it a leader.
func (g *grouping) assign(rank uint32) error {
	article := g.ranked[rank]
	lists := g.leaders.lists(&g.signatures[article])
	if len(lists) < minShared {
		return nil // it shares too few shingles with any other article
	}
	leader, err := g.leader(rank, lists)
	if err != nil {
		return err
	}
	if leader != rank {
		g.group[article] = g.ranked[leader]
		return nil
	}
	g.leaders.add(rank, lists)
	return nil
}

// leader returns the rank of the most similar leader, its own if there is no
// near-duplicate.
func (g *grouping) leader(rank uint32, lists []int) (uint32, error) {
	candidates := g.leaders.candidates(lists)
	if len(candidates) == 0 {
		return rank, nil
	}
	best, found := 0.0, rank
	for _, c := range candidates {
		if !g.signatures[g.ranked[rank]].mayBeNear(&g.signatures[g.ranked[c]]) {
			continue
		}
		mean, err := g.mean(rank, c)
		if err != nil {
			return rank, err
		}
		if mean > best || mean > 0 && mean == best && c < found {
			best, found = mean, c
		}
	}
	return found, nil
}

// mean returns the similarity of the articles of two ranks, 0 if they are not
// near-duplicates.
func (g *grouping) mean(rank, other uint32) (float64, error) {
	a, b := g.ranked[rank], g.ranked[other]
	pair := Pair{min(a, b), max(a, b)}
	if mean, ok := g.known[pair]; ok {
		g.found[pair] = mean
		return mean, nil
	}
	x, err := g.prepared(rank)
	if err != nil {
		return 0, err
	}
	y, err := g.prepared(other)
	if err != nil {
		return 0, err
	}
	if g.ownRank != int(rank) {
		g.ownRank = int(rank)
		g.own.reset(len(x.shingles))
		for _, h := range x.shingles {
			g.own.add(h)
		}
	}
	mean := 0.0
	if l := x.compare(y, g.own.count(y.shingles)); l.nearDuplicate() {
		mean = l.mean()
	}
	g.found[pair] = mean
	return mean, nil
}

// maxCached bounds the shingles of cached articles, 8 bytes each and 3 of text: the sizes of
// near-duplicates differ little, and so do their ranks.
const maxCached = 2 << 20

func (g *grouping) prepared(rank uint32) (*prepared, error) {
	if p, ok := g.cache[rank]; ok {
		return p, nil
	}
	a, err := g.read(int(g.ranked[rank]))
	if err != nil {
		return nil, err
	}
	p := g.prepare(&a)
	if g.cacheSize += len(p.shingles); g.cacheSize > maxCached {
		clear(g.cache)
		g.cacheSize = len(p.shingles)
	}
	g.cache[rank] = p
	return p, nil
}

// firstMembers returns, by article, the first article of its group.
func (g *grouping) firstMembers() []uint32 {
	for i, leader := range g.group { // an equal text joins the group of the one that was placed
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

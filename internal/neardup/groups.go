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
// known, which may be nil, is what an earlier call has compared, in order: only other pairs are
// read.
//
// Most of the time is for new pairs; memory is about 300 bytes for each article
// in addition to the signatures. Errors are those of read and of the context.
func (c Comparer) Groups(
	ctx context.Context, signatures []Signature, known []Compared, read func(int) (news.Article, error),
) (groups []uint32, state State, err error) {
	g := &grouping{
		comparison: c.comparison(signatures, read, known),
		group:      make([]uint32, len(signatures)),
		leads:      make([]bool, len(signatures)),
	}
	g.equal()
	g.rank()
	g.leaders = newLeaders(signatures, g.ranked)
	for rank := range g.ranked {
		if err := ctx.Err(); err != nil {
			return nil, State{}, err
		}
		if err := g.assign(uint32(rank)); err != nil {
			return nil, State{}, err
		}
	}
	for i, leader := range g.group { // an equal text joins the group of the one that was placed
		g.group[i] = g.group[leader]
	}
	return firstMembers(g.group), State{sortPairs(g.found), g.leads, g.full()}, nil
}

// grouping is one call of Groups.
type grouping struct {
	comparison
	group []uint32 // by article, the leader of its group
	leads []bool   // by article

	ranked  []uint32 // articles that can lead or join a group, the largest first
	leaders *leaders // by rank: the index in ranked
}

// equal groups equal texts below titles with equal figures by their hashes, without reading them.
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
		return g.signatures[a].key().compare(g.signatures[b].key())
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
	g.leads[article] = true
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
		mean, err := g.mean(g.ranked[rank], g.ranked[c])
		if err != nil {
			return rank, err
		}
		if mean > best || mean > 0 && mean == best && c < found {
			best, found = mean, c
		}
	}
	return found, nil
}

// full lists the hashes that have maxLeaders leaders.
func (g *grouping) full() []FullHash {
	var out []FullHash
	for k, used := range g.leaders.used {
		if used == maxLeaders {
			last := g.ranked[g.leaders.ranks[g.leaders.starts[k]+maxLeaders-1]]
			out = append(out, FullHash{g.leaders.hashes[k], g.signatures[last].key()})
		}
	}
	return out
}

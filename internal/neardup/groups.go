package neardup

import (
	"cmp"
	"context"
	"slices"

	"xunwen/internal/news"
)

const (
	// minShared is how many of two sketches' hashes must be equal for a look at
	// the texts. Of a copy that makes up three fifths of a text, 14 are expected, and
	// fewer than 7 come once in a thousand.
	minShared = 7
	// maxCompared bounds the texts that one article is compared with, the likeliest
	// first: bulletins (天气, 收盘) look like hundreds of others.
	maxCompared = 8
	// maxLeaders bounds the groups that one shingle leads to. What more groups hold
	// than that is a phrase of the trade, and the rarer ones decide.
	maxLeaders = 64
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
	g.list()
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
	hashes  []uint32 // shingles that several of them hold, in rising order
	starts  []uint32 // by hash, where its leaders begin; one more at the end
	leaders []uint32 // places in ranked
	used    []uint8  // by hash, how many leaders it has so far

	shared  []uint8  // by place: hashes shared with the article in hand
	touched []uint32 // places where shared is not 0

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
	g.shared = make([]uint8, len(g.ranked))
}

// list makes room for the leaders of each hash that several articles hold.
func (g *grouping) list() {
	all := make([]uint32, 0, len(g.ranked)*sketchSize)
	for _, a := range g.ranked {
		for _, h := range g.signatures[a].least {
			if h != unused {
				all = append(all, h)
			}
		}
	}
	slices.Sort(all)
	several := 0
	eachRun(all, func(uint32, int) { several++ })
	g.hashes = all[:0] // each run takes one place of its own
	g.starts = make([]uint32, 0, several+1)
	g.used = make([]uint8, several)
	room := uint32(0)
	eachRun(all, func(hash uint32, holders int) {
		g.hashes, g.starts = append(g.hashes, hash), append(g.starts, room)
		room += uint32(min(holders, maxLeaders))
	})
	g.starts = append(g.starts, room)
	g.leaders = make([]uint32, room)
}

// eachRun calls visit for each hash that stands more than once in sorted ones,
// which visit may overwrite as far as it was told of them.
func eachRun(sorted []uint32, visit func(hash uint32, times int)) {
	for i := 0; i < len(sorted); {
		n := i + 1
		for n < len(sorted) && sorted[n] == sorted[i] {
			n++
		}
		if n-i > 1 {
			visit(sorted[i], n-i)
		}
		i = n
	}
}

// place puts the article at a place in the order into the group of the leader
// it is most like, or lets it lead one.
func (g *grouping) place(place uint32) error {
	article := g.ranked[place]
	var lists []int // of the article's hashes
	for _, h := range g.signatures[article].least {
		if k, ok := slices.BinarySearch(g.hashes, h); ok && h != unused {
			lists = append(lists, k)
		}
	}
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
	for _, k := range lists {
		if at := g.starts[k] + uint32(g.used[k]); at < g.starts[k+1] {
			g.leaders[at] = place
			g.used[k]++
		}
	}
	return nil
}

// leader returns the leader that an article is most like, itself where it is a
// copy of none.
func (g *grouping) leader(place uint32, lists []int) (uint32, error) {
	candidates := g.candidates(lists)
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

// candidates lists the leaders that share most with the article of lists, at
// most maxCompared.
func (g *grouping) candidates(lists []int) []uint32 {
	rare := 0
	for _, k := range lists {
		if g.used[k] == maxLeaders {
			continue
		}
		rare++
		for _, leader := range g.leaders[g.starts[k]:][:g.used[k]] {
			if g.shared[leader] == 0 {
				g.touched = append(g.touched, leader)
			}
			g.shared[leader]++
		}
	}
	var out []uint32
	for _, c := range g.touched {
		if int(g.shared[c])*len(lists) >= minShared*rare {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(g.shared[b], g.shared[a]), cmp.Compare(a, b))
	})
	for _, c := range g.touched {
		g.shared[c] = 0
	}
	g.touched = g.touched[:0]
	return out[:min(len(out), maxCompared)]
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

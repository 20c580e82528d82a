package neardup

import (
	"math/bits"
	"slices"

	"golang.org/x/sync/errgroup"
)

// articlesByHash is an inverted index of signatures: for each of their hashes, the articles that
// have it. It is made in two passes over the signatures, which distribute the hashes to
// partitions; a partition is sorted when one of its hashes is first looked up, and fits in the
// processor's cache. It takes 192 bytes for each article, and up to 48 more once all partitions are
// sorted.
type articlesByHash struct {
	partitions []hashPartition
	shift      int // of a spread hash, which makes its slot
}

// hashPartition has the hashes of consecutive slots.
type hashPartition struct {
	entries []hashEntry
	starts  []uint32 // by slot, where its entries begin; one more at the end; nil if they are not sorted
}

// hashEntry says that an article has a hash.
type hashEntry struct{ hash, article uint32 }

const (
	// perSlot is how many hashes a slot has on average at most; it has more than half as many.
	perSlot = 4
	// partitionBits is the number of bits of a partition's number. To append to many more
	// partitions in turn takes longer, since each needs the address of a page of its own.
	partitionBits = 9
	// indexers is how many goroutines distribute the hashes, each those of some articles.
	indexers = 2
)

func newArticlesByHash(signatures []Signature) *articlesByHash {
	width := max(bits.Len(uint(len(signatures)*sketchSize/perSlot)), partitionBits)
	x := &articlesByHash{partitions: make([]hashPartition, 1<<partitionBits), shift: 32 - width}
	x.distribute(signatures)
	return x
}

// distribute puts the hashes of signatures into the partitions, ascending by article.
func (x *articlesByHash) distribute(signatures []Signature) {
	var sizes [indexers][1 << partitionBits]uint32
	inParts(signatures, func(part int, e hashEntry) { sizes[part][partitionOf(e.hash)]++ })
	var rooms [indexers][1 << partitionBits][]hashEntry
	for p := range x.partitions {
		all := uint32(0)
		for part := range indexers {
			all += sizes[part][p]
		}
		x.partitions[p].entries = make([]hashEntry, all)
		rest := x.partitions[p].entries
		for part := range indexers {
			rooms[part][p], rest = rest[:0:sizes[part][p]], rest[sizes[part][p]:]
		}
	}
	inParts(signatures, func(part int, e hashEntry) {
		room := &rooms[part][partitionOf(e.hash)]
		*room = append(*room, e)
	})
}

// inParts calls visit for each hash of each signature, in goroutines that have a part of the
// articles each, in their order.
func inParts(signatures []Signature, visit func(part int, e hashEntry)) {
	var g errgroup.Group
	for part := range indexers {
		from, to := part*len(signatures)/indexers, (part+1)*len(signatures)/indexers
		g.Go(func() error {
			for i := from; i < to; i++ {
				if signatures[i].size == 0 {
					continue // it has no part in grouping by shingles
				}
				for _, h := range signatures[i].least {
					if h != unused {
						visit(part, hashEntry{h, uint32(i)})
					}
				}
			}
			return nil
		})
	}
	g.Wait() // nothing fails
}

// spread spreads hashes: those of signatures are the least of many.
func spread(hash uint32) uint32 { return hash * 0x9E3779B1 }

func partitionOf(hash uint32) uint32 { return spread(hash) >> (32 - partitionBits) }

func (x *articlesByHash) slotOf(hash uint32) uint32 { return spread(hash) >> x.shift }

// mayHave returns entries among which are all of a hash, by article.
func (x *articlesByHash) mayHave(hash uint32) []hashEntry {
	p := &x.partitions[partitionOf(hash)]
	if p.starts == nil {
		p.sort(x.shift)
	}
	slot := x.slotOf(hash) & uint32(len(p.starts)-2)
	return p.entries[p.starts[slot]:p.starts[slot+1]]
}

// sort sorts a partition by slot, and keeps the order of the entries of each.
func (p *hashPartition) sort(shift int) {
	slots := uint32(1) << (32 - partitionBits - shift)
	p.starts = make([]uint32, slots+1)
	for _, e := range p.entries {
		p.starts[spread(e.hash)>>shift&(slots-1)+1]++
	}
	for i := range slots {
		p.starts[i+1] += p.starts[i]
	}
	ends, unsorted := slices.Clone(p.starts), slices.Clone(p.entries)
	for _, e := range unsorted {
		end := &ends[spread(e.hash)>>shift&(slots-1)]
		p.entries[*end] = e
		*end++
	}
}

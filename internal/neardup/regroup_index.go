package neardup

import (
	"math/bits"

	"golang.org/x/sync/errgroup"
)

// articlesByHash is an inverted index of signatures. It has the articles by slots, which several
// hashes share: the signatures tell which of them have a hash. With all slots, it takes 120 bytes
// for each article.
type articlesByHash struct {
	starts   []uint32 // by slot, where its articles begin; one more at the end
	articles []uint32 // ascending in each slot
	shift    int
	slots    []uint64 // a bit for each slot that it has, nil for all
}

const (
	// perSlot is how many hashes a slot has on average, or half as many.
	perSlot = 8
	// indexers is how many goroutines index the signatures, each some of the slots.
	indexers = 2
)

// newArticlesByHash indexes the slots of some hashes, or all if hashes is nil: a few take a fifth
// of the time. Those of an earlier index, which may be nil, are indexed too.
func newArticlesByHash(signatures []Signature, hashes []uint32, earlier *articlesByHash) *articlesByHash {
	width := max(bits.Len(uint(len(signatures)*sketchSize/perSlot))+1, 6)
	x := &articlesByHash{starts: make([]uint32, 1<<width+1), shift: 32 - width}
	if hashes != nil {
		x.slots = make([]uint64, 1<<width/64)
		if earlier != nil {
			copy(x.slots, earlier.slots)
		}
	}
	for _, h := range hashes {
		slot := slotOf(h, x.shift)
		x.slots[slot/64] |= 1 << (slot % 64)
	}
	x.inParts(signatures, func(slot, _ uint32) { x.starts[slot]++ })
	sum := uint32(0)
	for slot, n := range x.starts {
		x.starts[slot] = sum
		sum += n
	}
	x.articles = make([]uint32, sum)
	ends := x.starts // once a slot is filled, it ends where the next begins
	x.inParts(signatures, func(slot, article uint32) {
		x.articles[ends[slot]] = article
		ends[slot]++
	})
	copy(x.starts[1:], ends)
	x.starts[0] = 0
	return x
}

// inParts calls visit for each hash of each signature in the slots that x has, in goroutines that
// have a range of slots each.
func (x *articlesByHash) inParts(signatures []Signature, visit func(slot, article uint32)) {
	var g errgroup.Group
	slots := uint64(1) << (32 - x.shift)
	for part := range uint64(indexers) {
		from, to := uint32(part*slots/indexers), uint32((part+1)*slots/indexers)
		g.Go(func() error {
			for i := range signatures {
				if signatures[i].size == 0 {
					continue // it has no part in grouping by shingles
				}
				for _, h := range signatures[i].least {
					slot := slotOf(h, x.shift)
					if from <= slot && slot < to && x.hasSlot(slot) && h != unused {
						visit(slot, uint32(i))
					}
				}
			}
			return nil
		})
	}
	g.Wait() // nothing fails
}

// slotOf spreads hashes over slots: those of signatures are the least of many.
func slotOf(hash uint32, shift int) uint32 { return hash * 0x9E3779B1 >> shift }

func (x *articlesByHash) hasSlot(slot uint32) bool {
	return x.slots == nil || x.slots[slot/64]>>(slot%64)&1 == 1
}

// has reports whether the articles with a hash are indexed.
func (x *articlesByHash) has(hash uint32) bool { return x.hasSlot(slotOf(hash, x.shift)) }

// mayHave returns articles among which are all with a hash, ascending.
func (x *articlesByHash) mayHave(hash uint32) []uint32 {
	slot := slotOf(hash, x.shift)
	return x.articles[x.starts[slot]:x.starts[slot+1]]
}

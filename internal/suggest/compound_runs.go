package suggest

import (
	"math/bits"
	"slices"
)

// minedRuns are runs by their hashes, with their counts: a hash table with linear probing.
// The runs themselves are apart from it, so that counting one that is there reads only one
// place of memory.
type minedRuns struct {
	places []runPlace
	shift  int
	list   []minedRun
}

// runPlace is the place of a run in the table.
type runPlace struct {
	hash  uint64
	run   uint32 // index in the list, plus 1; 0 for a free place
	count uint32
}

// minedRun is a run with the lengths of its first and its last word.
type minedRun struct {
	text        string
	first, last uint8
	count       uint32 // set by all
	joint       uint32 // occurrences with joiners inside
	hash        uint64
}

// find returns the place of a run; its run is 0 if there is none.
func (m *minedRuns) find(hash uint64) *runPlace {
	if len(m.places) == 0 {
		m.grow()
	}
	last := uint64(len(m.places) - 1)
	for i := m.first(hash); ; i = (i + 1) & last {
		if p := &m.places[i]; p.hash == hash || p.run == 0 {
			return p
		}
	}
}

// first returns the first place where a run may be.
func (m *minedRuns) first(hash uint64) uint64 {
	const golden = 0x9E3779B97F4A7C15 // Fibonacci hashing
	return hash * golden >> m.shift
}

// touch reads the first place where a run may be, for the processor to have it.
func (m *minedRuns) touch(hash uint64) uint32 {
	if i := m.first(hash); i < uint64(len(m.places)) {
		return m.places[i].count
	}
	return 0
}

// has reports whether there is a run.
func (m *minedRuns) has(hash uint64) bool { return m.find(hash).run != 0 }

// get returns the run of a place.
func (m *minedRuns) get(p *runPlace) *minedRun { return &m.list[p.run-1] }

// add adds a run that is not there.
func (m *minedRuns) add(r minedRun, count uint32) {
	if 4*(len(m.list)+1) > 3*len(m.places) {
		m.grow()
	}
	m.list = append(m.list, r)
	*m.find(r.hash) = runPlace{r.hash, uint32(len(m.list)), count}
}

// grow makes twice as many places.
func (m *minedRuns) grow() {
	const least = 1 << 10
	before := m.places
	m.places = make([]runPlace, max(least, 2*len(before)))
	m.shift = 64 - bits.TrailingZeros(uint(len(m.places)))
	for _, p := range before {
		if p.run != 0 {
			*m.find(p.hash) = p
		}
	}
}

// all returns the runs with their counts, until the next change.
func (m *minedRuns) all() []minedRun {
	for _, p := range m.places {
		if p.run != 0 {
			m.list[p.run-1].count = p.count
		}
	}
	return m.list
}

// keep drops the runs that do not have more than a number of occurrences.
func (m *minedRuns) keep(more uint32) {
	kept := slices.DeleteFunc(m.all(), func(r minedRun) bool { return r.count <= more })
	m.list = m.list[:0]
	clear(m.places)
	for _, r := range kept {
		m.add(r, r.count)
	}
}

// runHash is FNV-1a. extendHash hashes what follows the text with a hash.
func runHash(run string) uint64 { return extendHash(emptyHash, run) }

const emptyHash = uint64(14695981039346656037)

func extendHash(h uint64, text string) uint64 {
	const prime = 1099511628211
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * prime
	}
	return h
}

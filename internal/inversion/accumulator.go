package inversion

import "math"

// accumulator keeps the postings of a field until they become a run.
type accumulator struct {
	short, long counter          // of the current document
	keyed       []keyedTerm      // of the current document, not in long yet
	last        lastTerm         // that was added
	partitions  partitions       // of short terms, by the high bits of their numbers; empty before the first
	numbers     table            // of long terms
	rest        partitions       // one, of long terms, in the order of documents
	many        map[entry]uint32 // frequencies from manyTimes on
}

// lastTerm is a long term with its number. The values of fields repeat from document to
// document.
type lastTerm struct {
	term   []byte
	number uint32
}

// partitionBits is log2 of the number of partitions: 128 characters each. More of them are more pages of memory
// than the processor keeps the addresses of, fewer are too large to sort in its cache.
const partitionBits = 9

const partitionShift = 2*charBits - partitionBits

// maxKeyed is how many keyed terms wait to be numbered at a time.
const maxKeyed = 256

func newAccumulator() *accumulator {
	return &accumulator{short: newCounter(), long: newCounter(), numbers: newTable(), rest: newPartitions(1)}
}

// add adds to the frequency of a term in the current document.
func (a *accumulator) add(term string, times uint32) {
	if n, ok := shortTerm(term); ok {
		a.short.add(n, times)
		return
	}
	if key, ok := keyOf(term); ok {
		if a.keyed = append(a.keyed, keyedTerm{key: key, times: times}); len(a.keyed) == maxKeyed {
			a.addKeyed()
		}
		return
	}
	if string(a.last.term) != term || term == "" {
		a.last = lastTerm{append(a.last.term[:0], term...), a.numbers.number(term)}
	}
	a.long.add(a.last.number, times)
}

// addKeyed numbers the keyed terms.
func (a *accumulator) addKeyed() {
	a.numbers.numberKeys(a.keyed)
	for _, t := range a.keyed {
		a.long.add(t.number, t.times)
	}
	a.keyed = a.keyed[:0]
}

// endDocument makes postings of the terms of a document.
func (a *accumulator) endDocument(doc uint32, blocks *blockPool) {
	if len(a.short.terms) > 0 {
		if a.partitions.next == nil {
			a.partitions = newPartitions(1 << partitionBits)
		}
		for _, t := range a.short.terms {
			a.partitions.add(t.term>>partitionShift, a.entry(shortKind, t, doc), blocks)
		}
		a.short.reset()
	}
	a.addKeyed()
	if len(a.long.terms) > 0 {
		for _, t := range a.long.terms {
			a.rest.add(0, a.entry(longKind, t, doc), blocks)
		}
		a.long.reset()
	}
}

// kind tells short and long terms with the same number apart.
type kind uint32

const (
	shortKind kind = iota
	longKind
)

// entry returns a posting. A frequency too high for it goes to a map.
func (a *accumulator) entry(k kind, t termCount, doc uint32) entry {
	if t.frequency < manyTimes {
		return newEntry(t.term, doc, t.frequency)
	}
	e := newEntry(t.term, doc, manyTimes)
	if a.many == nil {
		a.many = map[entry]uint32{}
	}
	a.many[e.keyOfMany(k)] = t.frequency
	return e
}

// keyOfMany is the key of an entry with a high frequency in the map of those.
func (e entry) keyOfMany(k kind) entry { return e&^manyTimes | entry(k) }

// frequency returns the frequency of an entry, at most what a posting can have.
func (a *accumulator) frequency(k kind, e entry) uint32 {
	n := e.frequency()
	if n == manyTimes {
		n = min(a.many[e.keyOfMany(k)], math.MaxUint16)
	}
	return n
}

// reset empties the accumulator.
func (a *accumulator) reset(blocks *blockPool) {
	a.partitions.empty(blocks)
	a.rest.empty(blocks)
	a.numbers.reset()
	a.last = lastTerm{}
	a.many = nil
}

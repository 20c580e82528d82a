package inversion

import "math"

// accumulator keeps the postings of a field until they become a run.
type accumulator struct {
	short, long counter          // of the current document
	partitions  []partition      // of short terms, by the high bits of their numbers; nil before the first
	numbers     table            // of long terms
	rest        partition        // of long terms, in the order of documents
	many        map[entry]uint32 // frequencies from manyTimes on
}

// partitionBits is log2 of the number of partitions: 32 characters each.
const partitionBits = 11

const partitionShift = 2*charBits - partitionBits

func newAccumulator() *accumulator {
	return &accumulator{short: newCounter(), long: newCounter(), numbers: newTable()}
}

// add adds to the frequency of a term in the current document.
func (a *accumulator) add(term string, times uint32) {
	if n, ok := shortTerm(term); ok {
		a.short.add(n, times)
		return
	}
	a.long.add(a.numbers.number(term), times)
}

// endDocument makes postings of the terms of a document.
func (a *accumulator) endDocument(doc uint32, blocks *blockPool) {
	if len(a.short.terms) > 0 {
		if a.partitions == nil {
			a.partitions = make([]partition, 1<<partitionBits)
		}
		for _, t := range a.short.terms {
			e := a.entry(shortKind, t, doc)
			a.partitions[t.term>>partitionShift].add(e, blocks)
		}
		a.short.reset()
	}
	if len(a.long.terms) > 0 {
		for _, t := range a.long.terms {
			a.rest.add(a.entry(longKind, t, doc), blocks)
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
	for i := range a.partitions {
		blocks.take(&a.partitions[i])
	}
	blocks.take(&a.rest)
	a.numbers.reset()
	a.many = nil
}

package inversion

import (
	"context"
	"iter"
)

// Worker counts the terms of consecutive documents. It is for one goroutine.
type Worker struct {
	inversion *Inversion
	memory    int64
	fields    []*accumulator
	blocks    blockPool
	buffers   buffers

	documents int // that have ended
	first     int // document of the current run
	runs      []*run
}

// buffers are for sorting.
type buffers struct{ short, free, long []entry }

func newWorker(v *Inversion, memory int64) *Worker {
	w := &Worker{inversion: v, memory: memory}
	for range v.fields {
		w.fields = append(w.fields, newAccumulator())
	}
	return w
}

// Add adds to the frequency of a term in a field of the current document. It does not keep
// the term.
func (w *Worker) Add(field int, term string, times int) { w.fields[field].add(term, uint32(times)) }

// EndDocument ends the document, which is then the last one, and makes a run if the postings
// take too much memory.
func (w *Worker) EndDocument(ctx context.Context) error {
	doc := uint32(w.documents - w.first)
	used := int64(0)
	for _, a := range w.fields {
		a.endDocument(doc, &w.blocks)
		used += a.numbers.memory()
	}
	w.documents++
	if used+w.blocks.used < w.memory && doc < maxRunDocuments-1 {
		return nil
	}
	return w.makeRun(ctx)
}

// End makes a run of what is left.
func (w *Worker) End(ctx context.Context) error {
	if w.documents > w.first {
		if err := w.makeRun(ctx); err != nil {
			return err
		}
	}
	// Other workers may take longer, and merging needs memory, too.
	w.fields, w.blocks, w.buffers = nil, blockPool{}, buffers{}
	return nil
}

// makeRun writes the postings to the file of a new run.
func (w *Worker) makeRun(ctx context.Context) error {
	f, err := w.inversion.createRun()
	if err != nil {
		return err
	}
	r := &run{file: f, firstOfWorker: w.first}
	w.runs = append(w.runs, r) // Close removes it, whatever happens
	out := runWriter{file: f}
	for _, a := range w.fields {
		if err := ctx.Err(); err != nil {
			return err
		}
		start := out.written()
		if err := w.writeField(&out, a); err != nil {
			return err
		}
		r.fields = append(r.fields, section{start, out.written()})
		a.reset(&w.blocks)
	}
	w.first = w.documents
	return out.flush()
}

// writeField writes the lists of a field by term, the short and the long ones.
func (w *Worker) writeField(out *runWriter, a *accumulator) error {
	longs := newLongLists(a, &w.buffers, &w.blocks)
	b := &w.buffers
	var term []byte
	for i, blocks := range a.partitions.blocks {
		if len(blocks) == 0 {
			continue
		}
		b.short = a.partitions.appendTo(b.short[:0], i, &w.blocks)
		b.short, b.free = sortShort(b.short, b.free, partitionShift)
		for list := range sameTerm(b.short) {
			term = appendShort(term[:0], list[0].term())
			if err := longs.writeBefore(term, out); err != nil {
				return err
			}
			if err := out.list(term, list, a, shortKind); err != nil {
				return err
			}
		}
	}
	return longs.writeBefore(nil, out)
}

// sameTerm yields the entries of each term.
func sameTerm(sorted []entry) iter.Seq[[]entry] {
	return func(yield func([]entry) bool) {
		for len(sorted) > 0 {
			n := 1
			for n < len(sorted) && sorted[n].term() == sorted[0].term() {
				n++
			}
			if !yield(sorted[:n]) {
				return
			}
			sorted = sorted[n:]
		}
	}
}

// longLists are the lists of the long terms of a field.
type longLists struct {
	*accumulator
	terms  []numberedTerm // that are not written
	sorted []entry
	ends   []uint32 // by number, in sorted
	start  uint32   // in sorted, of the next list
}

func newLongLists(a *accumulator, b *buffers, pool *blockPool) *longLists {
	l := &longLists{accumulator: a, terms: a.numbers.sorted()}
	b.long, l.ends = a.rest.sortLong(l.terms, b.long, pool)
	l.sorted = b.long
	return l
}

// writeBefore writes the lists of terms that sort before another one, or all if that is nil.
func (l *longLists) writeBefore(term []byte, out *runWriter) error {
	for len(l.terms) > 0 && (term == nil || l.numbers.isBefore(l.terms[0], term)) {
		n := l.terms[0].number
		if err := out.list(l.numbers.term(n), l.sorted[l.start:l.ends[n]], l.accumulator, longKind); err != nil {
			return err
		}
		l.start, l.terms = l.ends[n], l.terms[1:]
	}
	return nil
}

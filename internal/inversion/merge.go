package inversion

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"

	"golang.org/x/sync/errgroup"
)

// batchPostings is about how many postings are merged before a Sink gets them.
const batchPostings = 1 << 15

// batches is how many batches there are: one is filled while the Sink gets another.
const batches = 3

// batch is some lists with their terms.
type batch struct {
	terms       []byte
	docs        []uint32
	frequencies []uint16
	lists       []list
}

// list is where a list of a batch ends.
type list struct{ term, postings int }

func (b *batch) reset() {
	b.terms, b.docs, b.frequencies, b.lists = b.terms[:0], b.docs[:0], b.frequencies[:0], b.lists[:0]
}

// writeTo gives the lists to a sink.
func (b *batch) writeTo(sink Sink) error {
	before := list{}
	for _, l := range b.lists {
		err := sink.Term(b.terms[before.term:l.term],
			b.docs[before.postings:l.postings], b.frequencies[before.postings:l.postings])
		if err != nil {
			return err
		}
		before = l
	}
	return nil
}

// mergeField merges the lists of a field of runs, which are in the order of documents. A
// second goroutine reads and decodes while sink encodes and writes.
func mergeField(ctx context.Context, runs []*run, field int, sink Sink) error {
	g, ctx := errgroup.WithContext(ctx)
	free, full := make(chan *batch, batches), make(chan *batch, batches)
	for range batches {
		free <- new(batch)
	}
	g.Go(func() error {
		defer close(full)
		return fillBatches(ctx, runs, field, free, full)
	})
	g.Go(func() error {
		for b := range full {
			if err := b.writeTo(sink); err != nil {
				return err
			}
			b.reset()
			free <- b // never blocks: there is room for all
		}
		return nil
	})
	return g.Wait()
}

// fillBatches merges the lists of a field of runs into batches.
func fillBatches(ctx context.Context, runs []*run, field int, free <-chan *batch, full chan<- *batch) error {
	var q mergeQueue
	for i, r := range runs {
		if err := q.push(newRunReader(r, i, field)); err != nil {
			return err
		}
	}
	for len(q) > 0 && ctx.Err() == nil {
		var b *batch
		select {
		case <-ctx.Done():
			return ctx.Err()
		case b = <-free:
		}
		for len(q) > 0 && len(b.docs) < batchPostings {
			if err := q.mergeTerm(b); err != nil {
				return err
			}
		}
		full <- b // never blocks, either
	}
	return ctx.Err()
}

// mergeQueue is a heap of readers; the first has the least term.
type mergeQueue []*runReader

// mergeTerm appends the list of the least term to a batch.
func (q *mergeQueue) mergeTerm(b *batch) error {
	start := len(b.terms)
	b.terms = append(b.terms, (*q)[0].term...)
	term := b.terms[start:]
	for len(*q) > 0 && bytes.Equal((*q)[0].term, term) {
		var err error
		if b.docs, b.frequencies, err = (*q)[0].appendPostings(b.docs, b.frequencies); err != nil {
			return err
		}
		if err := q.advance(); err != nil {
			return err
		}
	}
	b.lists = append(b.lists, list{len(b.terms), len(b.docs)})
	return nil
}

// push adds a reader that has read nothing, unless it is empty.
func (q *mergeQueue) push(r *runReader) error {
	err := r.next()
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		return err
	}
	*q = append(*q, r)
	for i := len(*q) - 1; i > 0; {
		parent := (i - 1) / 2
		if (*q)[parent].compare((*q)[i]) <= 0 {
			break
		}
		(*q)[parent], (*q)[i] = (*q)[i], (*q)[parent]
		i = parent
	}
	return nil
}

// advance moves the first reader to its next term.
func (q *mergeQueue) advance() error {
	h := *q
	if err := h[0].next(); err != nil {
		if !errors.Is(err, io.EOF) {
			return err
		}
		last := len(h) - 1
		h[0], h[last] = h[last], nil
		h = slices.Delete(h, last, last+1)
		*q = h
	}
	for i := 0; ; {
		least := i
		for _, child := range []int{2*i + 1, 2*i + 2} {
			if child < len(h) && h[child].compare(h[least]) < 0 {
				least = child
			}
		}
		if least == i {
			return nil
		}
		h[least], h[i] = h[i], h[least]
		i = least
	}
}

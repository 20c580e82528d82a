package inversion

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
)

// Options bound an Inversion.
type Options struct {
	Dir    string // for runs, which Close removes
	Memory int64  // bytes that the postings of all workers may take before they become runs
}

// Inversion collects the postings of documents and yields them by term.
type Inversion struct {
	Options
	fields  []string
	workers []*Worker

	mu   sync.Mutex
	runs int // started
}

// leastMemory is the least budget of a Worker in bytes.
const leastMemory = 1 << 16

// New returns an Inversion into fields for so many workers.
func New(fields []string, workers int, o Options) *Inversion {
	v := &Inversion{Options: o, fields: fields}
	for range workers {
		v.workers = append(v.workers, newWorker(v, max(o.Memory/int64(workers), leastMemory)))
	}
	return v
}

// Workers returns the workers. Each is for one goroutine. The documents of one follow those
// of the one before.
func (v *Inversion) Workers() []*Worker { return v.workers }

// Documents returns the number of documents of workers that have ended.
func (v *Inversion) Documents() int {
	n := 0
	for _, w := range v.workers {
		n += w.documents
	}
	return n
}

// RunBytes returns the size of all runs.
func (v *Inversion) RunBytes() int64 {
	n := int64(0)
	for _, w := range v.workers {
		for _, r := range w.runs {
			n += r.fields[len(r.fields)-1].end
		}
	}
	return n
}

// createRun creates the file of another run.
func (v *Inversion) createRun() (*os.File, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	f, err := os.CreateTemp(v.Dir, fmt.Sprintf("run-%d-*", v.runs))
	v.runs++
	return f, err
}

// Sink takes the posting lists of a generation of terms.
type Sink interface {
	// StartField begins a field.
	StartField(name string) error
	// Term takes the next term of the field in byte order: its documents, ascending, and its
	// frequency in each. It must not keep the slices.
	Term(term []byte, docs []uint32, frequencies []uint16) error
	// EndField ends the field.
	EndField() error
}

// WriteTo merges all runs into sink, field by field in the order of New. All workers have
// ended.
func (v *Inversion) WriteTo(ctx context.Context, sink Sink) error {
	var runs []*run
	first := 0
	for _, w := range v.workers {
		for _, r := range w.runs {
			r.first = uint32(first + r.firstOfWorker)
			runs = append(runs, r)
		}
		first += w.documents
	}
	for i, name := range v.fields {
		if err := sink.StartField(name); err != nil {
			return err
		}
		if err := mergeField(ctx, runs, i, sink); err != nil {
			return fmt.Errorf("posting lists of %s: %w", name, err)
		}
		if err := sink.EndField(); err != nil {
			return err
		}
	}
	return nil
}

// Close removes the runs.
func (v *Inversion) Close() error {
	var errs []error
	for _, w := range v.workers {
		for _, r := range w.runs {
			errs = append(errs, r.remove())
		}
		w.runs = nil
	}
	return errors.Join(errs...)
}

package engine

import (
	"sync"
	"sync/atomic"
	"time"
)

// job is work in parts, which are numbered from 0 and each done once.
type job struct {
	parts int32
	work  func(worker, part int) error
	next  atomic.Int32  // the part that is taken next
	left  atomic.Int32  // parts that are not done
	done  chan struct{} // closed when none is left

	failed   atomic.Bool // what is left need not be done
	mu       sync.Mutex
	err      error // the first
	panicked any
}

func newJob(parts int, work func(worker, part int) error) *job {
	j := &job{parts: int32(parts), work: work, done: make(chan struct{})}
	j.left.Store(j.parts)
	return j
}

// taken reports whether no part is left to be taken.
func (j *job) taken() bool { return j.next.Load() >= j.parts }

// do does parts as a worker until none is left.
func (j *job) do(worker int) {
	for part := j.next.Add(1) - 1; part < j.parts; part = j.next.Add(1) - 1 {
		if !j.failed.Load() {
			j.doPart(worker, int(part))
		}
		if j.left.Add(-1) == 0 {
			close(j.done)
		}
	}
}

func (j *job) doPart(worker, part int) {
	defer func() {
		if p := recover(); p != nil {
			j.fail(nil, p)
		}
	}()
	if err := j.work(worker, part); err != nil {
		j.fail(err, nil)
	}
}

func (j *job) fail(err error, panicked any) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.failed.Store(true)
	if j.err == nil {
		j.err = err
	}
	if j.panicked == nil {
		j.panicked = panicked
	}
}

// finish does what nobody else has begun, and waits for the rest. It panics if a part did, and
// returns the error of one that failed.
func (j *job) finish() error {
	j.do(0)
	j.wait()
	if j.panicked != nil {
		panic(j.panicked)
	}
	return j.err
}

// drop leaves out what nobody has begun, and waits for the rest.
func (j *job) drop() {
	j.failed.Store(true)
	j.do(0)
	j.wait()
}

// wait waits until all parts are done: shortly without giving up the processor, as parts are
// small.
func (j *job) wait() {
	for until := time.Now().Add(linger); j.left.Load() > 0; {
		if time.Now().After(until) {
			<-j.done
			return
		}
	}
}

package engine

import (
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// processors counts the goroutines of an Engine's searches, so that a search takes more than one
// only while others would leave a processor idle.
type processors struct {
	limit int32
	worth time.Duration // worthSharing but in tests
	busy  atomic.Int32
}

// begin counts a goroutine until the returned function is called.
func (p *processors) begin() (end func()) {
	p.busy.Add(1)
	return func() { p.busy.Add(-1) }
}

// take takes an idle processor, if there is one.
func (p *processors) take() bool {
	if p.busy.Add(1) <= p.limit {
		return true
	}
	p.busy.Add(-1)
	return false
}

// team is the goroutine of a search and its helpers: goroutines that take over parts of its work
// while processors are idle. Without one, the search does everything itself. Parts are taken one
// at a time, as in OpenMP's dynamic schedule, so that it doesn't matter when a helper comes. A nil
// *team has no helpers.
type team struct {
	processors *processors
	running    sync.WaitGroup // helpers
	changes    atomic.Int32   // of what helpers wait for

	mu      sync.Mutex
	jobs    []*job // that may have parts left
	helpers [maxTeam]bool
	ended   bool
}

const (
	// maxTeam bounds a team, the search's own goroutine included.
	maxTeam = 4

	// linger is how long a helper waits for more work. Starting another one takes about as
	// long.
	linger = 100 * time.Microsecond

	// worthSharing is how long work has to take, by estimate, so that it pays to share it: a
	// helper needs about half of that to begin.
	worthSharing = 150 * time.Microsecond
)

// newTeam returns the team of a search that begins. It must be ended.
func newTeam(p *processors) *team {
	p.busy.Add(1)
	return &team{processors: p}
}

// end waits for the helpers, which drop what they have not begun.
func (t *team) end() {
	t.mu.Lock()
	t.ended = true
	t.changes.Add(1)
	jobs := t.jobs
	t.mu.Unlock()
	for _, j := range jobs {
		j.drop()
	}
	t.running.Wait()
	t.processors.busy.Add(-1)
}

// recruit returns how many workers the team has, with helpers for idle processors: at most n. A
// number of one is that of the search's own goroutine.
func (t *team) recruit(n int) int {
	if t == nil {
		return 1
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.recruitLocked(n)
}

func (t *team) recruitLocked(n int) int {
	workers := 1
	for id := 1; id < maxTeam && workers < n; id++ {
		if !t.helpers[id] {
			if !t.processors.take() {
				continue
			}
			t.helpers[id] = true
			t.running.Go(func() { t.help(id) })
		}
		workers++
	}
	return workers
}

// share does work in parts. Parts of the same worker, a number below maxTeam, are done one after
// another; the search's own goroutine is worker 0. If one fails, others may be left out.
func (t *team) share(parts int, work func(worker, part int) error) error {
	if t == nil || parts == 1 {
		for part := range parts {
			if err := work(0, part); err != nil {
				return err
			}
		}
		return nil
	}
	return t.start(parts, parts, work).finish()
}

// helps reports whether it pays to share work, by an estimate of how long it takes.
func (t *team) helps(estimate time.Duration) bool { return t != nil && estimate >= t.processors.worth }

// start lets helpers begin work in parts, in a team of at most so many workers. The caller must
// finish it.
func (t *team) start(parts, workers int, work func(worker, part int) error) *job {
	j := newJob(parts, work)
	if t == nil || workers < 2 {
		return j
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.recruitLocked(workers) > 1 {
		t.jobs = append(t.jobs, j)
		t.changes.Add(1)
	}
	return j
}

// help does parts of jobs until there have been none for a while.
func (t *team) help(id int) {
	debug.SetPanicOnFault(true) // a setting of the goroutine: what reads mapped files has it
	for {
		seen := t.changes.Load()
		j, ended := t.open()
		if j != nil {
			j.do(id)
		} else if (ended || !t.changed(seen)) && t.leave(id, seen) {
			return
		}
	}
}

// open returns a job with parts left, nil if there is none, and whether the search has ended.
func (t *team) open() (j *job, ended bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for len(t.jobs) > 0 && t.jobs[0].taken() {
		t.jobs = t.jobs[1:]
	}
	for _, j := range t.jobs {
		if !j.taken() {
			return j, t.ended
		}
	}
	return nil, t.ended
}

// changed reports whether something changes, without waiting for long.
func (t *team) changed(seen int32) bool {
	for until := time.Now().Add(linger); time.Now().Before(until); {
		for range 64 {
			if t.changes.Load() != seen {
				return true
			}
		}
	}
	return false
}

// leave makes a helper leave if nothing has changed, or the search has ended.
func (t *team) leave(id int, seen int32) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.changes.Load() != seen && !t.ended {
		return false
	}
	t.helpers[id] = false
	t.processors.busy.Add(-1)
	return true
}

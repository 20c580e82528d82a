package engine

import (
	"runtime/debug"
	"sync"
)

// task is a function that runs in a goroutine of its own.
type task struct {
	running  sync.WaitGroup
	err      error
	panicked any
}

// beside starts f, or nothing. The caller must wait.
func beside(start bool, f func() error) *task {
	var t task
	if start {
		t.running.Go(func() {
			debug.SetPanicOnFault(true) // a setting of the goroutine: what reads mapped files has it
			defer func() { t.panicked = recover() }()
			t.err = f()
		})
	}
	return &t
}

// wait waits for the function to end and returns its error. It panics if the function did.
func (t *task) wait() error {
	t.running.Wait()
	if t.panicked != nil {
		panic(t.panicked)
	}
	return t.err
}

package examples_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"xunwen/internal/search"
	"xunwen/internal/server/examples"
)

// waitTime bounds everything that a test waits for.
const waitTime = time.Minute

// slowEngine answers no search before it is released.
type slowEngine struct {
	search.Engine
	began, release chan struct{}
	searches       atomic.Int64
}

func newSlowEngine() *slowEngine {
	return &slowEngine{began: make(chan struct{}, 100), release: make(chan struct{})}
}

func (e *slowEngine) Generation() string { return "1" }

func (e *slowEngine) Search(ctx context.Context, _ search.Request) (search.Response, error) {
	e.searches.Add(1)
	e.began <- struct{}{}
	<-e.release
	return search.Response{}, search.ErrBusy
}

// TestGetWaitsNoLongerThanItsContext checks that a page whose reader leaves doesn't wait
// for the examples that another page is finding.
func TestGetWaitsNoLongerThanItsContext(t *testing.T) {
	engine := newSlowEngine()
	cache := examples.NewCache(engine, time.Now)
	first := make(chan bool, 1)
	go func() {
		_, finished := cache.Get(context.Background())
		first <- finished
	}()
	receive(t, engine.began)
	left, leave := context.WithCancel(t.Context())
	second := make(chan bool, 1)
	go func() {
		_, finished := cache.Get(left)
		second <- finished
	}()
	leave()
	if receive(t, second) {
		t.Error("examples are complete before any was found")
	}
	close(engine.release)
	if receive(t, first) {
		t.Error("examples are complete although the engine is busy")
	}
	if n := engine.searches.Load(); n != 1 {
		t.Errorf("%d searches for two pages, want 1", n)
	}
}

// brokenEngine panics.
type brokenEngine struct{ search.Engine }

func (brokenEngine) Generation() string { return "1" }

// TestPanicReachesTheRequest checks that a panic of the engine reaches the goroutine of
// the request, whose middleware recovers it.
func TestPanicReachesTheRequest(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	examples.NewCache(brokenEngine{}, time.Now).Get(t.Context())
}

func receive[T any](t *testing.T, from <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-from:
	case <-time.After(waitTime):
		t.Fatal("nothing is received")
	}
	return v
}

package e2e

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"xunwen/internal/limit"
	"xunwen/internal/search"
	"xunwen/internal/server"
)

// blockedEngine answers searches when it is released.
type blockedEngine struct {
	search.Engine
	started, release chan struct{}
}

func (e blockedEngine) Search(ctx context.Context, _ search.Request) (search.Response, error) {
	e.started <- struct{}{}
	select {
	case <-e.release:
		return search.Response{Generation: "g", Relation: search.Eq}, nil
	case <-ctx.Done():
		return search.Response{}, ctx.Err()
	}
}

func (blockedEngine) Generation() string { return "g" }

// TestRejectsWhatTheQueueCannotHold checks that one request runs, one waits and the
// next is rejected at once, while paths that need no engine are answered.
func TestRejectsWhatTheQueueCannotHold(t *testing.T) {
	engine := blockedEngine{started: make(chan struct{}, 3), release: make(chan struct{})}
	limited := limit.New(engine, 1, 1)
	srv := httptest.NewServer(server.New(limited, server.Options{Log: quiet}))
	defer srv.Close()
	const searched = "/api/v1/search?q=x"
	answers := make(chan int, 2)
	send := func() {
		status, err := probe(t.Context(), srv.URL+searched)
		if err != nil {
			t.Error(err)
		}
		answers <- status
	}
	go send()
	receive(t, engine.started, "no search reaches the engine")
	go send()
	for end := time.Now().Add(waitTime); limited.Use().Waiting == 0; {
		if time.Now().After(end) {
			t.Fatalf("the second search does not wait: %+v", limited.Use())
		}
	}
	if status, err := probe(t.Context(), srv.URL+searched); err != nil || status != http.StatusServiceUnavailable {
		t.Errorf("the third search: %d %v, want 503", status, err)
	}
	for _, path := range []string{"/healthz", "/readyz", "/help"} {
		if status, err := probe(t.Context(), srv.URL+path); err != nil || status != http.StatusOK {
			t.Errorf("%s during the searches: %d %v", path, status, err)
		}
	}
	close(engine.release)
	for range 2 {
		if status := receive(t, answers, "a search is not answered"); status != http.StatusOK {
			t.Errorf("a search that ran: %d", status)
		}
	}
}

// receive returns the next value of a channel; it fails the test if none comes.
func receive[T any](t *testing.T, from <-chan T, otherwise string) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(waitTime):
		t.Fatal(otherwise)
		panic("unreachable")
	}
}

package live

import (
	"bytes"
	"context"
	"log/slog"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

func open(t *testing.T, dir string) *Engine {
	t.Helper()
	e := Open(t.Context(), dir, Options{})
	t.Cleanup(func() { ends(t, "closing", e.Close) })
	return e
}

// ends runs f and fails if it fails or doesn't end.
func ends(t *testing.T, what string, f func() error) {
	t.Helper()
	ended := make(chan error, 1)
	go func() { ended <- f() }()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	case <-time.After(waitTime):
		t.Fatalf("%s does not end", what)
	}
}

// count returns how many articles contain a word.
func count(t *testing.T, e search.Engine, word string) int {
	t.Helper()
	r, err := e.Search(t.Context(), search.Request{Query: &query.Word{Text: word}, Size: 1, Uncollapsed: true})
	if err != nil {
		t.Fatal(err)
	}
	return r.Total
}

// watched is an Engine that runs in a synctest bubble, with its log.
type watched struct {
	*Engine
	log     logBuffer
	opening string // what Open logged
}

// watch opens an Engine and runs it until the test ends.
func watch(t *testing.T, dir string) *watched {
	t.Helper()
	w := &watched{}
	w.Engine = Open(t.Context(), dir, Options{Log: slog.New(slog.NewTextHandler(&w.log, nil))})
	synctest.Wait() // its goroutine logs too
	w.opening = w.log.take()
	run(t, w.Engine)
	return w
}

// run runs an Engine until the test ends, then closes it.
func run(t *testing.T, e *Engine) {
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- e.Run(ctx) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
}

// look waits until the folder was polled after some time, and returns what was
// logged since the last look.
func (w *watched) look(t *testing.T, after time.Duration) string {
	t.Helper()
	time.Sleep(after + defaultPoll)
	synctest.Wait()
	return w.log.take()
}

// waitTime is longer than anything takes that a test waits for.
const waitTime = time.Minute

// waitUntil waits until done, or fails.
func waitUntil(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(waitTime); !done(); runtime.Gosched() {
		if time.Now().After(deadline) {
			t.Fatalf("waited %v until %s", waitTime, what)
		}
	}
}

// logBuffer collects what several goroutines log.
type logBuffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *logBuffer) Write(line []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(line)
}

// take returns what was logged since the last call.
func (b *logBuffer) take() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	defer b.text.Reset()
	return b.text.String()
}

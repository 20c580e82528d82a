package server

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"xunwen/internal/limit"
	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/caller"
)

// manyHits is an engine with an export of some megabytes.
type manyHits struct{ stub }

const exportedHits = 2000

func (*manyHits) Export(ctx context.Context, _ search.ExportRequest, sink search.Sink) error {
	if err := sink.Begin(search.Origin{Generation: "g", Total: exportedHits}); err != nil {
		return err
	}
	title := strings.Repeat("渡口", 500) // 3 KB
	for range exportedHits {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := sink.Write(search.Hit{Article: news.Article{ID: "a", Title: title}}, nil); err != nil {
			return err
		}
	}
	return nil
}

// client is a ResponseWriter whose client takes so many bytes a second; 0 for any number.
type client struct {
	*httptest.ResponseRecorder
	rate  int
	taken int
}

func (c *client) Write(b []byte) (int, error) {
	c.taken += len(b)
	if c.rate > 0 {
		time.Sleep(time.Duration(len(b)) * time.Second / time.Duration(c.rate))
	}
	return len(b), nil
}

// exporting is a server with an engine that computes one answer at a time.
type exporting struct {
	handler  http.Handler
	mu       sync.Mutex
	outcomes map[string]int
	log      strings.Builder
}

func newExporting() *exporting {
	s := &exporting{outcomes: map[string]int{}}
	s.handler = New(limit.New(&manyHits{}, 1, 0), Options{
		Log:   slog.New(slog.NewTextHandler(&s.log, nil)),
		Front: caller.Front{Proxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.1/32")}}, // httptest's clients
		ExportEnds: func(outcome string) {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.outcomes[outcome]++
		},
	})
	return s
}

// export exports for a client at an address and reports whether the whole arrived.
func (s *exporting) export(t *testing.T, address string, rate int) (to *client, whole bool) {
	to = &client{ResponseRecorder: httptest.NewRecorder(), rate: rate}
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/export?q=x", nil)
	r.Header.Set("X-Forwarded-For", address)
	defer func() {
		if v := recover(); v != nil && v != http.ErrAbortHandler {
			panic(v)
		} else if v != nil {
			whole = false
		}
	}()
	s.handler.ServeHTTP(to, r)
	return to, to.Code == http.StatusOK
}

// TestSlowReadersOfExports checks that a client that reads too slowly is cut off soon, that one
// that reads at 64 KB/s is not, and that 8 others export and one searches meanwhile.
func TestSlowReadersOfExports(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newExporting()
		type result struct {
			whole bool
			took  time.Duration
		}
		run := func(address string, rate int) chan result {
			done := make(chan result, 1)
			go func() {
				start := time.Now()
				_, whole := s.export(t, address, rate)
				done <- result{whole, time.Since(start)}
			}()
			synctest.Wait()
			return done
		}
		tooSlow, slow := run("198.51.100.1", 8<<10), run("198.51.100.2", 64<<10)
		for i := range 8 {
			if to, whole := s.export(t, fmt.Sprintf("203.0.113.%d", i), 0); !whole || to.taken < 4<<20 {
				t.Errorf("export %d beside slow ones: %d, %d bytes", i, to.Code, to.taken)
			}
		}
		if w := s.search(t); w.Code != http.StatusOK {
			t.Errorf("a search beside slow exports: %d", w.Code)
		}
		if to, _ := s.export(t, "198.51.100.1", 0); to.Code != http.StatusTooManyRequests ||
			to.Header().Get("Retry-After") == "" {
			t.Errorf("a second export of a client: %d %q", to.Code, to.Header())
		}
		if r := <-tooSlow; r.whole || r.took > time.Minute {
			t.Errorf("a client of 8 KB/s: whole %t after %s", r.whole, r.took)
		}
		if r := <-slow; !r.whole || r.took < time.Minute {
			t.Errorf("a client of 64 KB/s: whole %t after %s", r.whole, r.took)
		}
		if _, whole := s.export(t, "198.51.100.1", 0); !whole {
			t.Error("after its export has ended, a client gets no other")
		}
		want := map[string]int{"complete": 10, "refused_client": 1, "slow_client": 1}
		if fmt.Sprint(s.outcomes) != fmt.Sprint(want) {
			t.Errorf("outcomes %v, want %v", s.outcomes, want)
		}
		if !strings.Contains(s.log.String(), "reads too slowly") {
			t.Errorf("the log doesn't say why: %s", s.log.String())
		}
	})
}

func (s *exporting) search(t *testing.T) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/api/v1/search?q=x", nil))
	return w
}

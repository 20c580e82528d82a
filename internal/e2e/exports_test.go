package e2e

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"xunwen/internal/build"
	"xunwen/internal/news"
)

// exportedArticles make an export of more than the buffers of a connection hold, so that a client
// that reads slowly keeps it open.
const exportedArticles = 12_000

// slowRate is how much slow clients read in a second, in bytes: twice as much as they must.
const slowRate = 64 << 10

// buildForExports publishes an index of many short articles.
func buildForExports(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "news")
	_, err := build.Index(t.Context(), build.Options{Out: dir, Log: quiet},
		func(yield func(*news.Article, error) bool) {
			for i := range exportedArticles {
				a := &news.Article{
					ID: fmt.Sprintf("a-%d", i), Title: fmt.Sprintf("第%d次通行", i), Publication: "临江日报",
					URL:        "https://example.org/" + strings.Repeat("x", 500), // is not indexed, but exported
					Paragraphs: []news.Paragraph{{Text: fmt.Sprintf("青禾大桥第%d次通行。", i)}},
				}
				if !yield(a, a.Normalize()) {
					return
				}
			}
		})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// exporter begins exports whose clients read slowly.
type exporter struct {
	t       *testing.T
	base    string
	client  http.Client
	reading sync.WaitGroup
}

func newExporter(t *testing.T, base string) *exporter {
	small := net.Dialer{Control: func(_, _ string, c syscall.RawConn) error {
		return c.Control(func(fd uintptr) {
			syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 16<<10)
		})
	}}
	transport := &http.Transport{DialContext: small.DialContext, DisableCompression: true}
	e := &exporter{t: t, base: base, client: http.Client{Transport: transport}}
	t.Cleanup(func() {
		e.reading.Wait() // the clients were disconnected before
		transport.CloseIdleConnections()
	})
	return e
}

// begin begins an export from an address, behind a proxy, with a key unless it is "". It returns
// the status, and a function that disconnects the client.
func (e *exporter) begin(address, key string) (status int, disconnect func()) {
	e.t.Helper()
	ctx, disconnect := context.WithCancel(e.t.Context())
	e.t.Cleanup(disconnect)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet,
		e.base+encode("/api/v1/export?format=jsonl&context=200&q=青禾大桥"), nil)
	if err != nil {
		e.t.Fatal(err)
	}
	r.Header.Set("X-Forwarded-For", address)
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	resp, err := e.client.Do(r)
	if err != nil {
		e.t.Fatal(err)
	}
	if resp.StatusCode != http.StatusOK {
		if resp.Header.Get("Retry-After") == "" {
			e.t.Errorf("%d without Retry-After", resp.StatusCode)
		}
		resp.Body.Close()
		return resp.StatusCode, disconnect
	}
	if _, err := io.ReadFull(resp.Body, make([]byte, 100)); err != nil {
		e.t.Errorf("the beginning of an export: %v", err)
	}
	e.reading.Go(func() {
		defer resp.Body.Close()
		for err := error(nil); err == nil; {
			_, err = io.ReadFull(resp.Body, make([]byte, slowRate))
			select {
			case <-time.After(time.Second):
			case <-ctx.Done():
				return
			}
		}
	})
	return resp.StatusCode, disconnect
}

// TestExportsAtOnce checks how many exports there can be at once whose clients read slowly: one of
// an address, four of a key, and 17 in all on two processors. Searches are answered meanwhile.
func TestExportsAtOnce(t *testing.T) {
	dir := buildForExports(t)
	proxy := []string{"--trusted-proxies", "127.0.0.0/8", "--hosts", "*", "--concurrency", "2"}
	want := func(t *testing.T, what string, got, want int) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %d, want %d", what, got, want)
		}
	}
	t.Run("of keys", func(t *testing.T) {
		key, line := makeKey(t, "desk")
		other, otherLine := makeKey(t, "other")
		file := filepath.Join(t.TempDir(), "keys")
		putFile(t, file, line+otherLine)
		e := newExporter(t, start(t, dir, append(proxy, "--api-keys", file)...))
		status, disconnect := e.begin("192.0.2.1", key)
		want(t, "an export", status, http.StatusOK)
		status, _ = e.begin("192.0.2.1", key)
		want(t, "another one of the key at the address", status, http.StatusTooManyRequests)
		for _, address := range []string{"192.0.2.2", "192.0.2.3", "2001:db8::1"} {
			status, _ = e.begin(address, key)
			want(t, "of the key at "+address, status, http.StatusOK)
		}
		status, _ = e.begin("192.0.2.5", key)
		want(t, "a fifth one of the key", status, http.StatusTooManyRequests)
		status, _ = e.begin("192.0.2.1", other)
		want(t, "of another key", status, http.StatusOK)
		disconnect()
		for end := time.Now().Add(waitTime); ; { // until searchd has seen it
			if status, _ = e.begin("192.0.2.5", key); status == http.StatusOK || time.Now().After(end) {
				break
			}
		}
		want(t, "after one was disconnected", status, http.StatusOK)
	})
	t.Run("of addresses", func(t *testing.T) {
		e := newExporter(t, start(t, dir, proxy...))
		const most = 17 // one whose hits are found, 16 that wait or send hits
		for i := range most + 3 {
			status, expected := 0, http.StatusOK
			if i >= most {
				expected = http.StatusServiceUnavailable
			}
			status, _ = e.begin(fmt.Sprintf("192.0.2.%d", i+1), "")
			want(t, fmt.Sprintf("export %d", i+1), status, expected)
		}
		for range 10 {
			if status, _, err := answer(t.Context(), e.base+encode("/api/v1/search?q=青禾大桥&size=1")); err != nil ||
				status != http.StatusOK {
				t.Errorf("a search meanwhile: %d, %v", status, err)
			}
		}
	})
}

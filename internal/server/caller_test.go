package server

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"xunwen/internal/search"
	"xunwen/internal/server/caller"
)

// TestClientAddress checks that forwarding headers count only if a trusted proxy sent
// them, and that entries written by the client itself never count.
func TestClientAddress(t *testing.T) {
	proxies := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}
	for _, tc := range []struct {
		name    string
		proxies []netip.Prefix
		remote  string
		headers http.Header
		from    string
		scheme  string
	}{
		{"nothing sent", nil, "192.0.2.1:99", nil, "192.0.2.1", "http"},
		{"no proxy is trusted", nil, "192.0.2.1:99",
			http.Header{"X-Forwarded-For": {"198.51.100.7"}, "X-Forwarded-Proto": {"https"}}, "192.0.2.1", "http"},
		{"another than the trusted", proxies, "192.0.2.1:99",
			http.Header{"X-Forwarded-For": {"198.51.100.7"}, "X-Forwarded-Proto": {"https"}}, "192.0.2.1", "http"},
		{"by a proxy", proxies, "10.1.2.3:99",
			http.Header{"X-Forwarded-For": {"198.51.100.7"}, "X-Forwarded-Proto": {"https"}}, "198.51.100.7", "https"},
		{"by two proxies", proxies, "[::1]:99", http.Header{"X-Forwarded-For": {"198.51.100.7, 10.9.9.9"}},
			"198.51.100.7", "http"},
		{"the client writes one itself", proxies, "10.1.2.3:99",
			http.Header{"X-Forwarded-For": {"1.1.1.1, 198.51.100.7"}}, "198.51.100.7", "http"},
		{"and in a line of its own", proxies, "10.1.2.3:99",
			http.Header{"X-Forwarded-For": {"1.1.1.1", "198.51.100.7"}}, "198.51.100.7", "http"},
		{"no address at all", proxies, "10.1.2.3:99", http.Header{"X-Forwarded-For": {"me, myself"}}, "10.1.2.3",
			"http"},
		{"other headers", proxies, "10.1.2.3:99",
			http.Header{"X-Real-Ip": {"1.1.1.1"}, "Forwarded": {"for=1.1.1.1"},
				"Cf-Connecting-Ip": {"1.1.1.1"}}, "10.1.2.3", "http"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var log bytes.Buffer
			h := New(&stub{response: search.Response{Generation: "g"}},
				Options{Front: caller.Front{Proxies: tc.proxies}, Log: slog.New(slog.NewTextHandler(&log, nil))})
			r := httptest.NewRequest(http.MethodGet, "/opensearch.xml", nil)
			r.RemoteAddr, r.Header = tc.remote, tc.headers
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if !strings.Contains(log.String(), " from="+tc.from+" ") {
				t.Errorf("want from=%s: %s", tc.from, log.String())
			}
			if !strings.Contains(w.Body.String(), `template="`+tc.scheme+`://example.com/`) {
				t.Errorf("want %s: %s", tc.scheme, w.Body)
			}
		})
	}
}

func TestRequestIDs(t *testing.T) {
	seen := map[string]bool{}
	for _, tc := range []struct {
		sent string
		kept bool
	}{
		{"", false},
		{"018f4f9e-2a00-7c3e-9a3b-6f2f7ad51c11", true},
		{"4bf92f3577b34da6a3ce929d0e0e4736:00f067aa0ba902b7", true},
		{strings.Repeat("a", 64), true},
		{strings.Repeat("a", 65), false},
		{"two words", false},
		{"x status=200", false},
		{"line\nbreak", false},
		{"北京", false},
		{"-", false},
	} {
		var log bytes.Buffer
		h := New(&stub{err: http.ErrBodyNotAllowed}, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
		r := httptest.NewRequest(http.MethodGet, "/api/v1/search?q=x", nil)
		r.Header.Set("X-Request-Id", tc.sent)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		got := w.Header().Get("X-Request-Id")
		if tc.kept != (got == tc.sent) || len(got) < 16 || seen[got] {
			t.Errorf("%q is answered with %q", tc.sent, got)
		}
		seen[got] = true
		if n := strings.Count(log.String(), "request_id="+got); n != 2 { // of the error and of the request
			t.Errorf("%q is in the log %d times: %s", got, n, log.String())
		}
	}
}

package client

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// TestInsistEndsWhereNothingHelps checks that a request is sent once where sending it again can't help.
func TestInsistEndsWhereNothingHelps(t *testing.T) {
	answering := func(status int, body string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			fmt.Fprint(w, body)
		})
	}
	plain, encrypted := httptest.NewServer(answering(200, "{}")), httptest.NewTLSServer(answering(200, "{}"))
	defer plain.Close()
	defer encrypted.Close()
	for _, c := range []struct {
		name, address string
		handler       http.Handler
		want          string
	}{
		{name: "unknown authority", address: encrypted.URL, want: "--ca-cert"},
		{name: "not encrypted", address: strings.Replace(plain.URL, "http:", "https:", 1), want: "use http://"},
		{name: "encrypted", address: strings.Replace(encrypted.URL, "https:", "http:", 1), want: "use https://"},
		{name: "no password", handler: answering(401, "Unauthorized"), want: "without a user name"},
		{name: "no right", handler: answering(403, `{"error":{"type":"denied"}}`), want: "denied"},
		{name: "another service", handler: answering(200, "<html>sign in</html>"), want: errUnreadable.Error()},
	} {
		t.Run(c.name, func(t *testing.T) {
			var requests atomic.Int64
			if c.handler != nil {
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					requests.Add(1)
					c.handler.ServeHTTP(w, r)
				}))
				defer server.Close()
				c.address = server.URL
			}
			client, err := Connect(Connection{Addresses: []string{c.address}})
			if err != nil {
				t.Fatal(err)
			}
			defer client.Close()
			before := requests.Load()
			var answer map[string]any
			err = client.Insist(t.Context(), http.MethodGet, "/news", nil, &answer)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q in it", err, c.want)
			}
			if n := requests.Load() - before; n > 2 { // one may be the client library's own
				t.Errorf("sent %d times", n)
			}
		})
	}
}

// TestInsistWarns checks that requests that are sent again are logged, with the address, and what gives up says so.
func TestInsistWarns(t *testing.T) {
	var failing atomic.Bool
	failing.Store(true)
	var requests atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if requests.Add(1) > 3 && !failing.Load() {
			fmt.Fprint(w, "{}")
			return
		}
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	defer server.Close()
	var log bytes.Buffer
	client, err := Connect(Connection{
		Addresses: []string{server.URL}, Log: slog.New(slog.NewTextHandler(&log, nil)),
	})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	err = client.InsistFor(t.Context(), 300*time.Millisecond, http.MethodGet, "/news", nil, nil)
	if err == nil || !strings.Contains(err.Error(), "tried for 300ms") {
		t.Errorf("%v, want for how long it was tried", err)
	}
	failing.Store(false)
	if err := client.Insist(t.Context(), http.MethodGet, "/news", nil, nil); err != nil {
		t.Error(err)
	}
	lines := strings.Split(strings.TrimSpace(log.String()), "\n")
	if len(lines) != 1 || !strings.Contains(lines[0], server.URL) || !strings.Contains(lines[0], "gives_up=") {
		t.Errorf("logged %q, want one warning with the address %s", lines, server.URL)
	}
}

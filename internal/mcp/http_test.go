package mcp

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"xunwen/internal/search"
)

// waiting is an engine that answers when its request ends.
type waiting struct {
	search.Engine
	ended chan error
}

func (w waiting) Search(ctx context.Context, _ search.Request) (search.Response, error) {
	<-ctx.Done()
	w.ended <- ctx.Err()
	return search.Response{}, ctx.Err()
}

// TestRequestBoundsItsTool checks that a tool ends with the deadline of its request, and that
// its client learns why.
func TestRequestBoundsItsTool(t *testing.T) {
	e := waiting{archive(t), make(chan error, 1)}
	tools := New(e, Options{}).Handler(func(*http.Request) string { return "" })
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
		defer cancel()
		tools.ServeHTTP(w, r.WithContext(ctx))
	}))
	defer srv.Close()
	cs := session(t, &sdk.StreamableClientTransport{Endpoint: srv.URL})
	got := callTool(t, cs, "search", args{"query": "大桥"})
	if text := got.Content[0].(*sdk.TextContent).Text; !got.IsError || !strings.Contains(text, "too long") {
		t.Errorf("it says %s", text)
	}
	<-e.ended
}

// TestListenersAreRefused checks that a client can't keep a request open.
func TestListenersAreRefused(t *testing.T) {
	tools := New(archive(t), Options{}).Handler(func(*http.Request) string { return "" })
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, Path, strings.NewReader(
		`{"jsonrpc":"2.0","id":1,"method":"subscriptions/listen","params":{"notifications":{"toolsListChanged":true},`+
			`"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",`+
			`"io.modelcontextprotocol/clientCapabilities":{}}}}`))
	for name, value := range map[string]string{
		"Content-Type":         "application/json",
		"Accept":               "application/json, text/event-stream",
		"Mcp-Protocol-Version": "2026-07-28",
		"Mcp-Method":           "subscriptions/listen",
	} {
		r.Header.Set(name, value)
	}
	w := httptest.NewRecorder()
	tools.ServeHTTP(w, r) // ends at once
	if !strings.Contains(w.Body.String(), "method not found") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestHostileMessages(t *testing.T) {
	tools := New(archive(t), Options{}).Handler(func(*http.Request) string { return "" })
	for name, tc := range map[string]struct {
		body   string
		status int
	}{
		"a batch":        {`[{"jsonrpc":"2.0","id":1,"method":"ping"}]`, http.StatusBadRequest},
		"no message":     {``, http.StatusBadRequest},
		"no JSON":        {`hello`, http.StatusBadRequest},
		"a long one":     {strings.Repeat(" ", maxLine+1), http.StatusRequestEntityTooLarge},
		"a deep one":     {strings.Repeat(`{"a":`, 10_000), http.StatusBadRequest},
		"no such method": {`{"jsonrpc":"2.0","id":1,"method":"drop"}`, http.StatusBadRequest},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, Path, strings.NewReader(tc.body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/json, text/event-stream")
		w := httptest.NewRecorder()
		tools.ServeHTTP(w, r)
		if w.Code != tc.status {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}

package server

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"xunwen/internal/access"
	"xunwen/internal/mcp"
	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/caller"
)

// bearer sends a key with each request.
type bearer string

func (key bearer) RoundTrip(r *http.Request) (*http.Response, error) {
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+string(key))
	}
	return http.DefaultTransport.RoundTrip(r)
}

// agent connects a client to a server.
func agent(t *testing.T, address, key string) (*sdk.ClientSession, error) {
	t.Helper()
	client := sdk.NewClient(&sdk.Implementation{Name: "test"}, nil)
	cs, err := client.Connect(t.Context(), &sdk.StreamableClientTransport{
		Endpoint:   address + mcp.Path,
		HTTPClient: &http.Client{Transport: bearer(key)},
		MaxRetries: -1,
	}, nil)
	if err == nil {
		t.Cleanup(func() { cs.Close() })
	}
	return cs, err
}

func serveStub(t *testing.T, opts Options) string {
	t.Helper()
	engine := &stub{response: search.Response{Generation: "g", Total: 1, Relation: search.Eq,
		Hits: []search.Hit{{Article: news.Article{ID: "a/1", Title: "大桥"}}}}}
	srv := httptest.NewServer(New(engine, opts))
	t.Cleanup(srv.Close)
	return srv.URL
}

func TestAgents(t *testing.T) {
	address := serveStub(t, Options{})
	cs, err := agent(t, address, "")
	if err != nil {
		t.Fatal(err)
	}
	got, err := cs.CallTool(t.Context(), &sdk.CallToolParams{Name: "search", Arguments: map[string]any{"query": "大桥"}})
	if err != nil || got.IsError {
		t.Fatalf("%v %+v", err, got)
	}
	if text := got.Content[0].(*sdk.TextContent).Text; !strings.Contains(text, address+"/articles/a%2F1") {
		t.Errorf("no link to this server: %s", text)
	}
	public, err := url.Parse("https://news.example.org")
	if err != nil {
		t.Fatal(err)
	}
	cs, err = agent(t, serveStub(t, Options{Front: caller.Front{Public: public}}), "")
	if err != nil {
		t.Fatal(err)
	}
	got, err = cs.CallTool(t.Context(), &sdk.CallToolParams{Name: "search", Arguments: map[string]any{"query": "大桥"}})
	if err != nil {
		t.Fatal(err)
	}
	const link = "https://news.example.org/articles/a%2F1"
	if text := got.Content[0].(*sdk.TextContent).Text; !strings.Contains(text, link) {
		t.Errorf("no link to the public address: %s", text)
	}
}

func TestAgentsNeedAKey(t *testing.T) {
	secret, line, err := access.NewKey("agent")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(file, []byte(line+" rate=0.001 burst=4\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	keys, err := access.OpenKeys(file, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	address := serveStub(t, Options{Keys: keys})
	for _, wrong := range []string{"", "xunwen_wrong"} {
		if _, err := agent(t, address, wrong); err == nil || !strings.Contains(err.Error(), "Unauthorized") {
			t.Errorf("with the key %q: %v", wrong, err)
		}
	}
	cs, err := agent(t, address, secret)
	if err != nil {
		t.Fatal(err)
	}
	// The limit of the key holds for each message.
	for range 4 {
		if _, err = cs.ListTools(t.Context(), nil); err != nil {
			break
		}
	}
	if err == nil || !strings.Contains(err.Error(), "Too Many Requests") {
		t.Errorf("beyond the limit of the key: %v", err)
	}
	resp, err := http.Get(address + "/llms.txt")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		t.Errorf("/llms.txt without a key: %d", resp.StatusCode)
	}
}

func TestAgentsOfOtherSites(t *testing.T) {
	const body = `{"jsonrpc":"2.0","id":1,"method":"ping"}`
	for _, tc := range []struct {
		origins      []string
		header, sent string
		status       int
	}{
		{nil, "X-Other", "", http.StatusOK},
		{nil, "Origin", "http://example.com", http.StatusOK}, // its own
		{nil, "Origin", "https://evil.example", http.StatusForbidden},
		{nil, "Sec-Fetch-Site", "cross-site", http.StatusForbidden},
		{[]string{"https://app.example"}, "Origin", "https://app.example", http.StatusOK},
		{[]string{"https://app.example"}, "Origin", "https://evil.example", http.StatusForbidden},
		{[]string{"*"}, "Origin", "https://any.example", http.StatusOK},
	} {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://example.com"+mcp.Path,
			strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Accept", "application/json, text/event-stream")
		r.Header.Set(tc.header, tc.sent)
		w := httptest.NewRecorder()
		New(&stub{}, Options{Origins: tc.origins}).ServeHTTP(w, r)
		name := fmt.Sprintf("%v allowed, %s %s", tc.origins, tc.header, tc.sent)
		if w.Code != tc.status {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
		if w.Code == http.StatusForbidden && w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %s", name, w.Body)
		}
	}
	w := httptest.NewRecorder()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodOptions, mcp.Path, nil)
	r.Header.Set("Origin", "https://app.example")
	r.Header.Set("Access-Control-Request-Method", http.MethodPost)
	r.Header.Set("Access-Control-Request-Headers", "authorization,content-type,mcp-protocol-version")
	New(&stub{}, Options{Origins: []string{"https://app.example"}}).ServeHTTP(w, r)
	if w.Header().Get("Access-Control-Allow-Origin") != "https://app.example" {
		t.Errorf("the preflight: %d %v", w.Code, w.Header())
	}
}

func TestAgentsPathTakesPostOnly(t *testing.T) {
	w := get(t, &stub{}, mcp.Path)
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != http.MethodPost {
		t.Errorf("GET: %d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
}

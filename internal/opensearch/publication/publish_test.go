package publication

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"xunwen/internal/generation"
	"xunwen/internal/index"
	"xunwen/internal/opensearch/client"
)

// TestPublishDeletesNothingUnread checks that publishing again deletes nothing if the cluster doesn't say
// whether the index is complete.
func TestPublishDeletesNothingUnread(t *testing.T) {
	node := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			t.Errorf("%s %s", r.Method, r.URL)
		}
		w.WriteHeader(http.StatusServiceUnavailable)
	}))
	defer node.Close()
	c, err := client.Connect(client.Connection{Addresses: []string{node.URL}})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	g := &index.Generation{Files: &index.Files{Manifest: &generation.Manifest{Generation: "20260312T081500"}}}
	if err := Publish(t.Context(), c, g, Publishing{Name: "news"}); err == nil {
		t.Error("no error")
	}
}

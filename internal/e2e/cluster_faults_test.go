package e2e

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/opensearch/opensearchtest"
)

// TestClusterFails loses the cluster and gets it back, deletes an index while a reader pages through it, and
// asks what the cluster can't answer.
func TestClusterFails(t *testing.T) {
	node := clusterNode(t)
	proxy := opensearchtest.NewProxy(t, node)
	proxy.Start()
	dir := t.TempDir()
	var records strings.Builder
	for i := range 30 {
		fmt.Fprintf(&records, `{"id":"%d","title":"第%d号渡口开放","text":"市民%d人今天走过青禾大桥。"}`+"\n", i, i, i)
	}
	putFile(t, filepath.Join(dir, "a.jsonl"), records.String())
	name := fmt.Sprintf("fails-%d", os.Getpid())
	cluster := []string{"--engine", "opensearch", "--url", proxy.URL, "--name", name}
	build := func() {
		t.Helper()
		r := runIndexer(t, dir, append([]string{"build", "--out", "news", "--keep", "1", "a.jsonl"}, cluster...)...)
		if r.code != 0 {
			t.Fatalf("%d: %s%s", r.code, r.out, r.err)
		}
	}
	build()
	proxy.Set(fewClauses)
	served := launch(t, filepath.Join(dir, "none"), io.Discard, cluster...)
	c := newCaller(t, served.base)
	find := "/api/v1/search?size=5&q=" + "青禾大桥"
	expect(t, c, find, http.StatusOK, `"total":30`)
	long := "渡口 市民 今天 走过 大桥 青禾 开放 轮渡 渡船 江面 水位 航线"
	expect(t, c, "/api/v1/search?q="+long, http.StatusNotImplemented, "/problems/not-implemented")
	expect(t, c, "/search?q="+long, http.StatusNotImplemented, "请用日期或更多的词缩小范围")

	lose(proxy)
	for _, path := range []string{find, "/api/v1/articles/7", "/search?q=大桥", "/articles/7"} {
		expect(t, c, path, http.StatusServiceUnavailable, "")
		if resp, _ := c.get(path); resp.Header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", path)
		}
	}
	expect(t, c, find, http.StatusServiceUnavailable, "/problems/unavailable")
	expect(t, c, "/healthz", http.StatusOK, "")
	expect(t, c, "/readyz", http.StatusServiceUnavailable, "/problems/unavailable")
	proxy.Set(nil)
	expect(t, c, find, http.StatusOK, `"total":30`)

	_, first := c.get(find)
	_, cursor, ok := strings.Cut(first, `"cursor":"`)
	if cursor, _, _ = strings.Cut(cursor, `"`); !ok {
		t.Fatalf("no cursor: %s", first)
	}
	deleteIndexes(t, node, name)
	expect(t, c, find+"&cursor="+cursor, http.StatusGone, "/problems/cursor-expired")
	expect(t, c, find, http.StatusServiceUnavailable, "/problems/unavailable")
	build()
	until(t, served.base+encode(find), func(status int, members map[string]any) bool { return status == http.StatusOK })
}

// fewClauses answers like a node that allows queries of few terms.
func fewClauses(w http.ResponseWriter, r *http.Request, ask func() opensearchtest.Answer) {
	if r.URL.Path != "/_cluster/settings" {
		ask().Write(w)
		return
	}
	const body = `{"defaults":{"indices":{"query":{"bool":{"max_clause_count":"16"}}}}}`
	opensearchtest.Answer{Status: http.StatusOK, ContentType: "application/json", Body: []byte(body)}.Write(w)
}

// lose makes a node as one that is lost.
func lose(p *opensearchtest.Proxy) {
	p.Set(func(http.ResponseWriter, *http.Request, func() opensearchtest.Answer) { panic(http.ErrAbortHandler) })
}

// deleteIndexes deletes what a cluster has under a name.
func deleteIndexes(t *testing.T, node, name string) {
	t.Helper()
	resp, err := http.Get(node + "/_alias/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	content, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	index, _, _ := strings.Cut(strings.TrimPrefix(string(content), `{"`), `"`)
	for _, i := range []string{index + "-files", index} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodDelete, node+"/"+i, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Fatalf("deleting %s: %v %v", i, resp, err)
		}
		resp.Body.Close()
	}
}

func expect(t *testing.T, c caller, path string, status int, part string) {
	t.Helper()
	resp, body := c.get(path)
	if resp.StatusCode != status || !strings.Contains(body, part) {
		t.Errorf("%s: %d %.400s, want %d with %s", path, resp.StatusCode, body, status, part)
	}
}

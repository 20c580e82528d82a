package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCluster builds an index into a cluster, serves it, and changes it with every command that does. Each
// change is served without a failed request.
func TestCluster(t *testing.T) {
	address := clusterNode(t)
	dir := t.TempDir()
	write := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("a.jsonl", recordA)
	write("b.jsonl", recordB)
	name := fmt.Sprintf("e2e-%d", os.Getpid())
	cluster := []string{"--engine", "opensearch", "--url", address, "--name", name}
	run := func(args ...string) string {
		t.Helper()
		r := runIndexer(t, dir, append(args, cluster...)...)
		if r.code != 0 {
			t.Fatalf("indexer %v: %d: %s%s", args, r.code, r.out, r.err)
		}
		return r.out
	}
	run("build", "--out", "news", "a.jsonl")
	served := launch(t, filepath.Join(dir, "none"), io.Discard, cluster...)
	found := func(q string, want int) {
		t.Helper()
		until(t, served.base+"/api/v1/search?q="+url.QueryEscape(q), func(status int, members map[string]any) bool {
			if status != http.StatusOK {
				t.Fatalf("%s: %d %v", q, status, members)
			}
			return members["total"] == float64(want)
		})
	}
	found("北约东扩", 1)
	found("布鲁塞尔", 0)
	run("build", "--append", "--out", "news", "b.jsonl")
	found("布鲁塞尔", 1)
	found(`"北约东扩"`, 1)
	run("remove", "--index", "news", "a")
	found("北约东扩", 0)
	run("rollback", "--index", "news")
	found("北约东扩", 1)
	list := run("list")
	if n := strings.Count(list, name+"-"); n != 2 || !strings.Contains(list, "*") { // --keep is 2
		t.Errorf("%d generations:\n%s", n, list)
	}
	run("prune", "--index", "news", "--keep", "1")
	if list = run("list"); strings.Count(list, name+"-") != 1 {
		t.Errorf("after prune:\n%s", list)
	}
	found("布鲁塞尔", 1)
	for _, page := range []string{"/", "/search?q=" + url.QueryEscape("欧盟"), "/articles/b"} {
		resp, err := http.Get(served.base + page)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			t.Errorf("%s: %s", page, resp.Status)
		}
	}
}

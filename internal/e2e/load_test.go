package e2e

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The size of TestLoad. XUNWEN_LOAD is the number of requests after which memory
// must not have grown, such as 1000000; make e2e sets it. XUNWEN_LOAD_INDEX names an
// index to use instead of the samples, and XUNWEN_LOAD_QUERIES a file with one query
// per line for it. Without XUNWEN_LOAD the load is small.
const (
	loadVariable    = "XUNWEN_LOAD"
	indexVariable   = "XUNWEN_LOAD_INDEX"
	queriesVariable = "XUNWEN_LOAD_QUERIES"

	smallLoad        = 3000 // requests
	smallConnections = 50

	manyConnections = 1000
	longCrowd       = 30 * time.Second
	steadyAskers    = 64               // fewer than the queue holds: all are answered
	longestLoad     = 15 * time.Minute // even if requests remain
)

// heapRoom is how far the heap may grow, in MB: posting lists can enter the cache
// late. Leaking memory with each request would need far more.
const heapRoom = 32

// TestLoad sends requests to a searchd in another process: first from many more
// clients than it serves at once, some of which it must reject with Retry-After, then
// for a long time. Neither may leak goroutines or memory.
func TestLoad(t *testing.T) {
	requests, err := strconv.ParseInt(os.Getenv(loadVariable), 10, 64)
	full := err == nil
	crowd := load{connections: smallConnections, requests: smallLoad}
	steady := load{connections: steadyAskers, requests: smallLoad}
	if full {
		crowd = load{connections: manyConnections, lasting: longCrowd}
		steady = load{connections: steadyAskers, requests: requests / 10, lasting: longestLoad / 10}
	}
	dir := os.Getenv(indexVariable)
	if dir == "" {
		if dir, err = sampleIndex(); err != nil {
			t.Fatal(err)
		}
	}
	flags := []string{"--queue", "8"}
	if full {
		flags = nil // the defaults
	}
	p := launch(t, dir, io.Discard, append(flags, "--admin-listen", "127.0.0.1:0", "--pprof", "--connections", "0")...)
	paths := loadPaths(t, p.base)
	crowd.base, steady.base = p.base, p.base
	crowd.paths, steady.paths = paths, paths

	fresh := p.usage(t)
	for range 2 { // fills the caches
		load{base: p.base, paths: paths, connections: 4, requests: int64(4 * len(paths))}.run(t)
	}
	before := p.idle(t, fresh.goroutines)
	report := func(what string, u usage, o outcome) {
		all, own := p.resident()
		t.Logf("%s: heap %d MB, %d goroutines, %d MB resident, %d MB of it anonymous; %v", what, u.heap>>20,
			u.goroutines, all, own, o)
	}
	report("before", before, outcome{})
	o := crowd.run(t)
	report("crowd", p.idle(t, fresh.goroutines), o)
	if o.statuses[http.StatusOK] == 0 {
		t.Error("no request was answered")
	}
	rounds := 1
	if full {
		rounds = 10
	}
	for range rounds {
		o := steady.run(t)
		u := p.idle(t, fresh.goroutines)
		report("steady", u, o)
		if u.heap > before.heap+heapRoom<<20 {
			t.Errorf("the heap grew from %d to %d MB", before.heap>>20, u.heap>>20)
		}
		if full && o.statuses[http.StatusServiceUnavailable] > 0 {
			t.Errorf("%d were rejected although the queue has room for all", o.statuses[http.StatusServiceUnavailable])
		}
	}
}

// loadQueries find something in the samples.
var loadQueries = []string{"青禾大桥", `"大桥"`, "渡口 OR 大桥", "c919", "大桥 -渡口", "title:大桥", "c9*", "青禾大桥合龙珑江两岸首次握手"}

// loadPaths returns paths that people and programs request: searches of both kinds,
// pages, and the articles that the searches find.
func loadPaths(t *testing.T, base string) []string {
	t.Helper()
	queries := loadQueries
	if name := os.Getenv(queriesVariable); name != "" {
		queries = readLines(t, name)
	}
	paths := []string{"/", "/healthz", "/readyz"}
	for i, q := range queries {
		asked := "?q=" + url.QueryEscape(q)
		resp, err := http.Get(base + "/api/v1/search" + asked)
		if err != nil {
			t.Fatal(err)
		}
		var found struct {
			Hits []struct {
				ID string `json:"article_id"`
			}
		}
		err = json.NewDecoder(resp.Body).Decode(&found)
		resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			continue // a line that isn't a valid query
		}
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, "/api/v1/search"+asked, "/api/v1/search"+asked+"&by=paragraph&sort=newest",
			"/search"+asked)
		if prefix := []rune(q); i%4 == 0 {
			paths = append(paths, "/api/v1/suggest?q="+url.QueryEscape(string(prefix[:1])))
		}
		if len(found.Hits) > 0 {
			id := url.PathEscape(found.Hits[i%len(found.Hits)].ID)
			paths = append(paths, "/api/v1/articles/"+id, "/articles/"+id+asked, "/api/v1/articles/"+id+"/similar")
		}
	}
	return paths
}

func readLines(t *testing.T, name string) []string {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	const most = 1000 // more wouldn't be cached before the load
	var lines []string
	for r := bufio.NewReader(f); len(lines) < most; {
		line, err := r.ReadString('\n')
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
		if err == io.EOF {
			return lines
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return lines
}

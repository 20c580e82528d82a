package e2e

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
)

// fetch gets an address and returns its status and body.
func fetch(t *testing.T, address string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// startWithAdmin runs searchd with an admin address.
func startWithAdmin(t *testing.T, dir string, flags ...string) (base, admin string) {
	t.Helper()
	p := launch(t, dir, io.Discard, append(flags, "--admin-listen", "127.0.0.1:0")...)
	return p.base, p.admin
}

// scrape reads the metrics, by name and labels.
func scrape(t *testing.T, admin string) map[string]float64 {
	t.Helper()
	status, body := fetch(t, admin+"/metrics")
	if status != http.StatusOK {
		t.Fatalf("/metrics: %d %s", status, body)
	}
	values := map[string]float64{}
	for line := range strings.Lines(body) {
		if i := strings.LastIndexByte(line, ' '); i > 0 && line[0] != '#' {
			v, err := strconv.ParseFloat(strings.TrimSpace(line[i:]), 64)
			if err != nil {
				t.Fatalf("%q: %v", line, err)
			}
			values[line[:i]] = v
		}
	}
	return values
}

func TestMetrics(t *testing.T) {
	dir, err := sampleIndex()
	if err != nil {
		t.Fatal(err)
	}
	base, admin := startWithAdmin(t, dir)
	for _, path := range []string{
		"/api/v1/search?q=青禾大桥", "/api/v1/search?q=青禾大桥&size=2", "/search?q=禹都太空梯 云汀湖", "/api/v1/search?q=OR",
		"/api/v1/articles/ljrb-20250918-01-1", "/api/v1/articles/nowhere", "/nowhere", "/readyz",
	} {
		fetch(t, base+encode(path))
	}
	_, members, err := answer(t.Context(), base+"/readyz")
	if err != nil {
		t.Fatal(err)
	}
	got := scrape(t, admin)
	for name, want := range map[string]float64{
		`xunwen_http_request_duration_seconds_count{route="/api/v1/search",status="2xx"}`:       2,
		`xunwen_http_request_duration_seconds_count{route="/api/v1/search",status="4xx"}`:       1,
		`xunwen_http_request_duration_seconds_count{route="/api/v1/articles/:id",status="4xx"}`: 1,
		`xunwen_http_request_duration_seconds_count{route="none",status="4xx"}`:                 1,
		`xunwen_http_requests_in_flight`:                                                        0,
		`xunwen_engine_duration_seconds_count{op="article",outcome="invalid"}`:                  1,
		// searches that the page adds itself do not count
		`xunwen_searches_total`:                                                       3,
		`xunwen_searches_without_hits_total`:                                          1,
		`xunwen_engine_requests_in_flight`:                                            0,
		`xunwen_engine_requests_queued`:                                               0,
		`xunwen_engine_requests_rejected_total`:                                       0,
		`xunwen_generation_swaps_total`:                                               1,
		`xunwen_generation_load_failures_total`:                                       0,
		`xunwen_generation_info{generation="` + members["generation"].(string) + `"}`: 1,
	} {
		if v, ok := got[name]; !ok || v != want {
			t.Errorf("%s is %v (%t), want %v", name, v, ok, want)
		}
	}
	for _, name := range []string{"xunwen_generation_age_seconds", "xunwen_generation_articles",
		"xunwen_generation_paragraphs",
		"xunwen_cache_bytes", "xunwen_cache_hits_total", "go_goroutines", "process_resident_memory_bytes"} {
		if got[name] <= 0 {
			t.Errorf("%s is %v", name, got[name])
		}
	}
	_, body := fetch(t, admin+"/metrics")
	if problems, err := promlint.New(bytes.NewReader([]byte(body))).Lint(); err != nil || len(problems) > 0 {
		t.Errorf("the metrics' names and helps: %v %v", problems, err)
	}
	for path, want := range map[string]int{
		"/debug/pprof/goroutine": http.StatusNotFound, "/debug/pprof/": http.StatusNotFound,
		"/healthz": http.StatusOK, "/readyz": http.StatusOK,
	} {
		if status, _ := fetch(t, admin+path); status != want {
			t.Errorf("%s at the admin address: %d, want %d", path, status, want)
		}
	}
	_, profiling := startWithAdmin(t, emptyFolder(t), "--pprof")
	if status, body := fetch(t, profiling+"/debug/pprof/goroutine?debug=1"); status != http.StatusOK ||
		!strings.Contains(body, "goroutine profile") {
		t.Errorf("/debug/pprof with --pprof: %d", status)
	}
	for _, path := range []string{"/metrics", "/debug/pprof/"} {
		if status, _ := fetch(t, base+path); status != http.StatusNotFound {
			t.Errorf("%s at the public address: %d", path, status)
		}
	}
}

// TestMetricsOfRejections checks that the metrics count every request that clients
// saw rejected.
func TestMetricsOfRejections(t *testing.T) {
	dir, err := sampleIndex()
	if err != nil {
		t.Fatal(err)
	}
	base, admin := startWithAdmin(t, dir, "--concurrency", "1", "--queue", "0")
	rejected := 0
	for range overloadRounds {
		o := load{base: base, paths: overloadPaths, connections: 16, requests: 400}.run(t)
		if rejected = o.statuses[http.StatusServiceUnavailable]; t.Failed() || rejected > 0 {
			break
		}
	}
	got := scrape(t, admin)["xunwen_engine_requests_rejected_total"]
	if rejected == 0 || got < float64(rejected) { // a page leaves out parts that were rejected
		t.Errorf("%v rejected by the metrics, %d answers with 503", got, rejected)
	}
}

func TestAdminWithoutAnIndex(t *testing.T) {
	var log bytes.Buffer
	t.Run("serve", func(t *testing.T) {
		_, admin := startWithAdmin(t, emptyFolder(t))
		if got := scrape(t, admin); got["xunwen_generation_articles"] != 0 {
			t.Errorf("articles of no index: %v", got)
		}
		launch(t, emptyFolder(t), &log, "--admin-listen", "0.0.0.0:0")
	})
	if !strings.Contains(log.String(), "--admin-listen is open to other machines") {
		t.Errorf("no warning: %s", log.String())
	}
}

// TestMetricsOfADamagedIndex checks that a generation that can't be opened is counted
// and not reported as served.
func TestMetricsOfADamagedIndex(t *testing.T) {
	dir := emptyFolder(t)
	if err := buildIndex(dir, "testdata/hostile.jsonl"); err != nil {
		t.Fatal(err)
	}
	manifests, err := filepath.Glob(filepath.Join(dir, "*", "manifest.json"))
	if err != nil || len(manifests) != 1 {
		t.Fatalf("manifests %v, %v", manifests, err)
	}
	if err := os.Truncate(manifests[0], 100); err != nil {
		t.Fatal(err)
	}
	_, admin := startWithAdmin(t, dir)
	got := scrape(t, admin)
	if _, aged := got["xunwen_generation_age_seconds"]; aged || got["xunwen_generation_load_failures_total"] < 1 ||
		got["xunwen_generation_swaps_total"] != 0 {
		t.Errorf("load failures %v, swaps %v, an age %t", got["xunwen_generation_load_failures_total"],
			got["xunwen_generation_swaps_total"], aged)
	}
}

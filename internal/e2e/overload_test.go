package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
)

// TestOverload sends more requests at once than a small server accepts. Every answer
// is correct or a 503 with Retry-After, some are rejected, and requests that don't
// search are always answered.
func TestOverload(t *testing.T) {
	dir, err := sampleIndex()
	if err != nil {
		t.Fatal(err)
	}
	base := start(t, dir, "--concurrency", "1", "--queue", "1")
	rejected := 0
	for range overloadRounds {
		statuses := overload(t, base)
		t.Logf("answers by status: %v", statuses)
		if rejected = statuses[503]; t.Failed() || rejected > 0 {
			break
		}
	}
	if rejected == 0 {
		t.Error("nothing was rejected")
	}
	if status, err := probe(t.Context(), base+overloadPaths[0]); status != 200 || err != nil {
		t.Errorf("afterwards: %d %v", status, err)
	}
}

// overload sends many requests at once and counts their answers by status.
func overload(t *testing.T, base string) map[int]int {
	t.Helper()
	const askers, each = 16, 20
	var wait sync.WaitGroup
	var mu sync.Mutex
	statuses := map[int]int{}
	for i := range askers {
		wait.Go(func() {
			for n := range each {
				status, err := probe(t.Context(), base+overloadPaths[(i+n)%len(overloadPaths)])
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				statuses[status]++
				mu.Unlock()
			}
		})
	}
	for range each {
		for _, path := range []string{"/healthz", "/readyz", "/"} {
			if status, err := probe(t.Context(), base+path); err != nil || status != 200 {
				t.Errorf("%s under load: %d %v", path, status, err)
			}
		}
	}
	wait.Wait()
	if statuses[200] == 0 || statuses[200]+statuses[503] != askers*each {
		t.Errorf("answers by status: %v", statuses)
	}
	return statuses
}

// overloadRounds is how often an overload is repeated until a request is rejected: far
// more often than it takes.
const overloadRounds = 50

// overloadPaths need the engine and find something in the samples.
var overloadPaths = []string{
	"/api/v1/search?q=%E9%9D%92%E7%A6%BE%E5%A4%A7%E6%A1%A5",              // 青禾大桥
	"/api/v1/search?q=%22%E5%A4%A7%E6%A1%A5%22&by=paragraph&sort=newest", // "大桥"
	"/search?q=%E5%A4%A7%E6%A1%A5+OR+%E6%B8%A1%E5%8F%A3",                 // 大桥 OR 渡口
	"/api/v1/articles/ljrb-20250918-01-1",
	"/articles/ljrb-20250918-01-1",
	"/api/v1/articles/ljrb-20250918-01-1/similar",
	"/api/v1/suggest?q=qingh",
}

// probe sends one request. A 503 must have a Retry-After and, in the API, a reason.
func probe(ctx context.Context, address string) (status int, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusServiceUnavailable {
		return resp.StatusCode, err
	}
	if resp.Header.Get("Retry-After") == "" {
		return 0, fmt.Errorf("%s: a 503 without Retry-After", address)
	}
	if !strings.Contains(address, "/api/") {
		return resp.StatusCode, nil
	}
	var p struct{ Type string }
	if err := json.Unmarshal(body, &p); err != nil || p.Type != "/problems/busy" {
		return 0, fmt.Errorf("%s: a 503 of type %q (%v)", address, p.Type, err)
	}
	return resp.StatusCode, nil
}

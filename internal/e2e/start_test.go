package e2e

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// answer gets an address and returns its status and its members.
func answer(ctx context.Context, address string) (int, map[string]any, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, err
	}
	defer resp.Body.Close()
	var members map[string]any
	err = json.NewDecoder(resp.Body).Decode(&members)
	return resp.StatusCode, members, err
}

// waitTime bounds everything that a test waits for. Nothing takes as long, on a
// busy machine either, unless it never happens.
const waitTime = 2 * time.Minute

// until repeats a request until the answer is the expected one.
func until(t *testing.T, address string, wanted func(status int, members map[string]any) bool) {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), waitTime)
	defer stop()
	for {
		status, members, err := answer(ctx, address)
		if err != nil {
			t.Fatalf("waiting for %s: %v", address, err)
		}
		if wanted(status, members) {
			return
		}
	}
}

// TestStartsWithDamagedIndex checks that searchd starts with a damaged index, which the
// next build replaces.
func TestStartsWithDamagedIndex(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "CURRENT"), []byte("no generation at all\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	status, members, err := answer(t.Context(), start(t, dir)+"/readyz")
	if err != nil || status != http.StatusServiceUnavailable || members["type"] != "/problems/not-ready" {
		t.Errorf("/readyz: %d %v (%v)", status, members, err)
	}
}

func TestServesFirstIndex(t *testing.T) {
	dir := emptyFolder(t)
	base := start(t, dir)
	if status, members, err := answer(t.Context(), base+"/healthz"); status != 200 || members["status"] != "ok" {
		t.Errorf("/healthz without an index: %d %v %v", status, members, err)
	}
	for _, path := range []string{"/readyz", "/api/v1/search?q=x", "/api/v1/articles/x"} {
		resp, err := http.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != 503 || resp.Header.Get("Retry-After") == "" ||
			resp.Header.Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s without an index: %d, Retry-After %q, %s", path, resp.StatusCode,
				resp.Header.Get("Retry-After"), resp.Header.Get("Content-Type"))
		}
	}
	if err := buildIndex(dir, "testdata/hostile.jsonl"); err != nil {
		t.Fatal(err)
	}
	until(t, base+"/readyz", func(status int, members map[string]any) bool {
		return status == 200 && members["generation"] != ""
	})
	if status, members, err := answer(t.Context(), base+"/api/v1/search?q=c919"); status != 200 ||
		members["total"] != 1.0 {
		t.Errorf("search in the first index: %d %v %v", status, members, err)
	}
}

// TestSwapUnderLoad publishes a new generation while requests run. None fails, none
// mixes two generations, and a cursor of the old one has expired.
func TestSwapUnderLoad(t *testing.T) {
	dir := emptyFolder(t)
	if err := buildIndex(dir, "testdata/hostile.jsonl"); err != nil {
		t.Fatal(err)
	}
	base := start(t, dir)
	_, before, err := answer(t.Context(), base+"/api/v1/search?publication=试报&publication=%3Cb%3E试报%3C/b%3E&size=1")
	if err != nil || before["cursor"] == "" {
		t.Fatalf("no cursor: %v %v", before, err)
	}
	old := before["generation"].(string)

	const askers = 3
	ctx, stop := context.WithCancel(t.Context())
	var asked, swapped atomic.Int64
	var wait sync.WaitGroup
	for range askers {
		wait.Go(func() {
			for ctx.Err() == nil {
				status, members, err := answer(context.WithoutCancel(ctx), base+"/api/v1/search?q=c919")
				// The new generation has more articles, but no more matches.
				if err != nil || status != 200 || members["total"] != 1.0 {
					t.Errorf("during the swap: %d %v %v", status, members, err)
					return
				}
				asked.Add(1)
				if members["generation"] != old {
					swapped.Add(1)
				}
			}
		})
	}
	if err := buildIndex(dir, samples...); err != nil {
		t.Error(err)
	}
	until(t, base+"/readyz", func(_ int, members map[string]any) bool { return members["generation"] != old })
	until(t, base+"/healthz", func(int, map[string]any) bool { return swapped.Load() > 0 || t.Failed() })
	stop()
	wait.Wait()
	t.Logf("%d answers, %d of them from the new generation", asked.Load(), swapped.Load())

	status, gone, err := answer(t.Context(),
		base+"/api/v1/search?publication=试报&publication=%3Cb%3E试报%3C/b%3E&size=1&cursor="+before["cursor"].(string))
	if status != http.StatusGone || gone["type"] != "/problems/cursor-expired" {
		t.Errorf("a cursor of the old generation: %d %v %v", status, gone, err)
	}
}

package e2e

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDamageWhileServing truncates the files of the served generation. The next
// request is answered 503 with the reason, /readyz follows, and then the previous
// generation is served. No answer in between is wrong.
func TestDamageWhileServing(t *testing.T) {
	const asked = "/api/v1/search?q=c919" // one article
	dir := emptyFolder(t)
	if err := buildIndex(dir, "testdata/hostile.jsonl"); err != nil {
		t.Fatal(err)
	}
	older := published(t, dir)
	if err := buildIndex(dir, "testdata/hostile.jsonl"); err != nil {
		t.Fatal(err)
	}
	base := start(t, dir)
	_, sound, err := answer(t.Context(), base+asked)
	if err != nil || sound["total"] != 1.0 || sound["generation"] != published(t, dir) {
		t.Fatalf("before: %v %v", sound, err)
	}
	for _, path := range segments(t, filepath.Join(dir, published(t, dir))) {
		info, err := os.Stat(path)
		if err == nil {
			err = os.Truncate(path, info.Size()/2)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	resp, err := http.Get(base + asked)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var p struct{ Type string }
	if err := json.NewDecoder(resp.Body).Decode(&p); err != nil || resp.StatusCode != 503 ||
		p.Type != "/problems/damaged" || resp.Header.Get("Retry-After") == "" {
		t.Errorf("over a damaged file: %d %q %v (%v)", resp.StatusCode, p.Type, resp.Header, err)
	}
	until(t, base+"/readyz", func(status int, members map[string]any) bool {
		if status == http.StatusOK && members["generation"] != older {
			t.Fatalf("ready with %v", members)
		}
		return status == http.StatusOK
	})
	if status, members, err := answer(t.Context(), base+asked); status != 200 || members["total"] != 1.0 ||
		members["generation"] != older {
		t.Errorf("afterwards: %d %v %v", status, members, err)
	}
}

// published returns the name of a folder's published generation.
func published(t *testing.T, dir string) string {
	t.Helper()
	current, err := os.ReadFile(filepath.Join(dir, "CURRENT"))
	if err != nil {
		t.Fatal(err)
	}
	name, _, _ := strings.Cut(string(current), " ")
	return name
}

// segments returns the files with the postings of a generation.
func segments(t *testing.T, generation string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(generation, "volumes", "*", "bleve", "store", "*.zap"))
	if err != nil || len(found) == 0 {
		t.Fatalf("segments of %s: %v (%v)", generation, found, err)
	}
	return found
}

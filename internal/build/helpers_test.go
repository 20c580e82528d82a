package build_test

import (
	"os"
	"path/filepath"
	"testing"

	"xunwen/internal/live"
)

func open(t *testing.T, dir string) *live.Engine {
	t.Helper()
	e := live.Open(t.Context(), dir, live.Options{})
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// copyOf copies an index to a new folder.
func copyOf(t *testing.T, dir string) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "news")
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

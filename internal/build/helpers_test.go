package build_test

import (
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

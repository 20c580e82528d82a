package live

import (
	"context"
	"path/filepath"
	"testing"
	"testing/synctest"

	"xunwen/internal/build/buildtest"
	"xunwen/internal/query"
	"xunwen/internal/search"
)

// TestPinKeepsItsGeneration publishes another generation between two requests to a pinned
// engine.
func TestPinKeepsItsGeneration(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		dir := filepath.Join(t.TempDir(), "news")
		before := buildtest.Rebuild(t, dir, buildtest.Text("a", "", "渡口开放。")).Generation
		l := watch(t, dir)
		ferry := search.Request{Query: &query.Word{Text: "渡口"}, Size: 10}
		err := l.Pin(t.Context(), func(ctx context.Context, e search.Engine) error {
			if res, err := e.Search(ctx, ferry); err != nil || res.Total != 1 || res.Generation != before {
				t.Errorf("before: %d hits of %s, %v", res.Total, res.Generation, err)
			}
			after := buildtest.Rebuild(t, dir, buildtest.Text("b", "", "大桥停航。")).Generation
			l.look(t, 0)
			if l.Generation() != after {
				t.Errorf("%s is served, want %s", l.Generation(), after)
			}
			res, err := e.Search(ctx, ferry)
			if res.Total != 1 || res.Generation != before || e.Generation() != before {
				t.Errorf("after: %d hits of %s", res.Total, res.Generation)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if res, err := l.Search(t.Context(), ferry); err != nil || res.Total != 0 {
			t.Errorf("afterwards: %d hits, %v", res.Total, err)
		}
	})
}

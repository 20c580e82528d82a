package limit

import (
	"errors"
	"slices"
	"testing"
	"testing/synctest"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// TestSimilarLeavesRoom checks that similar articles, of which one may be long, take half of the
// slots, and expensive requests none of theirs.
func TestSimilarLeavesRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		inner := &slow{release: make(chan struct{})}
		e := New(inner, 2, 8)
		done := make(chan error, 3)
		for range 3 {
			go func() {
				_, err := e.Similar(t.Context(), search.SimilarRequest{ID: "long"})
				done <- err
			}()
		}
		synctest.Wait()
		expensive := start(t.Context(), e, search.Request{Cursor: "expensive", Query: &query.Phrase{Text: "，"}})
		if !slices.Equal(inner.requests, []string{"long", "expensive"}) {
			t.Errorf("the engine runs %v", inner.requests)
		}
		for range 4 {
			inner.release <- struct{}{}
			synctest.Wait()
		}
		if err := errors.Join(<-done, <-done, <-done, <-expensive); err != nil {
			t.Error(err)
		}
	})
}

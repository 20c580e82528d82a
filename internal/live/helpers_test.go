package live

import (
	"testing"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

func open(t *testing.T, dir string) *Engine {
	t.Helper()
	e := Open(t.Context(), dir, Options{})
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

// count returns how many articles contain a word.
func count(t *testing.T, e search.Engine, word string) int {
	t.Helper()
	r, err := e.Search(t.Context(), search.Request{Query: &query.Word{Text: word}, Size: 1, Uncollapsed: true})
	if err != nil {
		t.Fatal(err)
	}
	return r.Total
}

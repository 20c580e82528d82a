package searchtest

import (
	"testing"

	"xunwen/internal/search"
)

// Walk searches and follows the cursor to its end, or until visit returns false.
func Walk(t testing.TB, e search.Engine, r search.Request, visit func(search.Response) bool) {
	t.Helper()
	for {
		res, err := e.Search(t.Context(), r)
		if err != nil {
			t.Fatal(err)
		}
		if r.Cursor = res.Cursor; !visit(res) || r.Cursor == "" {
			return
		}
	}
}

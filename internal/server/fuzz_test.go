package server

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"xunwen/internal/search"
)

// FuzzParameters checks that no address breaks the server: the API and the page answer
// or reject it.
func FuzzParameters(f *testing.F) {
	f.Add("q=大桥&by=paragraph&size=5")
	f.Add("q=%22&from=2025-13-01")
	f.Add("q=(a OR&publication=<b>&cursor=%00")
	f.Add("%zz;&&==&q")
	h := New(&stub{response: search.Response{Generation: "g", Relation: search.Eq, Hits: []search.Hit{{}}}}, Options{})
	f.Fuzz(func(t *testing.T, raw string) {
		for _, path := range []string{"/api/v1/search", "/search", "/articles/x"} {
			req := httptest.NewRequest(http.MethodGet, path, nil)
			req.URL.RawQuery = raw
			w := httptest.NewRecorder()
			h.ServeHTTP(w, req)
			if w.Code != http.StatusOK && w.Code != http.StatusBadRequest && w.Code != http.StatusFound {
				t.Errorf("%s?%s: %d %s", path, raw, w.Code, w.Body)
			}
		}
	})
}

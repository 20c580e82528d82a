package server

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"xunwen/internal/search"
)

func TestWhatWasMeantIsOffered(t *testing.T) {
	engine := &stub{response: search.Response{Generation: "g", DidYouMean: "title:航天员 -<b>"}}
	page := get(t, engine, "/search?q=title:行天员+-%3Cb%3E&by=paragraph").Body.String()
	want := `您是不是要找：<a href="/search?q=title%3A%E8%88%AA%E5%A4%A9%E5%91%98&#43;-%3Cb%3E&amp;by=paragraph"` +
		` lang="zh-CN">title:<em>航</em>天员 -&lt;b&gt;</a>`
	if !strings.Contains(page, want) {
		t.Errorf("the page lacks %s:\n%s", want, page)
	}
	var a struct {
		DidYouMean string `json:"did_you_mean"`
	}
	if err := json.Unmarshal(get(t, engine, "/api/v1/search?q=x").Body.Bytes(), &a); err != nil ||
		a.DidYouMean != "title:航天员 -<b>" {
		t.Errorf("the API suggests %q, %v", a.DidYouMean, err)
	}
	engine.response.DidYouMean = ""
	if page := get(t, engine, "/search?q=x").Body.String(); strings.Contains(page, "您是不是要找") {
		t.Error("the page offers an empty suggestion")
	}
}

func TestCompletionsOverHTTP(t *testing.T) {
	engine := &stub{completions: []search.Completion{{Text: "航天员", Count: 812}}}
	for _, tc := range []struct {
		path   string
		status int
		want   string
	}{
		{"?q=hangt", 200, `{"suggestions":[{"text":"航天员","count":812}]}`},
		{"?q=%20ht%20&size=100", 200, `{"suggestions":[{"text":"航天员","count":812}]}`},
		{"?q=ht&size=0", 400, `"parameter":"size"`},
		{"?q=ht&size=101", 400, `"parameter":"size"`},
		{"?q=ht&size=ten", 400, `"parameter":"size"`},
		{"?q=ht&size=1&size=2", 400, `"parameter":"size"`},
		{"?q=", 400, `"parameter":"q"`},
		{"", 400, `"parameter":"q"`},
		{"?q=" + strings.Repeat("a", 513), 400, `"parameter":"q"`},
		{"?q=ht&limit=3", 400, `"parameter":"limit"`},
	} {
		w := get(t, engine, "/api/v1/suggest"+tc.path)
		if w.Code != tc.status || !strings.Contains(w.Body.String(), tc.want) {
			t.Errorf("%s: %d %s", tc.path, w.Code, w.Body)
		}
	}
	if r := engine.completed[1]; r != (search.CompletionRequest{Text: "ht", Size: 100}) {
		t.Errorf("the engine got %+v", r)
	}
	engine.completions = nil
	if w := get(t, engine, "/api/v1/suggest?q=zzz"); w.Code != http.StatusOK ||
		strings.TrimSpace(w.Body.String()) != `{"suggestions":[]}` {
		t.Errorf("without completions: %d %s", w.Code, w.Body)
	}
}

package server

import (
	"net/url"
	"strings"
	"testing"

	"xunwen/internal/search"
)

// Pages and API say how a query was read where that is not just what was typed.
func TestUnderstoodIsShown(t *testing.T) {
	engine := &stub{response: search.Response{Generation: "g", Relation: search.Eq}}
	for _, c := range []struct{ query, page, api string }{
		{"北约 NOT 欧盟", `<p class="understood">解读为：`, `"understood":"北约 -欧盟"`},
		{"北约 －欧盟", `<p class="understood">解读为：`, `"understood":"北约 -欧盟"`},
		{"标题： 新桥", `<p class="understood">解读为：`, `"understood":"title:新桥"`},
		{"北约 欧盟", "", `"understood":"北约 欧盟"`},
		{"北约 -欧盟", "", `"understood":"北约 -欧盟"`},
		{"！", "", `"understood":""`},
	} {
		q := "?q=" + url.QueryEscape(c.query)
		page := get(t, engine, "/search"+q).Body.String()
		if shown := strings.Contains(page, "解读为"); shown != (c.page != "") || !strings.Contains(page, c.page) {
			t.Errorf("%s: the page says how it was read: %v", c.query, shown)
		}
		if answer := get(t, engine, "/api/v1/search"+q).Body.String(); !strings.Contains(answer, c.api) {
			t.Errorf("%s: the API's answer lacks %s: %s", c.query, c.api, answer)
		}
	}
}

// The results next to a query's error never are for what the query excludes.
func TestErrorKeepsExclusions(t *testing.T) {
	engine := &stub{response: search.Response{Generation: "g", Relation: search.Eq}}
	for q, want := range map[string]string{
		"(北约 -欧盟":      "北约 -欧盟",
		"北约 OR NOT 欧盟": "北约 -欧盟",
		"NOT 欧盟":       "",
		"-欧盟":          "",
	} {
		engine.searches = nil
		get(t, engine, "/search?q="+url.QueryEscape(q))
		got := ""
		for _, r := range engine.searches[:min(1, len(engine.searches))] {
			got = r.Query.String()
		}
		if got != want {
			t.Errorf("%s: searched for %q, want %q", q, got, want)
		}
	}
}

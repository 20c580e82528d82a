package e2e

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestVersions goes by keyboard from an article to the versions of its story, and compares what the page
// shows side by side with the API's answer.
func TestVersions(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(base+"/articles/qhwb-20260210-01-1"), chromedp.WaitVisible(story))
	tabTo(t, ctx, "a[href$='/versions']")
	do(t, ctx, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".differences")))
	if got := path(t, ctx); got != "/articles/qhwb-20260210-01-1/versions" {
		t.Fatalf("the link leads to %s", got)
	}
	printed := ask[[]string](t, ctx, `[...document.querySelectorAll(".printed tbody tr")].map((r) =>
		[...r.cells].slice(2).map((c) => c.textContent.trim()).join(" "))`)
	want := []string{
		"临江日报 第1版 要闻 青禾大桥昨日建成通车 348 0 0 对照",
		"青禾晚报 第1版 要闻 青禾大桥建成通车 347 1 28 ",
	}
	if strings.Join(printed, "\n") != strings.Join(want, "\n") {
		t.Errorf("the versions are\n%s", strings.Join(printed, "\n"))
	}

	var api struct {
		Rows []struct {
			First, Next []struct {
				Pieces []struct{ Change, Text string }
			}
		}
	}
	_, body := fetch(t, ask[string](t, ctx, `document.querySelector("main > .paper > :last-child a").href`))
	if err := json.Unmarshal([]byte(body), &api); err != nil {
		t.Fatal(err)
	}
	var sides [2]string
	for _, r := range api.Rows {
		for _, l := range r.First {
			for _, p := range l.Pieces {
				sides[0] += map[string]string{"cut": "-"}[p.Change] + p.Text
			}
		}
		for _, l := range r.Next {
			for _, p := range l.Pieces {
				sides[1] += map[string]string{"added": "+"}[p.Change] + p.Text
			}
		}
	}
	for side, want := range sides {
		// What is cut or added is marked by an element and by a line, not only by a colour.
		shown := ask[string](t, ctx, `[...document.querySelectorAll(".differences tbody tr")].map((r) => {
			const sign = (e) => getComputedStyle(e).textDecorationLine === {DEL: "line-through", INS: "underline"}[e.nodeName]
				? {DEL: "-", INS: "+"}[e.nodeName] : "?";
			return [...r.cells[`+string(rune('0'+side))+`].querySelectorAll("p")].flatMap((p) => [...p.childNodes]).map((n) =>
				n.nodeType === Node.TEXT_NODE ? n.textContent : sign(n) + n.textContent).join("");
		}).join("")`)
		if shown != want || !strings.ContainsAny(want, "-+") {
			t.Errorf("side %d shows\n%s\nthe API says\n%s", side, shown, want)
		}
	}
	if !strings.Contains(sides[0], "-昨日") {
		t.Errorf("the earlier version is %s", sides[0])
	}
}

package e2e

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestComparison goes from a search to a comparison and compares its numbers with
// the API's, and a bar with the hits that it links to.
func TestComparison(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(base+encode("/search?q=青禾大桥&from=2025-06-01")), chromedp.WaitVisible(hits))
	tabTo(t, ctx, "a[href^='/compare']")
	do(t, ctx, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS(".strips")))
	if got := ask[string](t, ctx, `document.querySelector("[name=q]:not(#q)").value`); got != "青禾大桥" {
		t.Fatalf("the first query is %q", got)
	}
	do(t, ctx, chromedp.SendKeys(chromedp.CSS(".entries input:nth-child(2)"), "云汀湖"), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible(chromedp.CSS(".strip:nth-child(2)")))
	if got := path(t, ctx); got != "/compare?from=2025-06-01&q=青禾大桥&q=云汀湖" {
		t.Errorf("the comparison is at %s", got)
	}
	shown := ask[[]string](t, ctx, `[...document.querySelectorAll(".numbers tbody tr")].map((r) =>
		[...r.children].map((c) => c.firstChild.textContent.trim()).join(" "))`)

	resp, err := http.Get(ask[string](t, ctx, `document.querySelector(".exports a[href*=\"/api/\"]").href`))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var api struct {
		Buckets []struct {
			From   string
			Total  int
			Counts []int
		}
	}
	if err := json.NewDecoder(resp.Body).Decode(&api); err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, b := range api.Buckets {
		row := []string{b.From[:len("2025-06")], strconv.Itoa(b.Total)}
		for _, n := range b.Counts {
			row = append(row, strconv.Itoa(n))
		}
		want = append(want, strings.Join(row, " "))
	}
	if len(want) == 0 || !slices.Equal(shown, want) {
		t.Errorf("the page shows\n%s\nthe API says\n%s", strings.Join(shown, "\n"), strings.Join(want, "\n"))
	}

	label := ask[string](t, ctx, `document.querySelector(".bars a title").textContent`)
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector(".bars a").dispatchEvent(
		new MouseEvent("click", {bubbles: true, cancelable: true}))`), chromedp.WaitVisible(hits))
	count := ask[string](t, ctx, `document.querySelector(".count b").textContent`)
	if number := strings.TrimSuffix(strings.TrimPrefix(count, "共 "), " 篇"); !strings.Contains(label, "："+number+" 篇") {
		t.Errorf("a bar says %q and leads to %q", label, count)
	}
}

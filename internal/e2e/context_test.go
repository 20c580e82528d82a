package e2e

import (
	"bufio"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// exportedContexts returns the rows of an export with contexts: left, match, right.
func exportedContexts(t *testing.T, address string) []string {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	lines.Scan() // what the export is made of
	var out []string
	for lines.Scan() {
		var row struct{ Left, Match, Right string }
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		out = append(out, row.Left+"|"+row.Match+"|"+row.Right)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

func TestContexts(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	const shownContexts = `[...document.querySelectorAll(".contexts li:not(.more)")].map((l) => {
		const m = l.querySelector("mark");
		return l.querySelector(".left").textContent + "|" + m.textContent + "|" +
			(m.nextSibling ? m.nextSibling.textContent : "");
	})`
	do(t, ctx, chromedp.Navigate(base+encode("/search?q=青禾大桥&sort=oldest&size=100")), chromedp.WaitVisible(hits),
		chromedp.Click(chromedp.CSS(`.tools a[href*="view=kwic"]`)), chromedp.WaitVisible(chromedp.CSS(".contexts")))
	if got := path(t, ctx); got != "/search?q=青禾大桥&sort=oldest&size=100&view=kwic" {
		t.Errorf("contexts are at %s", got)
	}
	got := ask[[]string](t, ctx, shownContexts)
	file := ask[string](t, ctx, `document.querySelector(".exports a[href*=jsonl]").href`)
	if want := exportedContexts(t, file); len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("the page shows %d contexts, its file has %d, or others:\n%s\n%s", len(got), len(want),
			strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	at := ask[[]float64](t, ctx, `[...new Set([...document.querySelectorAll(".contexts mark")].map((m) =>
		m.getBoundingClientRect().x))]`)
	if len(at) != 1 {
		t.Errorf("matches start at %v, not aligned", at)
	}

	do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector(".contexts li:nth-child(2) a").focus()`),
		chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(story))
	if !ask[bool](t, ctx, `document.querySelector(":target mark") !== null`) {
		t.Errorf("a line leads to %s, where nothing is marked", path(t, ctx))
	}
	do(t, ctx, chromedp.Click(chromedp.CSS(".back a")), chromedp.WaitVisible(chromedp.CSS(".contexts")))
	if !ask[bool](t, ctx, `document.querySelector(".contexts :target, .contexts:has(:target)") !== null`) {
		t.Errorf("the way back leads to %s, not to the line", path(t, ctx))
	}
	do(t, ctx, chromedp.Click(chromedp.CSS(`.tools a[href*="by=paragraph"]`)), chromedp.WaitVisible(hits))
	if got := path(t, ctx); strings.Contains(got, "view=") {
		t.Errorf("paragraphs are at %s", got)
	}
}

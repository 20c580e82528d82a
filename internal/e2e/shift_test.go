package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// shifts lists the layout shifts since the page was first drawn, as the Layout
// Instability specification scores them: the score, and what moved from where to
// where.
const shifts = `new Promise((done) => {
  const seen = [];
  const name = (n) => n && (n.id || n.className || n.nodeName);
  const rect = (r) => [r.x, r.y, r.width, r.height].map(Math.round).join(",");
  new PerformanceObserver((list) => {
    for (const e of list.getEntries()) {
      if (e.hadRecentInput) continue;
      const moves = e.sources.map((s) => name(s.node) + " " + rect(s.previousRect) + " to " + rect(s.currentRect));
      seen.push(e.value.toFixed(4) + ": " + moves.join("; "));
    }
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(seen), 0)));
})`

// TestNothingMoves checks that a page stays as it was first drawn, with overlay
// scrollbars and with those that take up space.
func TestNothingMoves(t *testing.T) {
	base := serveSamples(t)
	for _, scrollbars := range []string{"overlay", "classic"} {
		t.Run(scrollbars, func(t *testing.T) {
			ctx := openBrowser(t, chromedp.Flag("hide-scrollbars", scrollbars == "overlay"))
			for _, width := range []int64{360, 1280} {
				do(t, ctx, chromedp.EmulateViewport(width, 800))
				for name, address := range states {
					do(t, ctx, chromedp.Navigate(base+encode(address)))
					moved, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](shifts, chromedp.EvalAwaitPromise))
					if err != nil {
						t.Fatal(err)
					}
					for _, m := range moved {
						t.Errorf("%s, %d wide: %s", name, width, m)
					}
				}
			}
		})
	}
}

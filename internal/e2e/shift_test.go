package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// shifts are the moves of what was drawn already, as the Layout Instability
// specification scores them, with what moved.
const shifts = `new Promise((done) => {
  const seen = [];
  new PerformanceObserver((list) => {
    for (const e of list.getEntries()) {
      if (!e.hadRecentInput) seen.push(e.value.toFixed(4) + " " + e.sources.map((s) => s.node && (s.node.id || s.node.className || s.node.nodeName)).join(" "));
    }
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(seen), 0)));
})`

// TestNothingMoves holds that a page stands as it was drawn first.
func TestNothingMoves(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
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
}

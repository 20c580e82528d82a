package e2e

import (
	"net/url"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// visit is what the browser reports about a page that it loaded.
type visit struct {
	Requests int     `json:"requests"`
	Foreign  int     `json:"foreign"` // requests to another host
	Bytes    float64 `json:"bytes"`   // over the wire, headers included
	Painted  float64 `json:"painted"` // ms to the first paint
	Loaded   float64 `json:"loaded"`  // ms until everything was loaded
}

const visited = `(() => {
	const page = performance.getEntriesByType("navigation")[0];
	const all = [page, ...performance.getEntriesByType("resource")];
	return {
		requests: all.length, foreign: all.filter((e) => new URL(e.name).host !== location.host).length,
		bytes: all.reduce((sum, e) => sum + e.transferSize, 0),
		painted: performance.getEntriesByName("first-contentful-paint")[0].startTime, loaded: page.loadEventEnd,
	};
})()`

const (
	// watched measures the time from the last key to its results on the screen.
	watched = `(() => {
		const heading = () => document.getElementById("heading").textContent;
		let key = 0, last = heading();
		addEventListener("input", () => { key = performance.now(); window.drawn = 0; }, true);
		new MutationObserver(() => {
			if (heading() === last) return;
			last = heading();
			requestAnimationFrame(() => setTimeout(() => { window.drawn = performance.now() - key; }));
		}).observe(document.documentElement, { childList: true, characterData: true, subtree: true });
	})()`
	emptied = `(() => { const q = document.getElementById("q"); q.focus(); q.value = ""; })()`
	// typedQueries are enough that one slow frame doesn't decide the p95.
	typedQueries = 60
	mostTyped    = 12 // characters: longer queries are pasted
)

// BenchmarkVisit measures a first visit in Chromium, with an empty cache, and typing:
// milliseconds from the last key of real queries to their results, including the pause
// that waits for another key.
func BenchmarkVisit(b *testing.B) {
	dir, queries := newsIndex(b)
	base := start(b, dir)
	for name, path := range map[string]string{"home": "/", "results": "/search?q=" + url.QueryEscape("北约 东扩"),
		"browse": "/browse"} {
		b.Run(name, func(b *testing.B) {
			var v visit
			for b.Loop() {
				ctx := openBrowser(b)
				do(b, ctx, chromedp.Navigate(base+path), becomes(`document.readyState === "complete" &&
					performance.getEntriesByName("first-contentful-paint").length > 0`))
				v = ask[visit](b, ctx, visited)
			}
			if v.Foreign > 0 {
				b.Errorf("%d requests to another host", v.Foreign)
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(v.Requests), "requests")
			b.ReportMetric(v.Bytes/1024, "KB")
			b.ReportMetric(v.Painted, "painted-ms")
			b.ReportMetric(v.Loaded, "loaded-ms")
		})
	}
	b.Run("typing", func(b *testing.B) {
		queries = slices.DeleteFunc(slices.Clone(queries), func(q string) bool { return len([]rune(q)) > mostTyped })
		var took []float64
		for b.Loop() {
			ctx := openBrowser(b)
			do(b, ctx, chromedp.Navigate(base+"/search?q="+url.QueryEscape("北约")), chromedp.WaitVisible(hits),
				chromedp.Evaluate[chromedp.Void](watched))
			for i := range typedQueries {
				q := queries[i*len(queries)/typedQueries]
				do(b, ctx, chromedp.Evaluate[chromedp.Void](emptied), chromedp.KeyEvent(q), becomes("window.drawn > 0"))
				took = append(took, ask[float64](b, ctx, "window.drawn"))
			}
		}
		slices.Sort(took)
		b.ReportMetric(0, "ns/op")
		b.ReportMetric(took[len(took)/2], "p50-ms")
		b.ReportMetric(took[len(took)*95/100], "p95-ms")
	})
}

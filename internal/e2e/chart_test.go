package e2e

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// drag presses the mouse button at one position, moves to another and releases it.
func drag(x1, y1, x2, y2 float64) step {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		for _, e := range []input.DispatchMouseEventParams{
			{Type: input.DispatchMouseEventTypeMousePressed, X: x1, Y: y1, Button: input.MouseButtonLeft, Buttons: 1,
				ClickCount: 1},
			{Type: input.DispatchMouseEventTypeMouseMoved, X: (x1 + x2) / 2, Y: y2, Button: input.MouseButtonLeft,
				Buttons: 1},
			{Type: input.DispatchMouseEventTypeMouseMoved, X: x2, Y: y2, Button: input.MouseButtonLeft, Buttons: 1},
			{Type: input.DispatchMouseEventTypeMouseReleased, X: x2, Y: y2, Button: input.MouseButtonLeft,
				ClickCount: 1},
		} {
			if _, err := cdp.Call(ctx, tab, input.DispatchMouseEvent, e); err != nil {
				return err
			}
		}
		return nil
	})
}

// TestPeriods narrows the period with a bar, by dragging and by keyboard, and widens
// it again.
func TestPeriods(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(base+encode("/search?q=青禾大桥")), chromedp.WaitVisible(hits),
		chromedp.Evaluate[chromedp.Void](inPlace))
	place := func(i string) []float64 {
		return ask[[]float64](t, ctx, `(() => {
			const all = [...document.querySelectorAll(".slot")], r = all[`+i+`].getBoundingClientRect();
			return [r.x + r.width / 2, r.y + r.height / 2];
		})()`)
	}
	first, last := place("1"), place("all.length - 1")
	want := "/search?q=青禾大桥" + ask[string](t, ctx, `(() => {
		const all = document.querySelectorAll(".slot");
		return "&from=" + all[1].dataset.from + "&to=" + all[all.length - 1].dataset.to;
	})()`)
	do(t, ctx, drag(first[0], first[1], last[0], last[1]), becomes(`location.search.includes("from=")`))
	if got := path(t, ctx); got != want {
		t.Errorf("dragging over the chart leads to %s, want %s", got, want)
	}
	do(t, ctx, chromedp.Click(chromedp.CSS(".chart .up")), becomes(`!location.search.includes("from=")`))

	const month = `document.querySelector(".chart a:last-of-type .slot").dataset.from`
	from := ask[string](t, ctx, month)
	middle := place("all.length - 1")
	do(t, ctx, drag(middle[0], middle[1], middle[0], middle[1]), becomes(`location.search.includes("from=`+from+`")`))
	if got := ask[int](t, ctx, `document.querySelectorAll(".slot").length`); got < 28 || got > 31 {
		t.Errorf("a month has %d days", got)
	}

	// By keyboard: the chart is one tab stop, arrows move inside it, Shift selects a range.
	do(t, ctx, chromedp.Navigate(base+encode("/search?q=青禾大桥")), chromedp.WaitVisible(hits),
		chromedp.Evaluate[chromedp.Void](inPlace), chromedp.Evaluate[chromedp.Void](atEnd))
	tabTo(t, ctx, ".chart a")
	bars := ask[[]string](t, ctx,
		`[...document.querySelectorAll(".chart a .slot")].map((s) => s.dataset.from + "&to=" + s.dataset.to)`)
	do(t, ctx, chromedp.KeyEvent(kb.ArrowRight),
		chromedp.KeyEvent(kb.ArrowRight, chromedp.KeyModifiers(chromedp.ModifierShift)))
	chosen := ask[string](t, ctx, `document.querySelector(".chosen").getAttribute("visibility") + " " +
		document.getElementById("status").textContent`)
	if chosen != "visible "+bars[1][:10]+" – "+bars[2][len(bars[2])-10:] {
		t.Errorf("two bars chosen: %q", chosen)
	}
	do(t, ctx, pressEnter(), becomes(`location.search.includes("from=")`))
	if got, want := path(t, ctx), "/search?q=青禾大桥&from="+bars[1][:10]+"&to="+bars[2][len(bars[2])-10:]; got != want {
		t.Errorf("the keyboard leads to %s, want %s", got, want)
	}
	if !ask[bool](t, ctx, "window.drawnOnce === true") {
		t.Error("the page was reloaded")
	}
}

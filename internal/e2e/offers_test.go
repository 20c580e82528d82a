package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestOffersByKeyboard types a date after the words, which finds nothing, and follows the
// offer of the filter by date by keyboard. So it leaves a search for words anywhere.
func TestOffersByKeyboard(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(base+encode("/search?q=青禾大桥")), chromedp.WaitVisible(hits),
		chromedp.Evaluate[chromedp.Void](atEnd), chromedp.KeyEvent(" 2025年9月"),
		becomes(`document.querySelector("#list .empty .reasons") !== null`))
	tabTo(t, ctx, "[href*='from=2025-09-01']")
	do(t, ctx, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(hits))
	if got := path(t, ctx); got != "/search?q=青禾大桥&from=2025-09-01&to=2025-09-30" {
		t.Errorf("the offer leads to %s", got)
	}
	do(t, ctx, chromedp.Navigate(base+encode("/search?q=青禾大桥&match=anywhere")), chromedp.WaitVisible(hits))
	tabTo(t, ctx, ".chips a")
	do(t, ctx, chromedp.KeyEvent(kb.Enter), chromedp.WaitNotPresent(chromedp.CSS(".chips")),
		chromedp.WaitVisible(hits))
	if got := path(t, ctx); got != "/search?q=青禾大桥" {
		t.Errorf("the way back leads to %s", got)
	}
}

// TestLiveSearchKeepsWordsAnywhere checks that typing on keeps the choice of words
// anywhere.
func TestLiveSearchKeepsWordsAnywhere(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(base+encode("/search?q=青禾&match=anywhere")), chromedp.WaitVisible(hits),
		chromedp.Evaluate[chromedp.Void](atEnd), chromedp.KeyEvent("大桥"),
		becomes(`decodeURIComponent(location.search) === "?q=青禾大桥&match=anywhere"`))
	if !ask[bool](t, ctx, `document.querySelector(".chips a") !== null`) {
		t.Error("the page doesn't say that words may be anywhere")
	}
}

package main

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestSignInByKeyboard signs a reader in who followed a link, and out again.
func TestSignInByKeyboard(t *testing.T) {
	base, secret := serveWithKeys(t)
	ctx := openBrowser(t)
	do(t, ctx, chromedp.EmulateViewport(320, 800))
	fits := func(when string) {
		t.Helper()
		if got := ask[int](t, ctx, "document.documentElement.scrollWidth"); got > 320 {
			t.Errorf("%s: %d wide on a screen of 320", when, got)
		}
	}
	do(t, ctx, chromedp.Navigate(base+encode("/search?q=青禾大桥&by=paragraph")), chromedp.WaitVisible(chromedp.CSS("#key")))
	fits("asked for a key")
	do(t, ctx, chromedp.KeyEvent("xunwen_wrong"), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS("#wrong")))
	fits("with a wrong key")
	if got := ask[string](t, ctx, "document.activeElement.id"); got != "key" {
		t.Errorf("after a wrong key the focus is in %q", got)
	}
	do(t, ctx, chromedp.KeyEvent(secret), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(hits))
	if got := path(t, ctx); got != "/search?q=青禾大桥&by=paragraph" {
		t.Errorf("signing in leads to %s", got)
	}
	fits("signed in")
	if got := ask[string](t, ctx, "document.cookie"); got != "" {
		t.Errorf("a script can read %q", got)
	}
	do(t, ctx, chromedp.Click(chromedp.CSS(".foot button")), chromedp.WaitVisible(chromedp.CSS("#key")))
	do(t, ctx, chromedp.Navigate(base+"/"), chromedp.WaitVisible(chromedp.CSS("#key")))
}

// TestSignedOutWhileTyping: results that follow the typing give way to the page
// for signing in.
func TestSignedOutWhileTyping(t *testing.T) {
	base, secret := serveWithKeys(t)
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(base+encode("/search?q=青禾")), chromedp.WaitVisible(chromedp.CSS("#key")),
		chromedp.KeyEvent(secret), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(hits),
		chromedp.Evaluate[chromedp.Void](`fetch("/signout", {method: "POST"}).then(() => { document.title = "out" })`), becomes(`document.title === "out"`),
		chromedp.SendKeys(entry, "大桥"), chromedp.WaitVisible(chromedp.CSS("#key")))
	if got := path(t, ctx); got != "/search?q=大桥青禾" { // typed before what was there
		t.Errorf("signed out at %s", got)
	}
}

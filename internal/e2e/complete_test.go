package e2e

import (
	"context"
	"net/url"
	"slices"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	offered   = `[...document.querySelectorAll("#completions li > :first-child")].map((w) => w.textContent)`
	isOffered = `!document.getElementById("completions").hidden`
	isClosed  = `document.getElementById("completions").hidden`
	pointed   = `(document.getElementById(document.getElementById("q").getAttribute("aria-activedescendant")) ||
		{firstChild: {textContent: ""}}).firstChild.textContent`
	emptyBox = `(() => { const q = document.getElementById("q"); q.value = ""; q.focus(); })()`
	boxRoles = `["role", "aria-expanded", "aria-controls", "aria-activedescendant"].map((a) =>
		document.getElementById("q").getAttribute(a)).join(" ")`
	chooseBridge = `[...document.querySelectorAll("#completions li")].find((o) =>
		o.firstChild.textContent === "大桥").click()`
)

// TestCompletions checks that the word at the caret is completed, by characters
// and by pinyin, that the rest of the query stays, and that the choice searches.
func TestCompletions(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(base+"/"), chromedp.WaitVisible(entry), chromedp.KeyEvent("标题：qinghe -轮渡"))
	// The caret is after qinghe.
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.getElementById("q").setSelectionRange(9, 9)`),
		chromedp.KeyEvent(kb.ArrowDown), becomes(isOffered+" && "+offered+`[0] === "青禾"`))
	if ask[string](t, ctx, pointed) == "" { // else they were offered before the key, which points to the first then
		do(t, ctx, chromedp.KeyEvent(kb.ArrowDown))
	}
	if got := ask[string](t, ctx, pointed); got != "青禾" {
		t.Errorf("the first key down points to %q", got)
	}
	do(t, ctx, pressEnter(), chromedp.WaitVisible(chromedp.CSS("#list")))
	if got := path(t, ctx); got != "/search?q=标题：青禾+-轮渡" {
		t.Errorf("the choice leads to %s", got)
	}
}

// TestCompletionsSearchEverywhere presses Enter on a completion on each kind of page.
func TestCompletionsSearchEverywhere(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	for _, name := range []string{"home", "results", "context", "article", "browse", "issue", "compare", "help", "api",
		"lost", "empty", "error"} {
		do(t, ctx, chromedp.Navigate(base+encode(states[name])), chromedp.WaitVisible(entry),
			chromedp.Evaluate[chromedp.Void](emptyBox),
			chromedp.KeyEvent("青"), becomes(isOffered), chromedp.KeyEvent(kb.ArrowDown))
		word := ask[string](t, ctx, pointed)
		// The language link names the page that is shown.
		searched := url.QueryEscape("/search?q=" + url.QueryEscape(word))
		do(t, ctx, pressEnter(), chromedp.WaitVisible(chromedp.CSS(`#language[href*="`+searched+`"]`)))
	}
}

func TestCompletionsByKeyAndPointer(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(base+"/"), chromedp.WaitVisible(entry), chromedp.KeyEvent("青"), becomes(isOffered))
	words := ask[[]string](t, ctx, offered)
	do(t, ctx, becomes(`document.getElementById("status").textContent.includes("`+string(rune('0'+len(words)))+`")`))
	do(t, ctx, chromedp.KeyEvent(kb.ArrowUp))
	if got := ask[string](t, ctx, pointed); got != words[len(words)-1] {
		t.Errorf("a key up points to %q, not to the last", got)
	}
	do(t, ctx, chromedp.KeyEvent(kb.ArrowDown))
	if got := ask[string](t, ctx, pointed); got != "" {
		t.Errorf("below the last comes %q, not the box", got)
	}
	do(t, ctx, chromedp.KeyEvent(kb.Escape), becomes(isClosed))
	if got := ask[string](t, ctx, boxState); got != "q 青 1" {
		t.Errorf("Esc left %q", got)
	}
	if got := ask[string](t, ctx, boxRoles); got != "combobox false completions " {
		t.Errorf("closed, the box is %q", got)
	}

	at := slices.Index(words, "青禾")
	do(t, ctx, chromedp.KeyEvent(kb.ArrowDown), becomes(isOffered),
		chromedp.Click(chromedp.CSS("#completions li:nth-child("+string(rune('1'+at))+")")), chromedp.WaitVisible(hits))
	if got := path(t, ctx); got != "/search?q=青禾" {
		t.Errorf("a click on the first page's completion leads to %s", got)
	}

	// Among results, a completion is a search that follows.
	do(t, ctx, chromedp.Evaluate[chromedp.Void](atEnd), chromedp.KeyEvent(" 大"), becomes(isOffered),
		chromedp.Evaluate[chromedp.Void](chooseBridge),
		becomes(shows+`"“青禾 大桥”的搜索结果"`))
	if got := ask[string](t, ctx, boxState); got != "q 青禾 大桥 5" {
		t.Errorf("after the click: %q", got)
	}
}

func TestNoCompletionsWhileComposing(t *testing.T) {
	g := openGate(t, serveSamples(t))
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(g.address+"/"), chromedp.WaitVisible(entry), compose("qing"), compose("qinghe"),
		choose("青"), becomes(isOffered))
	if got := g.queries(); !slices.Equal(got, []string{"/api/v1/suggest 青"}) {
		t.Errorf("asked for %q", got)
	}
}

// pressEnter presses Enter as a keyboard does: a handler that consumes the key-down
// event consumes the whole key press.
func pressEnter() step {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		down, up := input.DispatchKeyEventTypeKeyDown, input.DispatchKeyEventTypeKeyUp
		for _, kind := range []input.DispatchKeyEventType{down, up} {
			p := input.DispatchKeyEventParams{Type: kind, Key: "Enter", Code: "Enter",
				WindowsVirtualKeyCode: 13, NativeVirtualKeyCode: 13}
			if kind == down {
				p.Text = "\r"
			}
			if _, err := cdp.Call(ctx, tab, input.DispatchKeyEvent, p); err != nil {
				return err
			}
		}
		return nil
	})
}

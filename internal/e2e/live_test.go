package e2e

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// gate is a proxy in front of searchd. It records the queries and never answers some
// of them.
type gate struct {
	address string
	gone    chan string // the silent queries that the browser has cancelled

	mu    sync.Mutex
	asked []string // path and query
}

func openGate(t *testing.T, base string, silent ...string) *gate {
	target, err := url.Parse(base)
	if err != nil {
		t.Fatal(err)
	}
	g := &gate{gone: make(chan string, 100)}
	proxy := httputil.NewSingleHostReverseProxy(target)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if q := r.URL.Query().Get("q"); q != "" {
			g.mu.Lock()
			g.asked = append(g.asked, r.URL.Path+" "+q)
			g.mu.Unlock()
			if r.URL.Path == "/search" && slices.Contains(silent, q) {
				<-r.Context().Done()
				g.gone <- q
				return
			}
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	g.address = server.URL
	return g
}

// abandoned waits until the browser gives up a silent query, and returns it.
func (g *gate) abandoned(t *testing.T) string {
	t.Helper()
	return receive(t, g.gone, "the browser still waits for an answer that it no longer needs")
}

func (g *gate) queries() []string {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.asked)
}

// becomes waits until a script evaluates to true.
func becomes(script string) step {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Run(ctx, chromedp.Poll[bool](script, chromedp.WithPollingTimeout(0)))
		return err
	})
}

// compose types as an input method does before a candidate is chosen.
func compose(text string) step {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		n := int64(len(text))
		_, err := cdp.Call(ctx, tab, input.ImeSetComposition,
			input.ImeSetCompositionParams{Text: text, SelectionStart: n, SelectionEnd: n})
		return err
	})
}

// choose inserts a text at once, as an input method does in the end.
func choose(text string) step {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, input.InsertText, input.InsertTextParams{Text: text})
		return err
	})
}

const (
	selectAll = `(() => { const q = document.getElementById("q"); q.focus(); q.select(); })()`

	atEnd = `(() => {
		const q = document.getElementById("q");
		q.focus();
		q.setSelectionRange(q.value.length, q.value.length);
	})()`
	inPlace  = `window.drawnOnce = true` // gone once another page is loaded
	heading  = `document.getElementById("heading").textContent`
	shows    = heading + ` === `
	boxState = `[document.activeElement.id, document.getElementById("q").value,
		document.getElementById("q").selectionStart].join(" ")`
)

// holdPauses makes timers of a second or more wait for pause, so that a test
// decides when the reader has stopped typing, however slow the machine is.
func holdPauses() step {
	const script = `(() => {
		const set = window.setTimeout.bind(window), clear = window.clearTimeout.bind(window);
		const held = new Map();
		window.setTimeout = (f, ms, ...args) => {
			if (ms < 1000) return set(f, ms, ...args);
			const id = -1 - held.size - performance.now();
			held.set(id, f);
			return id;
		};
		window.clearTimeout = (id) => held.delete(id) || clear(id);
		window.pause = () => { const due = [...held.values()]; held.clear(); for (const f of due) f(); };
	})()`
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, page.AddScriptToEvaluateOnNewDocument,
			page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	})
}

var (
	pause  = chromedp.Evaluate[chromedp.Void]("pause()")
	goBack = chromedp.Evaluate[chromedp.Void]("history.back()")
)

func TestResultsFollowTheBox(t *testing.T) {
	g := openGate(t, serveSamples(t))
	ctx := openBrowser(t)
	do(t, ctx, holdPauses(), chromedp.Navigate(g.address+encode("/search?q=云汀湖")), chromedp.WaitVisible(hits),
		chromedp.Evaluate[chromedp.Void](inPlace), chromedp.Evaluate[chromedp.Void](atEnd),
		chromedp.KeyEvent(" 治理"), becomes(shows+`"“云汀湖 治理”的搜索结果"`))
	if got := path(t, ctx); got != "/search?q=云汀湖+治理" {
		t.Errorf("while typing the address is %s", got)
	}
	if got := ask[string](t, ctx, boxState); got != "q 云汀湖 治理 6" {
		t.Errorf("focus, text and caret are %q", got)
	}
	do(t, ctx, chromedp.KeyEvent("方案"), becomes(shows+`"“云汀湖 治理方案”的搜索结果"`))
	if got := ask[int](t, ctx, "history.length"); got != 3 {
		t.Errorf("the history has %d entries, want the blank page, the page that was loaded and what was typed", got)
	}

	do(t, ctx, chromedp.KeyEvent(kb.Enter))
	if got := path(t, ctx); got != "/search?q=云汀湖+治理方案" {
		t.Errorf("Enter leads to %s", got)
	}
	do(t, ctx, goBack, becomes(shows+`"“云汀湖”的搜索结果"`))
	if got := ask[string](t, ctx, `document.getElementById("q").value + " " + document.title`); got != "云汀湖 云汀湖 · 寻闻" {
		t.Errorf("back leads to %q", got)
	}
	do(t, ctx, chromedp.Evaluate[chromedp.Void]("history.forward()"), becomes(shows+`"“云汀湖 治理方案”的搜索结果"`))
	if !ask[bool](t, ctx, "window.drawnOnce === true") {
		t.Error("the page was reloaded")
	}
	const list = `document.getElementById("list").querySelector(".hits, .empty").innerHTML.replace(/\s+/g, " ")`
	live := ask[string](t, ctx, list)
	do(t, ctx, chromedp.Navigate(ask[string](t, ctx, "location.href")), chromedp.WaitVisible(chromedp.CSS("#list")))
	if got := ask[string](t, ctx, list); got != live {
		t.Errorf("a reload shows\n%s\nand not\n%s", got, live)
	}
}

// keepAnnouncements keeps what is announced to screen readers: completions, which arrive at any
// time, may follow the number of hits.
const keepAnnouncements = `{
  const status = document.getElementById("status");
  window.announced = [];
  new MutationObserver(() => announced.push(status.textContent)).observe(status, {childList: true, subtree: true});
}`

// TestBackReturnsToWhatWasTyped types queries, pauses at some, and checks that
// Back returns to those, in the reverse order, and to no other.
func TestBackReturnsToWhatWasTyped(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	follows := func(query string) step { return becomes(shows + `"“` + query + `”的搜索结果"`) }
	replace := func(query string) step {
		return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
			return chromedp.Do(ctx,
				chromedp.Evaluate[chromedp.Void](selectAll),
				chromedp.KeyEvent(query), follows(query))
		})
	}
	do(t, ctx, holdPauses(), chromedp.Navigate(base+encode("/search?q=轮渡")), chromedp.WaitVisible(hits),
		chromedp.Evaluate[chromedp.Void](keepAnnouncements),
		replace("青禾"), replace("青禾大桥"), pause, // announced and looked at
		becomes(`announced.some((text) => text.includes("篇"))`),
		replace("云汀湖"), replace("茶"), pause,
		replace("大桥"), pressEnter(),
		replace("流量"))
	for _, query := range []string{"大桥", "茶", "青禾大桥", "轮渡"} {
		do(t, ctx, goBack, follows(query))
		if got := ask[string](t, ctx, `document.getElementById("q").value`); got != query {
			t.Errorf("the box has %q with the results for %q", got, query)
		}
	}
}

// TestOpenedHitKeepsItsSearch checks that Back from a hit that was found
// by typing returns to what was typed, and then to the search before.
func TestOpenedHitKeepsItsSearch(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	do(t, ctx, holdPauses(), chromedp.Navigate(base+encode("/search?q=轮渡")), chromedp.WaitVisible(hits),
		chromedp.Evaluate[chromedp.Void](selectAll),
		chromedp.KeyEvent("青禾大桥"), becomes(shows+`"“青禾大桥”的搜索结果"`),
		chromedp.Click(chromedp.CSS(".hits h2 a")), chromedp.WaitVisible(story),
		chromedp.NavigateBack(), chromedp.WaitVisible(hits), becomes(shows+`"“青禾大桥”的搜索结果"`),
		goBack, becomes(shows+`"“轮渡”的搜索结果"`))
}

func TestOnlyTheLastSearchIsShown(t *testing.T) {
	g := openGate(t, serveSamples(t), "青禾")
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(g.address+encode("/search?q=轮渡")), chromedp.WaitVisible(hits),
		chromedp.Evaluate[chromedp.Void](selectAll),
		choose("青禾"), becomes(`document.getElementById("list").getAttribute("aria-busy") === "true"`))
	if got := ask[string](t, ctx, heading); got != "“轮渡”的搜索结果" {
		t.Errorf("while waiting the page shows %s", got)
	}
	do(t, ctx, chromedp.KeyEvent("大桥"), becomes(shows+`"“青禾大桥”的搜索结果"`))
	if q := g.abandoned(t); q != "青禾" {
		t.Errorf("given up: %q", q)
	}
	if ask[bool](t, ctx, `document.getElementById("list").hasAttribute("aria-busy")`) {
		t.Error("the page still waits")
	}
}

// TestDeletedInputIsNotShown checks that typing and deleting a character leaves the
// results for the text in the box.
func TestDeletedInputIsNotShown(t *testing.T) {
	g := openGate(t, serveSamples(t), "青禾大桥")
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(g.address+encode("/search?q=青禾大")), chromedp.WaitVisible(hits),
		chromedp.Evaluate[chromedp.Void](atEnd),
		chromedp.KeyEvent("桥"), becomes(`document.getElementById("list").getAttribute("aria-busy") === "true"`),
		chromedp.KeyEvent(kb.Backspace), becomes(`!document.getElementById("list").hasAttribute("aria-busy")`))
	if q := g.abandoned(t); q != "青禾大桥" {
		t.Errorf("given up: %q", q)
	}
	if got := ask[string](t, ctx, heading); got != "“青禾大”的搜索结果" {
		t.Errorf("the page shows %s", got)
	}
}

func TestInputMethodIsNotInterrupted(t *testing.T) {
	g := openGate(t, serveSamples(t))
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(g.address+encode("/search?q=轮渡")), chromedp.WaitVisible(hits),
		chromedp.Evaluate[chromedp.Void](atEnd),
		chromedp.KeyEvent(" "), compose("q"), compose("qing"), compose("qinghe"))
	if got := ask[string](t, ctx, `document.getElementById("q").value`); got != "轮渡 qinghe" {
		t.Fatalf("composing wrote %q", got)
	}
	do(t, ctx, choose("青禾"), becomes(shows+`"“轮渡 青禾”的搜索结果"`))
	for _, q := range g.queries() {
		text, ok := strings.CutPrefix(q, "/search ")
		if ok && strings.TrimSpace(text) != "轮渡" && text != "轮渡 青禾" {
			t.Errorf("searched for %q before the input method was done", q)
		}
	}
}

// TestFiltersKeepFocusAndScroll checks that setting a filter by keyboard keeps the
// focus, open sections and the scroll position, and that removing a chip moves the
// focus to the next.
func TestFiltersKeepFocusAndScroll(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	const value = `[name=page_name]:not(:checked)`
	do(t, ctx, chromedp.EmulateViewport(1280, 500), chromedp.Navigate(base+encode("/search?q=青禾大桥")),
		chromedp.WaitVisible(hits),
		chromedp.Evaluate[chromedp.Void](inPlace),
		chromedp.Evaluate[chromedp.Void](`document.getElementById("further").open = true;
			document.querySelector("`+value+`").focus(); scrollTo(0, 300)`))
	name := ask[string](t, ctx, "document.activeElement.value")
	do(t, ctx, chromedp.KeyEvent(" "), becomes(`location.search.includes("page_name=")`))
	const state = `[document.activeElement.value, document.activeElement.checked,
		document.getElementById("further").open, scrollY].join(" ")`
	if got := ask[string](t, ctx, state); got != name+" true true 300" {
		t.Errorf("focus, tick, open section and scroll position are %q", got)
	}
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector("[name=publication]").focus()`),
		chromedp.KeyEvent(" "),
		becomes(`document.querySelectorAll(".chips li").length === 3`), // two filters and what clears both
		chromedp.Evaluate[chromedp.Void](`document.querySelector(".chips a").focus()`), pressEnter(),
		becomes(`document.querySelectorAll(".chips li").length === 1`))
	if !ask[bool](t, ctx, `document.activeElement.matches(".chips a") && window.drawnOnce`) {
		t.Error("the focus is not at the chip that is left")
	}
}

// TestUnfinishedQueriesAreNoErrors checks that an invalid query shows no error while
// it is typed, but does on Enter.
func TestUnfinishedQueriesAreNoErrors(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(base+encode("/search?q=轮渡")), chromedp.WaitVisible(hits),
		chromedp.Evaluate[chromedp.Void](atEnd),
		chromedp.KeyEvent(" OR"), becomes(shows+`"“轮渡 OR”的搜索结果"`))
	if ask[bool](t, ctx, `document.querySelector(".notice") !== null`) {
		t.Error("an unfinished query is an error")
	}
	do(t, ctx, pressEnter(), chromedp.WaitVisible(chromedp.CSS(".notice")))
	if got := path(t, ctx); got != "/search?q=轮渡+OR" {
		t.Errorf("the committed search is at %s", got)
	}
}

func TestServerOutOfReach(t *testing.T) {
	g := openGate(t, serveSamples(t))
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(g.address+encode("/search?q=轮渡")), chromedp.WaitVisible(hits),
		chromedp.Evaluate[chromedp.Void](atEnd),
		chromedp.Evaluate[chromedp.Void](`window.online = fetch;
			window.fetch = () => Promise.reject(new TypeError("offline"))`),
		chromedp.KeyEvent(" 青禾"), becomes(`document.querySelector("#list .empty") !== null`))
	if got := ask[string](t, ctx, `document.querySelector("#list h1").textContent`); got != "没有连上服务器" {
		t.Errorf("the page says %q", got)
	}
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`window.fetch = online`), pressEnter(), becomes(shows+`"“轮渡 青禾”的搜索结果"`))
}

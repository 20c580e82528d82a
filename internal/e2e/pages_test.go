package e2e

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const (
	hits  = chromedp.CSS(".hits")
	story = chromedp.CSS(".story")
	entry = chromedp.CSS("#q")
)

func path(t *testing.T, ctx context.Context) string {
	t.Helper()
	return ask[string](t, ctx, "location.pathname + decodeURIComponent(location.search) + location.hash")
}

// tabTo presses Tab until the focused element matches a selector.
func tabTo(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	const most = 40 // a page that needs more can't be used by keyboard
	for range most {
		do(t, ctx, chromedp.KeyEvent(kb.Tab))
		if ask[bool](t, ctx, fmt.Sprintf("document.activeElement.matches(%q)", selector)) {
			return
		}
	}
	t.Fatalf("%d tabs don't reach %s", most, selector)
}

func TestKeyboardFromBoxToArticleAndBack(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	// On the home page, the box has the focus.
	do(t, ctx, chromedp.Navigate(base+"/"), becomes(`document.activeElement.id === "q"`))
	do(t, ctx, chromedp.KeyEvent("里亚布科夫"), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(hits))
	if got := path(t, ctx); got != "/search?q=里亚布科夫" {
		t.Errorf("the results are at %s", got)
	}
	marked := ask[[]string](t, ctx, "[...document.querySelectorAll('.hits h2 mark')].map(m => m.textContent)")
	if len(marked) != 1 || marked[0] != "里亚布科夫" {
		t.Errorf("marked in the title: %q", marked)
	}

	tabTo(t, ctx, "#side .skip")
	do(t, ctx, chromedp.KeyEvent(kb.Enter))
	tabTo(t, ctx, ".place:last-of-type a")
	do(t, ctx, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(story))
	if got := path(t, ctx); got != "/articles/plain+id?q=里亚布科夫#p2" {
		t.Errorf("the article is at %s", got)
	}
	if got := ask[string](t, ctx, "document.querySelector(':target mark').textContent"); got != "里亚布科夫" {
		t.Errorf("marked in the paragraph: %q", got)
	}

	do(t, ctx, chromedp.Click(chromedp.CSS(".back a")), chromedp.WaitVisible(hits))
	if got := path(t, ctx); got != "/search?q=里亚布科夫#a-plain%2Bid" && got != "/search?q=里亚布科夫#a-plain+id" {
		t.Errorf("the way back leads to %s", got)
	}
	if !ask[bool](t, ctx, "document.querySelector(':target') !== null") {
		t.Error("the way back does not lead to the hit")
	}
	do(t, ctx, chromedp.NavigateBack(), chromedp.WaitVisible(story), chromedp.NavigateBack(),
		chromedp.WaitVisible(hits))
	if got := ask[string](t, ctx, "document.getElementById('q').value"); got != "里亚布科夫" {
		t.Errorf("after going back the box holds %q", got)
	}

	do(t, ctx, chromedp.Evaluate[chromedp.Void]("document.activeElement.blur()"), chromedp.KeyEvent("/"))
	if got := ask[string](t, ctx, "document.activeElement.id"); got != "q" {
		t.Errorf("/ goes to %q", got)
	}
	do(t, ctx, chromedp.KeyEvent(kb.Escape))
	if got := ask[string](t, ctx, "document.getElementById('q').value"); got != "" {
		t.Errorf("Esc leaves %q in the box", got)
	}
}

func TestFiltersInTheAddress(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(base+encode("/search?q=青禾大桥&by=paragraph")), chromedp.WaitVisible(hits),
		chromedp.Click(chromedp.CSS("[name=publication][value=青禾晚报]")), chromedp.WaitVisible(chromedp.CSS(".chips")))
	if got := path(t, ctx); got != "/search?q=青禾大桥&by=paragraph&publication=青禾晚报" {
		t.Errorf("filtered results are at %s", got)
	}
	do(t, ctx, chromedp.Click(chromedp.CSS(".chips a")), chromedp.WaitNotPresent(chromedp.CSS(".chips")),
		chromedp.WaitVisible(hits))
	if got := path(t, ctx); got != "/search?q=青禾大桥&by=paragraph" {
		t.Errorf("without the filter the results are at %s", got)
	}
	first := ask[string](t, ctx, "document.querySelector('.hits').textContent")
	do(t, ctx, chromedp.Click(chromedp.CSS(".pages a[rel=next]")),
		chromedp.WaitVisible(chromedp.CSS(".pages a:not([rel])")))
	if second := ask[string](t, ctx, "document.querySelector('.hits').textContent"); second == first {
		t.Error("the next page shows the same hits")
	}
	do(t, ctx, chromedp.Click(chromedp.CSS(".pages a:not([rel])")),
		chromedp.WaitNotPresent(chromedp.CSS(".pages a:not([rel])")), chromedp.WaitVisible(hits))
	if again := ask[string](t, ctx, "document.querySelector('.hits').textContent"); again != first {
		t.Error("the first page has changed")
	}
}

func TestWithoutJavaScript(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetScriptExecutionDisabled,
			emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	}))
	do(t, ctx, chromedp.Navigate(base+"/"), chromedp.WaitVisible(entry))
	if !ask[bool](t, ctx, "document.getElementById('theme').hidden") {
		t.Error("the colour switch is shown but can't work")
	}
	do(t, ctx, chromedp.SendKeys(entry, "青禾大桥"), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(hits),
		chromedp.Click(chromedp.CSS(".near-duplicates summary")),
		chromedp.WaitVisible(chromedp.CSS(".near-duplicates a")),
		chromedp.Click(chromedp.CSS("[name=publication][value=临江日报]")), chromedp.Click(chromedp.CSS(".apply")),
		chromedp.WaitVisible(chromedp.CSS(".chips")),
		chromedp.Click(chromedp.CSS(".chart a .bar")), chromedp.WaitVisible(chromedp.CSS(".chart .up")),
		chromedp.Click(chromedp.CSS(".hits h2 a")), chromedp.WaitVisible(story))
	if n := ask[int](t, ctx, "document.querySelectorAll('.story mark').length"); n == 0 {
		t.Error("nothing is marked in the article")
	}
	if !ask[bool](t, ctx, `document.getElementById("after").hidden && document.querySelector("#cite button").hidden`) {
		t.Error("buttons are shown that can't work")
	}
	do(t, ctx, chromedp.Click(chromedp.CSS("#at")), chromedp.WaitVisible(chromedp.CSS("mark:target")),
		chromedp.Navigate(base+"/compare"),
		chromedp.SendKeys(chromedp.CSS(".entries input"), "青禾大桥"), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible(chromedp.CSS(".strip")), chromedp.Click(chromedp.CSS("#language")),
		chromedp.WaitVisible(chromedp.CSS("html[lang=en] .strip")))
}

// states are the addresses of the pages to check, by name.
var states = map[string]string{
	"home":       "/",
	"results":    "/search?q=云汀湖 治理",
	"filtered":   "/search?q=青禾大桥&publication=青禾晚报&publication=临江日报&from=2025-01-01&kind=body&sort=newest",
	"paragraph":  "/search?q=云汀湖 治理&by=paragraph",
	"article":    "/articles/ljrb-20250312-01-1?q=青禾大桥",
	"versions":   "/articles/qhwb-20260210-01-1/versions",
	"reprinted":  "/search?q=大桥&sort=reprinted",
	"table":      "/articles/yts-20260312-02-1?q=流量",
	"target":     "/articles/jpzk-20260228-04-1?q=轮渡#p4",
	"hostile":    "/articles/hostile%2F1%3F%23%25?q=onerror",
	"context":    "/search?q=青禾大桥&view=kwic&sort=oldest",
	"compare":    "/compare?q=青禾大桥&q=云汀湖&q=茶&interval=month",
	"shares":     "/compare?q=青禾大桥&q=云汀湖&unit=share&from=2026-01-01",
	"days":       "/compare?q=青禾大桥&interval=day",
	"compared":   "/compare",
	"batch":      "/batch",
	"uncompared": "/compare?q=大桥&q=大桥 OR",
	"empty":      "/search?q=青禾大桥 禹都太空梯&publication=青禾晚报",
	"reasons":    "/search?q=title:夜间轮渡 云汀湖 -\"治理 轮渡\"&publication=青禾晚报&from=2025-03-01&to=2025-04-30",
	"named":      "/search?q=《临江日报》",
	"offers":     "/search?q=2026年",
	"dated":      "/search?q=2025年9月 青禾大桥",
	"byline":     "/search?q=沈亦舟",
	"author":     "/articles/ljrb-20250918-01-1?q=沈亦舟",
	"together":   "/search?q=治理云汀湖",
	"anywhere":   "/search?q=青禾大桥通车&match=anywhere",
	"error":      "/search?q=青禾大桥 OR",
	"long":       "/search?q=" + strings.Repeat("LongWordWithoutAnyBreak", 12),
	"lost":       "/nowhere",
	"help":       "/help",
	"apart":      "/search?q=青禾大桥 流量 云汀湖",
	"meant":      "/search?q=青和大桥",
	"browse":     "/browse",
	"calendar":   "/browse?publication=临江日报",
	"issue":      "/browse?publication=临江日报&date=2025-09-18",
	"page":       "/browse?publication=临江日报&date=2025-09-18&page=1",
	"api":        "/docs/api",
}

func TestNothingIsWiderThanTheScreen(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	for _, width := range []int64{320, 360, 640, 768, 1280} {
		do(t, ctx, chromedp.EmulateViewport(width, 800))
		for name, address := range states {
			do(t, ctx, chromedp.Navigate(base+encode(address)))
			if name == "filtered" {
				do(t, ctx, chromedp.Evaluate[chromedp.Void]("document.querySelector('details').open = true"))
			}
			if got := ask[int64](t, ctx, "document.documentElement.scrollWidth"); got > width {
				t.Errorf("%s is %d wide on a screen of %d", name, got, width)
			}
		}
	}
}

// contrastScript returns the lowest contrast of a text with its background, computed
// as in WCAG 2, and that text.
const contrastScript = `(() => {
  const rgb = (s) => { const m = s.match(/[\d.]+/g).map(Number); return m.length > 3 && m[3] === 0 ? null : m; };
  const behind = (e) => {
    for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c) return c;
    }
    return [255, 255, 255];
  };
  const light = (c) => {
    const linear = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = c.slice(0, 3).map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let worst = [21, ""];
  for (const e of document.body.querySelectorAll("*")) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim()) || !e.checkVisibility()) continue;
    const [a, b] = [light(rgb(getComputedStyle(e).color)), light(behind(e))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < worst[0]) worst = [ratio, e.textContent.slice(0, 20)];
  }
  return {ratio: worst[0], text: worst[1], paper: light(behind(document.body))};
})()`

func TestColours(t *testing.T) {
	const enough = 4.5 // WCAG 2 AA for text
	type worst struct {
		Ratio float64 `json:"ratio"`
		Text  string  `json:"text"`
		Paper float64 `json:"paper"`
	}
	base := serveSamples(t)
	ctx := openBrowser(t)
	for _, colours := range []string{"light", "dark"} {
		do(t, ctx, scheme(colours))
		for name, address := range states {
			do(t, ctx, chromedp.Navigate(base+encode(address)))
			got := ask[worst](t, ctx, contrastScript)
			if got.Ratio < enough {
				t.Errorf("%s, %s: %q has a contrast of %.2f", name, colours, got.Text, got.Ratio)
			}
			if dark := got.Paper < 0.1; dark != (colours == "dark") {
				t.Errorf("%s, %s: the paper's luminance is %.2f", name, colours, got.Paper)
			}
		}
	}
	do(t, ctx, chromedp.Click(chromedp.CSS("#theme")), chromedp.Navigate(base+"/"))
	if got := ask[worst](t, ctx, contrastScript); got.Paper < 0.5 {
		t.Errorf("the reader's choice of light mode is lost on the next page (luminance %.2f)", got.Paper)
	}
}

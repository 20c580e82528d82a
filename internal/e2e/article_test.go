package e2e

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const bridge = "/articles/ljrb-20250312-01-1?q=青禾大桥"

// shownMatch evaluates to the count of matches and the selected match.
const shownMatch = `document.getElementById("at").textContent + " " +
	[...document.querySelectorAll("mark.current")].map((m) => m.id).join(" ")`

const (
	clickThirdTick = `document.querySelector(".rail a[href='#m3']").dispatchEvent(
		new MouseEvent("click", {bubbles: true, cancelable: true}))`
	pressNOutsideBox = `document.activeElement.blur();
		document.dispatchEvent(new KeyboardEvent("keydown", {key: "x"}));
		document.body.dispatchEvent(new KeyboardEvent("keydown", {key: "n", bubbles: true}))`
	description = `document.querySelector("script[type='application/ld+json']").textContent`
	keepCopied  = `document.addEventListener("copy", () => { window.copied = getSelection().toString(); });
		navigator.clipboard.writeText = (s) => { window.copied = s; return Promise.resolve(); }`
)

func TestMatchesByKeyAndButton(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(base+encode(bridge)), chromedp.WaitVisible(story))
	for _, s := range []struct {
		name string
		do   step
		want string
	}{
		{"n", chromedp.KeyEvent("n"), "1/5 m1"},
		{"n again", chromedp.KeyEvent("n"), "2/5 m2"},
		{"p", chromedp.KeyEvent("p"), "1/5 m1"},
		{"p before the first", chromedp.KeyEvent("p"), "5/5 m5"},
		{"the button after the last", chromedp.Click(chromedp.CSS("#after")), "1/5 m1"},
		{"the button back", chromedp.Click(chromedp.CSS("#before")), "5/5 m5"},
		{"a letter in the box", chromedp.SendKeys(entry, "n"), "5/5 m5"},
		{"a tick of the rail", chromedp.Evaluate[chromedp.Void](clickThirdTick), "5/5 "},
		{"n goes on from there", chromedp.Evaluate[chromedp.Void](pressNOutsideBox), "4/5 m4"},
		{"keys switched off", chromedp.Click(chromedp.CSS("#keys")), "4/5 m4"},
		{"n while they are off", chromedp.KeyEvent("n"), "4/5 m4"},
	} {
		do(t, ctx, s.do, becomes(shownMatch+` === "`+s.want+`"`))
	}
	if !ask[bool](t, ctx, `document.getElementById("status").textContent.includes("4")`) {
		t.Error("the match is not announced to screen readers")
	}
}

func TestMatchesFromAParagraph(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(base+encode(bridge)+"#p2"), chromedp.WaitVisible(story), chromedp.KeyEvent("n"))
	if got := ask[bool](t, ctx, `document.querySelector("#p2 mark").classList.contains("current")`); !got {
		t.Errorf("n after #p2 shows %s", ask[string](t, ctx, shownMatch))
	}
	if got := ask[string](t, ctx, `document.activeElement.tagName`); got != "MARK" {
		t.Errorf("after a key %s has the focus: a screen reader would continue elsewhere", got)
	}
}

// TestAddressThatIsNoEncoding checks that the scripts of an article work whatever follows
// the # of its address.
func TestAddressThatIsNoEncoding(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	for _, hash := range []string{"#%", "#%E9%9D", "#%zz"} {
		do(t, ctx, chromedp.Navigate("about:blank"), chromedp.Navigate(base+encode(bridge)+hash),
			chromedp.WaitVisible(story), chromedp.KeyEvent("n"))
		if got := ask[string](t, ctx, shownMatch); got != "1/5 m1" {
			t.Errorf("%s: n shows %s", hash, got)
		}
		if !ask[bool](t, ctx, `[...document.querySelectorAll("[data-copy]")].every((b) => !b.hidden)`) {
			t.Errorf("%s: citations can't be copied", hash)
		}
	}
}

// TestArticleForMachines checks the canonical address and the JSON-LD description,
// and that the content policy doesn't block the latter as a script.
func TestArticleForMachines(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{
			Source: `window.refused = [];
				document.addEventListener("securitypolicyviolation",
					(e) => window.refused.push(e.violatedDirective + " " + e.blockedURI));`})
		return err
	}), chromedp.Navigate(base+encode(bridge)), chromedp.WaitVisible(story))
	var data struct {
		Type   string `json:"@type"`
		URL    string `json:"url"`
		Title  string `json:"headline"`
		Day    string `json:"datePublished"`
		Page   string `json:"printPage"`
		Author []struct{ Name string }
	}
	if err := json.Unmarshal([]byte(ask[string](t, ctx, description)), &data); err != nil {
		t.Fatal(err)
	}
	address := base + "/articles/ljrb-20250312-01-1"
	if data.Type != "NewsArticle" || data.URL != address || data.Title != "青禾大桥主塔封顶" || data.Day != "2025-03-12" ||
		data.Page != "1" || len(data.Author) != 2 || data.Author[1].Name != "沈亦舟" {
		t.Errorf("the description of the article is %+v", data)
	}
	if got := ask[string](t, ctx, `document.querySelector("link[rel=canonical]").href`); got != address {
		t.Errorf("its canonical address is %s, want %s", got, address)
	}
	do(t, ctx, chromedp.Navigate(base+encode("/articles/hostile%2F1%3F%23%25?q=onerror")), chromedp.WaitVisible(story))
	if got := ask[[]string](t, ctx, "window.refused"); len(got) > 0 {
		t.Errorf("the policy refused %q", got)
	}
	if !ask[bool](t, ctx, `JSON.parse(`+description+`)["@type"] === "NewsArticle"`) {
		t.Error("a hostile article breaks its description")
	}
}

func TestCitationIsCopied(t *testing.T) {
	base := serveSamples(t)
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(base+encode(bridge)), chromedp.WaitVisible(story))
	tabTo(t, ctx, "#cite summary")
	do(t, ctx, chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(chromedp.CSS("#cite button")),
		chromedp.Evaluate[chromedp.Void](keepCopied),
		chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter), becomes(`window.copied !== undefined`))
	const want = "陆知夏, 沈亦舟. 青禾大桥主塔封顶[N]. 临江日报, 2025-03-12(1)."
	if got := ask[string](t, ctx, "window.copied"); got != want {
		t.Errorf("copied: %s, want %s", got, want)
	}
	if got := ask[string](t, ctx, "document.activeElement.textContent"); !strings.Contains(got, "已复制") {
		t.Errorf("the button says %s", got)
	}
}

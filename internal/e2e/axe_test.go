package e2e

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// axeVariable names the environment variable with the path of axe-core, which
// make e2e fetches.
const axeVariable = "XUNWEN_AXE"

// TestAxe checks every state of the pages with axe-core, in light and dark mode, in
// Chinese and English.
func TestAxe(t *testing.T) {
	name := os.Getenv(axeVariable)
	if name == "" {
		t.Skipf("%s is not set; make e2e fetches axe-core", axeVariable)
	}
	axe, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	guarded, secret := serveWithKeys(t)
	base := serveSamples(t)
	for _, language := range []string{"zh-CN", "en"} {
		for _, colours := range []string{"light", "dark"} {
			t.Run(language+" "+colours, func(t *testing.T) {
				l := looker{t, openBrowser(t), string(axe), language}
				do(t, l.ctx, scheme(colours), preferring(language))
				for _, width := range []int64{1280, 360} {
					do(t, l.ctx, chromedp.EmulateViewport(width, 800))
					for name, address := range states {
						l.look(name, base+encode(address))
					}
					l.look("completions", base+"/", chromedp.SendKeys(entry, "青"), becomes(isOffered))
				}
				l.look("sign in", guarded)
				l.look("a wrong key", guarded, chromedp.KeyEvent("wrong"), chromedp.KeyEvent(kb.Enter),
					chromedp.WaitVisible(chromedp.CSS("#wrong")))
				l.look("signed in", guarded, chromedp.KeyEvent(secret), chromedp.KeyEvent(kb.Enter),
					chromedp.WaitVisible(chromedp.CSS(".foot")))
			})
		}
	}
}

// looker checks pages with axe-core.
type looker struct {
	t        *testing.T
	ctx      context.Context
	axe      string
	language string
}

// look opens a page, runs some steps there and reports the violations found.
func (l looker) look(name, address string, steps ...step) {
	l.t.Helper()
	do(l.t, l.ctx, chromedp.Navigate(address), chromedp.Evaluate[chromedp.Void](openDetails))
	do(l.t, l.ctx, steps...)
	if got := ask[string](l.t, l.ctx, "document.documentElement.lang"); got != l.language {
		l.t.Errorf("%s is in %s", name, got)
	}
	do(l.t, l.ctx, chromedp.Evaluate[chromedp.Void](l.axe+"; undefined"))
	found, err := chromedp.Run(l.ctx, chromedp.Evaluate[[]string](axeScript, chromedp.EvalAwaitPromise))
	if err != nil {
		l.t.Fatal(err)
	}
	for _, violation := range found {
		l.t.Errorf("%s: %s", name, violation)
	}
}

// openDetails opens every details element: axe-core only checks visible content.
const openDetails = `for (const d of document.querySelectorAll("details")) d.open = true`

// serveWithKeys runs a searchd that requires a key and returns its secret.
func serveWithKeys(t *testing.T) (address, secret string) {
	t.Helper()
	secret, line := makeKey(t, "readers")
	file := filepath.Join(t.TempDir(), "keys")
	putFile(t, file, line)
	dir, err := sampleIndex()
	if err != nil {
		t.Fatal(err)
	}
	return start(t, dir, "--api-keys", file), secret
}

// preferring sets the language that the browser requests.
func preferring(language string) step {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{
			Headers: network.Headers{"Accept-Language": language}})
		return err
	})
}

// axeScript runs axe-core on the whole page and returns each violation with its
// elements.
const axeScript = `axe.run(document, {resultTypes: ["violations"]}).then((r) => r.violations.map((v) =>
  v.id + " (" + v.impact + "): " + v.help + ": " +
  v.nodes.map((n) => n.target.join(" ") + " " + n.html.slice(0, 120)).join("; ")))`

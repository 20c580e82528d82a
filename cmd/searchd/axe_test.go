package main

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// axeVariable names the file of axe-core, which make e2e fetches.
const axeVariable = "XUNWEN_AXE"

// TestAxe has axe-core look at every state of the pages, in light and dark, in
// Chinese and English.
func TestAxe(t *testing.T) {
	name := os.Getenv(axeVariable)
	if name == "" {
		t.Skipf("%s names no axe-core; make e2e fetches it", axeVariable)
	}
	axe, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{"sign in": serveWithKeys(t) + "/"}
	base := serveSamples(t)
	for name, address := range states {
		pages[name] = base + encode(address)
	}
	for _, language := range []string{"zh-CN", "en"} {
		for _, colours := range []string{"light", "dark"} {
			t.Run(language+" "+colours, func(t *testing.T) {
				ctx := openBrowser(t)
				do(t, ctx, scheme(colours), preferring(language))
				for name, address := range pages {
					do(t, ctx, chromedp.Navigate(address))
					if got := ask[string](t, ctx, "document.documentElement.lang"); got != language {
						t.Errorf("%s is in %s", name, got)
					}
					do(t, ctx, chromedp.Evaluate[chromedp.Void](string(axe)+"; undefined"))
					for _, found := range violations(t, ctx) {
						t.Errorf("%s: %s", name, found)
					}
				}
			})
		}
	}
}

// serveWithKeys runs a searchd that asks for a key.
func serveWithKeys(t *testing.T) string {
	t.Helper()
	_, line := makeKey(t, "readers")
	file := filepath.Join(t.TempDir(), "keys")
	putFile(t, file, line)
	dir, err := sampleIndex()
	if err != nil {
		t.Fatal(err)
	}
	return start(t, dir, "--api-keys", file)
}

// preferring makes the browser ask for pages in a language.
func preferring(language string) step {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{
			Headers: network.Headers{"Accept-Language": language}})
		return err
	})
}

// axeScript has axe-core look at the whole page and tells each violation with the
// elements that it is of.
const axeScript = `axe.run(document, {resultTypes: ["violations"]}).then((r) => r.violations.map((v) =>
  v.id + " (" + v.impact + "): " + v.help + ": " + v.nodes.map((n) => n.target.join(" ") + " " + n.html.slice(0, 120)).join("; ")))`

func violations(t *testing.T, ctx context.Context) []string {
	t.Helper()
	found, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](axeScript, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

package e2e

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"xunwen/internal/testtool"
)

// browserTime bounds one test in the browser, including the start of the browser.
// It is generous: only a hang should reach it, not a busy machine.
const browserTime = 8 * time.Minute

// openBrowser starts a Chromium with further options.
func openBrowser(t testing.TB, options ...chromedp.ExecAllocatorOption) context.Context {
	t.Helper()
	path := testtool.Require(t, "chromium")
	ctx, stop := context.WithTimeout(t.Context(), browserTime)
	t.Cleanup(stop)
	options = append([]chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.Headless,
		chromedp.NoSandbox,
		chromedp.DisableGPU,
		chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-features", "BackForwardCache"), // chromedp doesn't see pages that come back from it
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("lang", "zh-CN"),
		chromedp.Flag("accept-lang", "zh-CN"),
	}, options...)
	ctx, stopAllocator := chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stopAllocator)
	ctx, closeTab := chromedp.NewContext(ctx)
	t.Cleanup(closeTab)
	do(t, ctx, chromedp.EmulateViewport(1280, 800))
	return ctx
}

// step is something done in the browser.
type step = chromedp.Action[chromedp.Void]

func do(t testing.TB, ctx context.Context, steps ...step) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// ask returns what a script says of the page.
func ask[T any](t testing.TB, ctx context.Context, script string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return v
}

// scheme makes the reader prefer light or dark. Motion is off, so that no colour
// is looked at half way from one to the other.
func scheme(name string) step {
	return chromedp.Func(func(ctx context.Context, tab *chromedp.Target) error {
		_, err := cdp.Call(ctx, tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{
				{Name: "prefers-color-scheme", Value: name}, {Name: "prefers-reduced-motion", Value: "reduce"}}})
		return err
	})
}

var (
	screens = flag.String("screens", "", "folder to which TestScreens writes pictures of every state of the pages")
	reader  = flag.String("language", "zh-CN", "language of the pages in those pictures")
	only    = flag.String("states", "", "regular expression for the names of states to take pictures of")
)

// moments are states of the pages that something leads to, by name.
var moments = map[string]struct {
	address string
	steps   []step
}{
	"completions": {"/search?q=云汀湖", []step{chromedp.Evaluate[chromedp.Void](atEnd),
		chromedp.KeyEvent(" 青"), becomes(isOffered), chromedp.KeyEvent(kb.ArrowDown)}},
	"pinyin": {"/", []step{chromedp.WaitVisible(entry), chromedp.Evaluate[chromedp.Void](atEnd),
		chromedp.KeyEvent("qing"), becomes(isOffered)}},
	"waiting": {"/search?q=云汀湖", []step{chromedp.Evaluate[chromedp.Void](atEnd), chromedp.KeyEvent(" 治理"),
		becomes(`document.getElementById("list").getAttribute("aria-busy") === "true"`)}},
	"sheet": {"/search?q=青禾大桥&publication=青禾晚报", []step{
		chromedp.Evaluate[chromedp.Void](`document.getElementById("filters").open = true`)}},
	"near-duplicates": {"/search?q=青禾大桥", []step{chromedp.Evaluate[chromedp.Void](
		`document.querySelectorAll(".near-duplicates").forEach((d) => { d.open = true; d.scrollIntoView({block: "center"}); })`)}},
	"offline": {"/search?q=云汀湖", []step{chromedp.Evaluate[chromedp.Void](atEnd),
		chromedp.Evaluate[chromedp.Void](`window.fetch = () => Promise.reject(new TypeError("offline"))`),
		chromedp.KeyEvent(" 大桥"), becomes(`document.querySelector("#list .empty") !== null`)}},
}

// screen sets the size of the window. A narrow one is a phone's, whose scrollbars
// take up no space.
func screen(width int64) step {
	const narrow = 600
	if width < narrow {
		return chromedp.EmulateViewport(width, 800, chromedp.EmulateMobile)
	}
	return chromedp.EmulateViewport(width, 800)
}

// TestScreens takes pictures to be looked at; it runs when asked with -screens.
func TestScreens(t *testing.T) {
	if *screens == "" {
		t.Skip("no -screens folder given")
	}
	base := serveSamples(t)
	notReady := start(t, emptyFolder(t))
	slow := openGate(t, base, "云汀湖 治理")
	ctx := openBrowser(t)
	do(t, ctx, preferring(*reader))
	shoot := func(name, address string, width int64, steps ...step) {
		for _, colours := range []string{"light", "dark"} {
			do(t, ctx, screen(width), scheme(colours), chromedp.Navigate(address))
			do(t, ctx, steps...)
			picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(*screens,
				strings.Join([]string{name, colours, strconv.FormatInt(width, 10)}, "-")+".png")
			if err := os.WriteFile(file, picture, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	wanted := regexp.MustCompile(*only)
	for _, width := range []int64{360, 768, 1280, 1920} {
		for name, path := range states {
			if wanted.MatchString(name) {
				shoot(name, base+encode(path), width)
			}
		}
		if wanted.MatchString("unready") {
			shoot("unready", notReady+encode("/search?q=大桥"), width)
		}
		for name, m := range moments {
			if wanted.MatchString(name) {
				shoot(name, slow.address+encode(m.address), width, m.steps...)
			}
		}
	}
}

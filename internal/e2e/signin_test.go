package e2e

import (
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestSignIn uses the pages as a reader without JavaScript does.
func TestSignIn(t *testing.T) {
	dir, err := sampleIndex()
	if err != nil {
		t.Fatal(err)
	}
	secret, line := makeKey(t, "readers")
	other, otherLine := makeKey(t, "others")
	file := filepath.Join(t.TempDir(), "keys")
	putFile(t, file, line)
	p := launch(t, dir, io.Discard, "--api-keys", file, "--trusted-proxies", "127.0.0.1")
	c := newCaller(t, p.base)

	resp, body := c.get("/search?q=青禾大桥&by=paragraph")
	if resp.StatusCode != http.StatusUnauthorized || !strings.Contains(body, `action="/signin"`) ||
		!strings.Contains(body, `name="next" value="/search?q=%E9%9D%92%E7%A6%BE%E5%A4%A7%E6%A1%A5&amp;by=paragraph"`) {
		t.Errorf("a page without a key: %d %s", resp.StatusCode, body)
	}
	if resp, body := c.get("/signin?next=/browse"); resp.StatusCode != http.StatusOK ||
		!strings.Contains(body, `value="/browse"`) {
		t.Errorf("/signin: %d %s", resp.StatusCode, body)
	}
	resp, body = c.do("POST", "/signin", url.Values{"key": {other}, "next": {"/browse"}})
	if resp.StatusCode != http.StatusUnauthorized || !strings.Contains(body, `id="wrong"`) || len(resp.Cookies()) > 0 {
		t.Errorf("a wrong key: %d %v %s", resp.StatusCode, resp.Cookies(), body)
	}
	resp, _ = c.do("POST", "/signin", url.Values{"key": {secret}},
		"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
	if resp.StatusCode != http.StatusForbidden {
		t.Errorf("a form of another site: %d", resp.StatusCode)
	}
	for next, want := range map[string]string{
		"/search?q=%E9%9D%92&by=paragraph": "/search?q=%E9%9D%92&by=paragraph",

		"": "/", "//evil.example": "/", "/\\evil.example": "/", "https://evil.example/": "/",
		"javascript:alert(1)": "/", "///evil.example": "/", "/\t/evil.example": "/", "evil": "/",
	} {
		resp, _ := newCaller(t, c.base).do("POST", "/signin", url.Values{"key": {secret}, "next": {next}})
		if resp.StatusCode != http.StatusSeeOther || resp.Header.Get("Location") != want {
			t.Errorf("signed in with next=%q: %d to %s", next, resp.StatusCode, resp.Header.Get("Location"))
		}
	}
	resp, _ = c.do("POST", "/signin", url.Values{"key": {" " + secret + "\n"}}, "X-Forwarded-Proto", "https")
	cookie := resp.Header.Get("Set-Cookie")
	for _, part := range []string{
		"__Host-xunwen_session=", "HttpOnly", "SameSite=Strict", "Secure", "Path=/", "Max-Age=",
	} {
		if !strings.Contains(cookie, part) {
			t.Errorf("the cookie is not %s: %s", part, cookie)
		}
	}
	if strings.Contains(cookie, secret) {
		t.Errorf("the cookie holds the key: %s", cookie)
	}
	c.do("POST", "/signin", url.Values{"key": {secret}}) // without TLS, so that the jar sends it
	signedIn := func(when string, want int) {
		t.Helper()
		if resp, _ := c.get("/search?q=大桥"); resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", when, resp.StatusCode, want)
		}
	}
	signedIn("signed in", http.StatusOK)
	if resp, _ := c.get("/search?q=大桥"); resp.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("the browser may store pages of a session: %s", resp.Header.Get("Cache-Control"))
	}
	if _, body := c.get("/"); !strings.Contains(body, `action="/signout"`) {
		t.Error("there is no way to sign out")
	}
	address, _ := url.Parse(c.base)
	kept := c.client.Jar.Cookies(address)

	// Adding another key doesn't end the session.
	putFile(t, file, line+otherLine)
	reload(t, p, other, http.StatusOK)
	signedIn("with another key added", http.StatusOK)

	if resp, _ := c.do("POST", "/signout", url.Values{}); resp.StatusCode != http.StatusSeeOther ||
		resp.Header.Get("Location") != "/signin" {
		t.Errorf("/signout: %d to %s", resp.StatusCode, resp.Header.Get("Location"))
	}
	signedIn("signed out", http.StatusUnauthorized)
	c.client.Jar.SetCookies(address, kept)
	signedIn("with the old cookie", http.StatusUnauthorized)

	c.do("POST", "/signin", url.Values{"key": {secret}})
	signedIn("signed in again", http.StatusOK)
	putFile(t, file, otherLine)
	reload(t, p, secret, http.StatusUnauthorized)
	signedIn("with the key deleted", http.StatusUnauthorized)
}

// reload makes searchd reload its keys and waits until a key is accepted or rejected.
func reload(t *testing.T, p *process, secret string, want int) {
	t.Helper()
	p.signal(t, syscall.SIGHUP)
	c := newCaller(t, p.base)
	for end := time.Now().Add(waitTime); time.Now().Before(end); {
		if resp, _ := c.get("/openapi.json", "Authorization", "Bearer "+secret); resp.StatusCode == want {
			return
		}
	}
	t.Fatalf("no %d with that key after SIGHUP", want)
}

// TestSignInByKeyboard follows a link, signs in and signs out again.
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
	do(t, ctx, chromedp.Navigate(base+encode("/search?q=青禾大桥&by=paragraph")),
		chromedp.WaitVisible(chromedp.CSS("#key")))
	fits("asked for a key")
	do(t, ctx, chromedp.KeyEvent("xunwen_wrong"), chromedp.KeyEvent(kb.Enter),
		chromedp.WaitVisible(chromedp.CSS("#wrong")))
	fits("with a wrong key")
	if got := ask[string](t, ctx, "document.activeElement.id"); got != "key" {
		t.Errorf("after a wrong key the focus is in %q", got)
	}
	do(t, ctx, chromedp.KeyEvent(secret), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(hits))
	if got := path(t, ctx); got != "/search?q=青禾大桥&by=paragraph" {
		t.Errorf("after signing in the address is %s", got)
	}
	fits("signed in")
	if got := ask[string](t, ctx, "document.cookie"); got != "" {
		t.Errorf("a script can read %q", got)
	}
	do(t, ctx, chromedp.Click(chromedp.CSS(".foot button")), chromedp.WaitVisible(chromedp.CSS("#key")))
	do(t, ctx, chromedp.Navigate(base+"/"), chromedp.WaitVisible(chromedp.CSS("#key")))
}

const (
	signOut   = `fetch("/signout", {method: "POST"}).then(() => { document.title = "out" })`
	signedOut = `document.title === "out"`
	pageShown = `void dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }))`
)

// TestBackAfterSignOut checks that a page from the back/forward cache is replaced by
// the sign-in page.
func TestBackAfterSignOut(t *testing.T) {
	base, secret := serveWithKeys(t)
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(base+encode("/articles/ljrb-20250918-01-1")),
		chromedp.WaitVisible(chromedp.CSS("#key")),
		chromedp.KeyEvent(secret), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(story),
		chromedp.Evaluate[chromedp.Void](signOut), becomes(signedOut),
		chromedp.Evaluate[chromedp.Void](pageShown), chromedp.WaitVisible(chromedp.CSS("#key")))
}

// TestSignedOutWhileTyping checks that search as you type leads to the sign-in page
// once the session has ended.
func TestSignedOutWhileTyping(t *testing.T) {
	base, secret := serveWithKeys(t)
	ctx := openBrowser(t)
	do(t, ctx, chromedp.Navigate(base+encode("/search?q=青禾")), chromedp.WaitVisible(chromedp.CSS("#key")),
		chromedp.KeyEvent(secret), chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(hits),
		chromedp.Evaluate[chromedp.Void](signOut), becomes(signedOut),
		chromedp.SendKeys(entry, "大桥"), chromedp.WaitVisible(chromedp.CSS("#key")))
	if got := path(t, ctx); got != "/search?q=大桥青禾" { // typed before what was there
		t.Errorf("signed out at %s", got)
	}
}

package server

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/access"
	"xunwen/internal/search"
	"xunwen/internal/server/caller"
)

// keyFile returns a key with limits, and the file of keys that has it.
func keyFile(t *testing.T, limits string) (secret string, keys *access.Keys) {
	t.Helper()
	secret, line, err := access.NewKey("reader")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "keys")
	if err := os.WriteFile(file, []byte(line+" "+limits+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if keys, err = access.OpenKeys(file, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	return secret, keys
}

// signIn sends the form for signing in, over TLS to a proxy if encrypted.
func signIn(h http.Handler, secret, next string, encrypted bool) *httptest.ResponseRecorder {
	form := url.Values{"key": {secret}, "next": {next}}
	r := httptest.NewRequest(http.MethodPost, "/signin", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if encrypted {
		r.Header.Set("X-Forwarded-Proto", "https")
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// TestSignInCountsTowardsTheLimit checks that signing in is a request of the key: beyond
// its limit it is rejected, with a link to the form that still leads on.
func TestSignInCountsTowardsTheLimit(t *testing.T) {
	secret, keys := keyFile(t, "rate=0.001 burst=2")
	h := New(&stub{response: search.Response{Generation: "g"}}, Options{Keys: keys})
	for i, want := range []int{http.StatusSeeOther, http.StatusSeeOther, http.StatusTooManyRequests} {
		w := signIn(h, secret, "/browse?x=1", false)
		if w.Code != want {
			t.Fatalf("sign-in %d: %d, want %d", i+1, w.Code, want)
		}
		if want != http.StatusTooManyRequests {
			continue
		}
		if len(w.Result().Cookies()) != 0 || w.Header().Get("Retry-After") == "" ||
			!strings.Contains(w.Body.String(), `href="/signin?next=%2Fbrowse%3Fx%3D1"`) {
			t.Errorf("beyond the limit: %v %s", w.Header(), w.Body)
		}
	}
	if w := signIn(h, secret+"x", "/", false); w.Code != http.StatusUnauthorized {
		t.Errorf("a wrong key: %d", w.Code)
	}
}

// TestSessionCookieOverTLS checks that over TLS the cookie is one that another host can't
// set, and that no other cookie counts there.
func TestSessionCookieOverTLS(t *testing.T) {
	secret, keys := keyFile(t, "")
	h := New(&stub{response: search.Response{Generation: "g"}}, Options{
		Keys: keys, Front: caller.Front{Proxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}}, // of httptest
	})
	const plain, secure = "xunwen_session", "__Host-xunwen_session"
	token := func(encrypted bool, name string) string {
		t.Helper()
		cookies := signIn(h, secret, "/", encrypted).Result().Cookies()
		if len(cookies) != 1 || cookies[0].Name != name || cookies[0].Secure != encrypted ||
			cookies[0].Path != "/" || cookies[0].Domain != "" || !cookies[0].HttpOnly {
			t.Fatalf("the cookie is %v, want %s", cookies, name)
		}
		return cookies[0].Value
	}
	value := token(true, secure)
	for _, tc := range []struct {
		name      string
		encrypted bool
		want      int
	}{
		{secure, true, http.StatusOK}, {plain, true, http.StatusUnauthorized},
		{plain, false, http.StatusOK}, {secure, false, http.StatusUnauthorized},
	} {
		r := httptest.NewRequest(http.MethodGet, "/search?q=x", nil)
		r.AddCookie(&http.Cookie{Name: tc.name, Value: value})
		if tc.encrypted {
			r.Header.Set("X-Forwarded-Proto", "https")
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != tc.want {
			t.Errorf("%s, encrypted %t: %d, want %d", tc.name, tc.encrypted, w.Code, tc.want)
		}
	}
	token(false, plain)
}

// TestRetryStaysHere checks that the link of an error page, and the one to the other
// language, lead to this server whatever address was requested.
func TestRetryStaysHere(t *testing.T) {
	h := New(&stub{response: search.Response{Generation: "g"}}, Options{Addresses: access.NewAddresses(0.001, 1)})
	for _, target := range []string{"/search?q=x", "//evil.example/login?x=1", "///evil.example", `/\evil.example`} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL = &url.URL{Path: target}
		if path, query, ok := strings.Cut(target, "?"); ok {
			r.URL = &url.URL{Path: path, RawQuery: query}
		}
		r.RequestURI = target
		var w *httptest.ResponseRecorder
		for range 2 {
			w = httptest.NewRecorder()
			h.ServeHTTP(w, r)
		}
		if w.Code != http.StatusTooManyRequests {
			t.Fatalf("%s: %d, want 429", target, w.Code)
		}
		body := w.Body.String()
		for _, bad := range []string{`href="//`, `href="/\`, "back=%2F%2F"} {
			if strings.Contains(body, bad) {
				t.Errorf("%s: the page has %s: %s", target, bad, body)
			}
		}
		if target == "/search?q=x" && !strings.Contains(body, `<a href="/search?q=x">`) {
			t.Errorf("no link to try again: %s", body)
		}
	}
}

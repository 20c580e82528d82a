package e2e

import (
	"path/filepath"
	"strings"
	"testing"
)

// These tests need no index: the API description is served without one.

func TestLimits(t *testing.T) {
	secret, line := makeKey(t, "slow")
	free, freeLine := makeKey(t, "free")
	file := filepath.Join(t.TempDir(), "keys")
	const slow = "0.001" // a further request would be accepted after a quarter of an hour
	putFile(t, file, strings.TrimSpace(line)+" rate="+slow+" burst=2\n"+freeLine)

	t.Run("of a key", func(t *testing.T) {
		c := newCaller(t, start(t, emptyFolder(t), "--api-keys", file))
		for _, want := range []int{200, 200, 429, 429} {
			resp, body := c.get("/openapi.json", "Authorization", "Bearer "+secret)
			if resp.StatusCode != want {
				t.Errorf("%d, want %d: %s", resp.StatusCode, want, body)
			}
			if want == 429 &&
				(resp.Header.Get("Retry-After") < "1" || !strings.Contains(body, "/problems/too-many-requests")) {
				t.Errorf("Retry-After %q, %s", resp.Header.Get("Retry-After"), body)
			}
		}
		for range 5 {
			if resp, _ := c.get("/openapi.json", "Authorization", "Bearer "+free); resp.StatusCode != 200 {
				t.Errorf("another key: %d", resp.StatusCode)
			}
		}
	})
	t.Run("of an address", func(t *testing.T) {
		c := newCaller(t, start(t, emptyFolder(t), "--rate", slow, "--burst", "2", "--trusted-proxies", "127.0.0.0/8"))
		from := func(address, path string, want int) {
			t.Helper()
			resp, body := c.get(path, "X-Forwarded-For", address)
			if resp.StatusCode != want || want == 429 && resp.Header.Get("Retry-After") == "" {
				t.Errorf("%s requests %s: %d, want %d: %s", address, path, resp.StatusCode, want, body)
			}
		}
		for _, address := range []string{"192.0.2.1", "192.0.2.2", "2001:db8::1"} {
			from(address, "/openapi.json", 200)
			from(address, "/", 200)
			from(address, "/", 429)
			from(address, "/openapi.json", 429)
			from(address, "/healthz", 200)
		}
		from("2001:db8::2", "/", 429)
		from("2001:db8:0:1::2", "/", 200)
	})
}

func TestOtherOrigins(t *testing.T) {
	_, line := makeKey(t, "app")
	file := filepath.Join(t.TempDir(), "keys")
	putFile(t, file, line)
	for _, tc := range []struct {
		flags   []string
		origin  string
		path    string
		allowed string // Access-Control-Allow-Origin of the answer
		before  int    // status of the preflight
	}{
		{nil, "https://app.example", "/openapi.json", "", 405},
		{[]string{"--cors-origin", "https://app.example,http://localhost:3000"}, "https://app.example", "/openapi.json",
			"https://app.example", 204},
		{[]string{"--cors-origin", "https://app.example,http://localhost:3000"}, "http://localhost:3000",
			"/openapi.json", "http://localhost:3000", 204},
		{[]string{"--cors-origin", "https://app.example"}, "https://evil.example", "/openapi.json", "", 204},
		{[]string{"--cors-origin", "https://app.example"}, "https://app.example", "/docs/api", "", 405},
		{[]string{"--cors-origin", "*"}, "https://any.example", "/openapi.json", "*", 204},
		{[]string{"--cors-origin", "https://app.example", "--api-keys", file}, "https://app.example", "/openapi.json",
			"https://app.example", 204},
	} {
		c := newCaller(t, start(t, emptyFolder(t), tc.flags...))
		resp, _ := c.get(tc.path, "Origin", tc.origin)
		if got := resp.Header.Get("Access-Control-Allow-Origin"); got != tc.allowed ||
			resp.Header.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%v: %s is allowed as %q", tc.flags, tc.origin, got)
		}
		resp, _ = c.do("OPTIONS", tc.path, nil, "Origin", tc.origin, "Access-Control-Request-Method", "GET",
			"Access-Control-Request-Headers", "authorization")
		if got := resp.Header.Get("Access-Control-Allow-Origin"); resp.StatusCode != tc.before || got != tc.allowed {
			t.Errorf("%v: preflight of %s: %d, %q", tc.flags, tc.origin, resp.StatusCode, got)
		}
	}
}

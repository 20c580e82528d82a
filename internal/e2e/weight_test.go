package e2e

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// mostBytes limits what a page transfers with everything that it loads, for readers
// with a slow connection.
const mostBytes = 60 << 10

// most304 limits an answer without a body: its headers.
const most304 = 1 << 10

// loaded finds the files that a page loads.
var loaded = regexp.MustCompile(`<(?:script|img|iframe|source|` +
	`link rel="(?:icon|stylesheet|preload|modulepreload|preconnect|dns-prefetch)")[^>]*?(?:src|href)="([^"]*)"`)

// wire requests a path on its own connection and returns the answer and the number of
// bytes received, including headers.
func wire(t *testing.T, base, path string, headers ...string) (*http.Response, string, int) {
	t.Helper()
	conn := dial(t, base)
	fmt.Fprintf(conn, "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n", encode(path),
		strings.Join(headers, ""))
	count := &counting{from: conn}
	resp, err := http.ReadResponse(bufio.NewReader(count), nil)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body), count.bytes
}

type counting struct {
	from  io.Reader
	bytes int
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.bytes += n
	return n, err
}

// TestPagesAreLight checks the size of a page with its files, that all files come from
// this server and may be cached forever, and that an unchanged page isn't sent again.
func TestPagesAreLight(t *testing.T) {
	base := serveSamples(t)
	const packed = "Accept-Encoding: gzip\r\n"
	for _, path := range []string{"/", "/search?q=青禾大桥", "/articles/ljrb-20250312-01-1?q=青禾大桥", "/browse"} {
		resp, _, sum := wire(t, base, path, packed)
		_, page, _ := wire(t, base, path)
		if resp.Header.Get("Content-Encoding") != "gzip" {
			t.Errorf("%s is not compressed", path)
		}
		files := loaded.FindAllStringSubmatch(page, -1)
		if len(files) < 4 { // an icon, a style sheet, scripts
			t.Errorf("%s loads %v", path, files)
		}
		for _, f := range files {
			if !strings.HasPrefix(f[1], "/static/") {
				t.Errorf("%s loads %s", path, f[1])
				continue
			}
			file, _, bytes := wire(t, base, f[1], packed)
			sum += bytes
			if file.StatusCode != http.StatusOK ||
				file.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
				t.Errorf("%s: %d, %s", f[1], file.StatusCode, file.Header.Get("Cache-Control"))
			}
		}
		if sum > mostBytes {
			t.Errorf("%s takes %d bytes", path, sum)
		}
		t.Logf("%s takes %d bytes in %d files", path, sum, len(files)+1)
		again, _, bytes := wire(t, base, path, packed, "If-None-Match: "+resp.Header.Get("ETag")+"\r\n")
		if again.StatusCode != http.StatusNotModified || bytes > most304 {
			t.Errorf("%s requested again: %d with %d bytes", path, again.StatusCode, bytes)
		}
	}
}

// wantedHeaders are in every answer.
var wantedHeaders = map[string]string{
	"X-Content-Type-Options":       "nosniff",
	"Referrer-Policy":              "same-origin",
	"Cross-Origin-Opener-Policy":   "same-origin",
	"Cross-Origin-Resource-Policy": "same-origin",
	"Permissions-Policy":           "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
	"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}

var inline = regexp.MustCompile(`(?i)<script>|<style|\son[a-z]+="|\sstyle="|javascript:`)

// TestSecurityHeaders checks the headers that forbid the browser everything the pages
// don't need, in errors and files too, and that no page needs more.
func TestSecurityHeaders(t *testing.T) {
	base := serveSamples(t)
	paths := []string{"/healthz", "/api/v1/search?q=大桥", "/api/v1/search?q=OR", "/api/v1/nowhere", "/feed.atom?q=大桥",
		"/static/none.css", "/api/v1/export?q=大桥"}
	for _, path := range states {
		paths = append(paths, strings.SplitN(path, "#", 2)[0])
	}
	for _, path := range paths {
		resp, body, _ := wire(t, base, path)
		for name, want := range wantedHeaders {
			if got := resp.Header.Get(name); got != want {
				t.Errorf("%s: %s: %q", path, name, got)
			}
		}
		if resp.Header.Get("Server")+resp.Header.Get("X-Powered-By") != "" || resp.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s: headers %v", path, resp.Header)
		}
		if found := inline.FindString(body); found != "" && strings.Contains(resp.Header.Get("Content-Type"), "html") {
			t.Errorf("%s holds %q", path, found)
		}
	}
}

package e2e

import (
	"bytes"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// askAs gets a path of a server by another name than its own; status 0 means that it did not answer.
func askAs(t *testing.T, base, path, host string) (status int, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+encode(path), nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Host = host
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(b)
}

// TestNamesOfTheServer asks servers for their own name and another one: that of a site that
// made it point to them.
func TestNamesOfTheServer(t *testing.T) {
	dir, err := sampleIndex()
	if err != nil {
		t.Fatal(err)
	}
	const evil, own = "evil.example", "news.example.org"
	for _, tc := range []struct {
		name     string
		flags    []string
		own      int // status for the public name
		absolute string
	}{
		{"by default", nil, http.StatusMisdirectedRequest, "http://localhost:"},
		{"with a public address", []string{"--public-url", "https://" + own}, http.StatusOK, "https://" + own + "/"},
		{"with a name", []string{"--hosts", "x," + own}, http.StatusOK, "http://localhost:"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			p := launch(t, dir, io.Discard, append(tc.flags, "--admin-listen", "127.0.0.1:0")...)
			local := strings.Replace(p.base, "http://127.0.0.1", "localhost", 1)
			for _, path := range []string{
				"/opensearch.xml", "/feed.atom?q=大桥", "/articles/ljrb-20250312-01-1", "/healthz",
			} {
				if status, _ := askAs(t, p.base, path, evil); status != http.StatusMisdirectedRequest {
					t.Errorf("%s for %s: %d", path, evil, status)
				}
				if status, _ := askAs(t, p.base, path, own); status != tc.own {
					t.Errorf("%s for %s: %d, want %d", path, own, status, tc.own)
				}
				status, body := askAs(t, p.base, path, local)
				if status != http.StatusOK || path != "/healthz" && !strings.Contains(body, tc.absolute) {
					t.Errorf("%s for %s: %d, want addresses with %s: %s", path, local, status, tc.absolute, body)
				}
			}
			for path, status := range map[string]int{"/metrics": tc.own, "/healthz": tc.own} {
				if got, _ := askAs(t, p.admin, path, evil); got != http.StatusMisdirectedRequest {
					t.Errorf("%s at the admin address for %s: %d", path, evil, got)
				}
				if got, _ := askAs(t, p.admin, path, own); got != status {
					t.Errorf("%s at the admin address for %s: %d, want %d", path, own, got, status)
				}
				if got, _ := fetch(t, p.admin+path); got != http.StatusOK {
					t.Errorf("%s at the admin address: %d", path, got)
				}
			}
		})
	}
	open := start(t, dir, "--listen", "0.0.0.0:0")
	if status, _ := askAs(t, strings.Replace(open, "[::]", "127.0.0.1", 1), "/", own); status != http.StatusOK {
		t.Errorf("a server for all addresses without names: %d", status)
	}
}

// TestProxyWithoutPublicURL checks that the log says why nothing is answered behind a
// proxy.
func TestProxyWithoutPublicURL(t *testing.T) {
	for _, flags := range [][]string{nil, {"--public-url", "https://news.example.org"}} {
		var log bytes.Buffer
		t.Run("serve", func(t *testing.T) {
			launch(t, emptyFolder(t), &log, append(flags, "--trusted-proxies", "127.0.0.1")...)
		})
		if got := strings.Contains(log.String(), "set --public-url"); got != (flags == nil) {
			t.Errorf("%v: %s", flags, log.String())
		}
	}
}

// TestPageForAnotherName opens the page for another name in a browser: it has its style,
// and leads to the right address.
func TestPageForAnotherName(t *testing.T) {
	dir, err := sampleIndex()
	if err != nil {
		t.Fatal(err)
	}
	base := start(t, dir, "--hosts", "news.example.org", "--public-url", "https://news.example.org")
	_, port, _ := strings.Cut(strings.TrimPrefix(base, "http://"), ":")
	ctx := openBrowser(t, chromedp.Flag("host-resolver-rules", "MAP evil.example 127.0.0.1"))
	do(t, ctx, chromedp.Navigate("http://evil.example:"+port+encode("/search?q=大桥")),
		chromedp.WaitVisible(chromedp.CSS("h1")))
	if got := ask[string](t, ctx, `document.querySelector("main a").href`); got != "https://news.example.org/" {
		t.Errorf("the page leads to %s", got)
	}
	if !ask[bool](t, ctx, `document.querySelector("form, nav") === null && document.styleSheets[0].cssRules.length > 0`) {
		t.Error("the page has a form, or no style")
	}
}

// TestConnectionsOfAnAddress checks that an address that has all its connections gets no
// further one, until it closes some, and that a metric counts those that are refused.
func TestConnectionsOfAnAddress(t *testing.T) {
	var log bytes.Buffer
	t.Run("serve", func(t *testing.T) {
		p := launch(t, emptyFolder(t), &log, "--connections", "3", "--admin-listen", "127.0.0.1:0")
		base := p.base
		const refused = `xunwen_connections_refused_total{bound="address"}`
		dial := func() net.Conn {
			c, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { c.Close() })
			return c
		}
		// served reports whether a request on a connection is answered.
		served := func(c net.Conn) bool {
			c.SetDeadline(time.Now().Add(waitTime))
			io.WriteString(c, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
			_, err := c.Read(make([]byte, 1))
			return err == nil
		}
		var open []net.Conn
		for range 3 {
			open = append(open, dial())
			if !served(open[len(open)-1]) {
				t.Fatal("a connection within the bound is not served")
			}
		}
		if served(dial()) {
			t.Error("a fourth connection is served")
		}
		if n, ok := scrape(t, p.admin)[refused]; !ok || n != 1 {
			t.Errorf("%s is %v (%t), want 1", refused, n, ok)
		}
		open[0].Close()
		for end := time.Now().Add(waitTime); !served(dial()); { // until searchd has seen it closed
			if time.Now().After(end) {
				t.Fatal("no connection is served after one was closed")
			}
		}
	})
	if !strings.Contains(log.String(), "refused connections") {
		t.Errorf("the log says nothing: %s", log.String())
	}
}

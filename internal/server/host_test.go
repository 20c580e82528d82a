package server

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/caller"
)

var publicURL = &url.URL{Scheme: "https", Host: "news.example.org"}

// askHost sends a request with a Host header over a connection to a local address.
func askHost(h http.Handler, host, at, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	address := &net.TCPAddr{IP: net.ParseIP(at), Port: 8080}
	r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, address))
	r.Host = host
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// TestHosts checks which names are answered.
func TestHosts(t *testing.T) {
	const loopback, network = "127.0.0.1", "192.0.2.7"
	local := caller.Hosts{Local: true}
	named := caller.Hosts{Names: []string{"news.example.org", "198.51.100.3"}}
	both := caller.Hosts{Names: []string{"news.example.org"}, Local: true}
	for _, tc := range []struct {
		name  string
		hosts caller.Hosts
		at    string
		yes   []string
		no    []string
	}{
		{"anything", caller.Hosts{}, network, []string{"evil.example", network, "localhost", ""}, nil},
		{"this machine only", local, loopback,
			[]string{"localhost", "LOCALHOST:8080", "localhost.", "127.0.0.1:8080", "127.1.2.3", "[::1]:8080", "[::1]",
				"a.localhost", "[::ffff:127.0.0.1]", ""},
			[]string{"evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example",
				"notlocalhost", network, "0.0.0.0", "news.example.org"}},
		{"names", named, network,
			[]string{"news.example.org", "NEWS.example.org.:443", "198.51.100.3:80", network, network + ":9"},
			[]string{"evil.example", "www.news.example.org", "example.org", "localhost", loopback, "192.0.2.8",
				"[2001:db8::1]"}},
		{"names, asked from this machine", named, loopback,
			[]string{"news.example.org", "localhost:8080", loopback}, []string{"evil.example", network}},
		{"a name and this machine", both, loopback,
			[]string{"news.example.org", "localhost"}, []string{"evil.example"}},
		{"all", caller.Hosts{Names: []string{"*"}, Local: true}, loopback, []string{"evil.example"}, nil},
		{"an IPv6 address", local, "::1",
			[]string{"[::1]:8080", "localhost", "127.0.0.1"}, []string{"[fe80::1]", "evil"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			h := New(&stub{response: search.Response{Generation: "g"}}, Options{Front: caller.Front{Hosts: tc.hosts}})
			for _, host := range tc.yes {
				for _, path := range []string{"/", "/healthz"} {
					if w := askHost(h, host, tc.at, path); w.Code != http.StatusOK {
						t.Errorf("%q, %s: %d", host, path, w.Code)
					}
				}
			}
			for _, host := range tc.no {
				for _, path := range []string{"/", "/healthz", "/api/v1/search?q=x", "/nowhere", "/opensearch.xml"} {
					if w := askHost(h, host, tc.at, path); w.Code != http.StatusMisdirectedRequest {
						t.Errorf("%q, %s: %d", host, path, w.Code)
					}
				}
			}
		})
	}
}

// TestOtherHosts checks what a request for another name gets: a problem or a page that
// leads to the right address, and a line of the log with the name.
func TestOtherHosts(t *testing.T) {
	var log bytes.Buffer
	for _, public := range []*url.URL{nil, publicURL} {
		log.Reset()
		front := caller.Front{Public: public, Hosts: caller.Hosts{Names: []string{"news.example.org"}}}
		h := New(&stub{response: search.Response{Generation: "g"}},
			Options{Front: front, Log: slog.New(slog.NewTextHandler(&log, nil))})
		w := askHost(h, "evil.example", "192.0.2.7", "/api/v1/search?q=x")
		if !strings.Contains(w.Body.String(), `"type":"/problems/misdirected"`) ||
			!strings.Contains(w.Body.String(), "--hosts") {
			t.Errorf("a program gets %s", w.Body)
		}
		if !strings.Contains(log.String(), " status=421 ") || !strings.Contains(log.String(), " host=evil.example") {
			t.Errorf("the log has %s", log.String())
		}
		page := askHost(h, "evil.example", "192.0.2.7", "/search?q=x").Body.String()
		if got := strings.Contains(page, `<a href="https://news.example.org/">`); got != (public != nil) {
			t.Errorf("public address %v: the page is %s", public, page)
		}
		if strings.Contains(page, "evil.example") || strings.Contains(page, `<form`) {
			t.Errorf("the page has the other name, or a form: %s", page)
		}
		style := regexp.MustCompile(`/static/app[\w.]+`).FindString(page)
		if w := askHost(h, "evil.example", "192.0.2.7", style); style == "" || w.Code != http.StatusOK {
			t.Errorf("the style %q of the page: %d", style, w.Code)
		}
	}
}

// TestPublicURL checks that absolute addresses say the public one, whatever the request
// has, and that the cookies of an encrypted address are Secure.
func TestPublicURL(t *testing.T) {
	article := news.Article{ID: "a", Title: "大桥", Date: "2025-03-12"}
	engine := &stub{
		response: search.Response{Generation: "g", Hits: []search.Hit{{Article: article}}},
		article:  search.MarkedArticle{Article: article, Generation: "g"},
	}
	front := caller.Front{Public: publicURL, Hosts: caller.Hosts{Names: []string{"news.example.org"}}}
	h := New(engine, Options{Front: front})
	for path, want := range map[string]string{
		"/opensearch.xml":  `template="https://news.example.org/search`,
		"/feed.atom?q=大桥":  `href="https://news.example.org/articles/a"`,
		"/articles/a":      `<link rel="canonical" href="https://news.example.org/articles/a">`,
		"/articles/a?q=大桥": ". https://news.example.org/articles/a.",
	} {
		for _, host := range []string{"192.0.2.7:8080", "news.example.org"} {
			w := askHost(h, host, "192.0.2.7", path)
			if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), want) ||
				strings.Contains(w.Body.String(), "192.0.2.7") {
				t.Errorf("%s at %s: %d, want %s in %s", path, host, w.Code, want, w.Body)
			}
		}
	}
	for host, secure := range map[string]bool{"news.example.org": true, "192.0.2.7": false} {
		cookies := askHost(h, host, "192.0.2.7", "/language?to=en").Result().Cookies()
		if len(cookies) != 1 || cookies[0].Secure != secure {
			t.Errorf("%s: cookies %v, want Secure %t", host, cookies, secure)
		}
	}
}

package e2e

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// makeKey creates a key with the searchd command.
func makeKey(t *testing.T, name string) (secret, line string) {
	t.Helper()
	binary, err := searchdBinary()
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), binary, "key", name).Output()
	if err != nil {
		t.Fatal(err)
	}
	for printed := range strings.Lines(string(out)) {
		what, value, _ := strings.Cut(strings.TrimSpace(printed), " ")
		switch value = strings.TrimSpace(value); what {
		case "key":
			secret = value
		case "line":
			line = value + "\n"
		}
	}
	if secret == "" || line == "" || strings.Contains(line, secret) {
		t.Fatalf("searchd key printed %q", out)
	}
	return secret, line
}

// putFile replaces a file atomically.
func putFile(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name+".next", []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(name+".next", name); err != nil {
		t.Fatal(err)
	}
}

// noRedirects makes a client return redirects instead of following them.
func noRedirects(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// caller sends requests with custom headers and follows no redirects.
type caller struct {
	t      *testing.T
	base   string
	client *http.Client
}

func newCaller(t *testing.T, base string) caller {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return caller{t, base, &http.Client{Jar: jar, Timeout: waitTime, CheckRedirect: noRedirects}}
}

func (c caller) do(method, path string, form url.Values, headers ...string) (*http.Response, string) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.base+encode(path), strings.NewReader(form.Encode()))
	if err != nil {
		c.t.Fatal(err)
	}
	if form != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := c.client.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return resp, string(body)
}

func (c caller) get(path string, headers ...string) (*http.Response, string) {
	c.t.Helper()
	return c.do(http.MethodGet, path, nil, headers...)
}

// TestKeyRequired requests every documented path, and an unknown one, with and without a key.
func TestKeyRequired(t *testing.T) {
	dir, err := sampleIndex()
	if err != nil {
		t.Fatal(err)
	}
	secret, line := makeKey(t, "北京-desk")
	file := filepath.Join(t.TempDir(), "keys")
	putFile(t, file, "# clients\n"+line)
	var log bytes.Buffer // read when the server has ended
	t.Run("serve", func(t *testing.T) {
		c := newCaller(t, launch(t, dir, &log, "--api-keys", file, "--log-format", "json").base)
		checkKeys(t, c, secret, strings.Fields(line)[1])
	})
	if strings.Contains(log.String(), secret) || strings.Contains(log.String(), "大桥") ||
		!strings.Contains(log.String(), `"key":"北京-desk"`) {
		t.Errorf("the log has too much or too little: %s", log.String())
	}
}

// checkKeys sends requests with valid, invalid and no keys.
func checkKeys(t *testing.T, c caller, secret, digest string) {
	doc, _ := openAPI(t, serveSamples(t))
	open := map[string]bool{"/healthz": true, "/readyz": true, "/language": true, "/llms.txt": true}
	paths := []string{"/nowhere", "/api/v1/nowhere"}
	for path := range doc.Paths.Map() {
		paths = append(paths, strings.ReplaceAll(path, "{id}", "ljrb-20250918-01-1"))
	}
	for _, path := range paths {
		resp, body := c.get(path)
		if open[path] != (resp.StatusCode != http.StatusUnauthorized) {
			t.Errorf("%s without a key: %d", path, resp.StatusCode)
		}
		if resp.StatusCode == http.StatusUnauthorized &&
			!strings.HasPrefix(resp.Header.Get("WWW-Authenticate"), "Bearer ") {
			t.Errorf("%s is refused with WWW-Authenticate %q", path, resp.Header.Get("WWW-Authenticate"))
		}
		if strings.Contains(body, "青禾") {
			t.Errorf("%s shows news without a key: %s", path, body)
		}
	}
	resp, body := c.get("/api/v1/search?q=大桥")
	var p struct{ Type string }
	if err := json.Unmarshal([]byte(body), &p); err != nil || p.Type != "/problems/unauthorized" ||
		resp.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("to a program without a key: %s", body)
	}
	for name, headers := range map[string][]string{
		"bearer":            {"Authorization", "Bearer " + secret},
		"another spelling":  {"Authorization", "bearer  " + secret},
		"as a password":     {"Authorization", basic("feeds", secret)},
		"wrong":             {"Authorization", "Bearer " + secret + "x"},
		"the digest":        {"Authorization", "Bearer " + digest},
		"empty":             {"Authorization", "Bearer "},
		"a wrong password":  {"Authorization", basic(secret, "")},
		"as something else": {"X-Api-Key", secret},
		"as a cookie":       {"Cookie", "xunwen_session=" + secret},
	} {
		want := http.StatusUnauthorized
		if name == "bearer" || name == "another spelling" || name == "as a password" {
			want = http.StatusOK
		}
		if resp, _ := c.get("/feed.atom?q=大桥", headers...); resp.StatusCode != want {
			t.Errorf("%s: %d, want %d", name, resp.StatusCode, want)
		}
	}
	resp, _ = c.get("/api/v1/search?q=大桥", "Authorization", "Bearer "+secret)
	if got := resp.Header.Get("Cache-Control"); got != "private, no-cache" {
		t.Errorf("a shared cache may store an answer to a client with a key: %s", got)
	}
}

func basic(user, password string) string {
	r := http.Request{Header: http.Header{}}
	r.SetBasicAuth(user, password)
	return r.Header.Get("Authorization")
}

// TestWarnsOfOpenAddress checks that searchd warns of an address that other machines
// can reach, unless it requires keys.
func TestWarnsOfOpenAddress(t *testing.T) {
	_, line := makeKey(t, "x")
	file := filepath.Join(t.TempDir(), "keys")
	putFile(t, file, line)
	for _, tc := range []struct {
		flags []string
		warns bool
	}{
		{nil, false},
		{[]string{"--listen", "0.0.0.0:0"}, true},
		{[]string{"--listen", "0.0.0.0:0", "--api-keys", file}, false},
	} {
		var log bytes.Buffer
		t.Run("serve", func(t *testing.T) { launch(t, emptyFolder(t), &log, tc.flags...) })
		if got := strings.Contains(log.String(), "--listen is open to other machines"); got != tc.warns {
			t.Errorf("%v: %s", tc.flags, log.String())
		}
	}
}

// TestHangUpWithoutKeys checks that SIGHUP doesn't end a searchd without a file of keys.
func TestHangUpWithoutKeys(t *testing.T) {
	p := launch(t, emptyFolder(t), io.Discard)
	p.signal(t, syscall.SIGHUP)
	if status, _ := fetch(t, p.base+"/healthz"); status != http.StatusOK {
		t.Errorf("/healthz: %d", status)
	}
}

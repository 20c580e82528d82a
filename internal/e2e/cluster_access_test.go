package e2e

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"xunwen/internal/opensearch/opensearchtest"
)

// clusterNode returns the address of a node for a test.
func clusterNode(t *testing.T) string {
	t.Helper()
	address := opensearchtest.Wanted(t)
	if address == "" {
		address = opensearchtest.Start(t, 1).URLs[0]
	}
	return address
}

// What signs in to the guarded node, and in no log or message.
const (
	clusterPassword = "pass-3f9c"
	clusterKey      = "os_key-71d0"
)

// guarded answers like a node with OpenSearch's security plugin; the user must not read settings.
func guarded(w http.ResponseWriter, r *http.Request, ask func() opensearchtest.Answer) {
	username, password, _ := r.BasicAuth()
	signedIn := username == "reader" && password == clusterPassword ||
		r.Header.Get("Authorization") == "ApiKey "+clusterKey
	switch {
	case !signedIn:
		w.Header().Set("WWW-Authenticate", `Basic realm="OpenSearch Security"`)
		http.Error(w, "Unauthorized", http.StatusUnauthorized)
	case strings.HasPrefix(r.URL.Path, "/_cluster/settings"):
		const body = `{"error":{"root_cause":[{"type":"security_exception","reason":"no permissions for ` +
			`[cluster:monitor/settings/get]"}],"type":"security_exception","reason":"no permissions"},"status":403}`
		http.Error(w, body, http.StatusForbidden)
	default:
		ask().Write(w)
	}
}

// TestClusterAccess builds, lists and serves over TLS with what signs in, and without.
func TestClusterAccess(t *testing.T) {
	proxy := opensearchtest.NewProxy(t, clusterNode(t))
	proxy.Set(guarded)
	proxy.StartTLS()
	dir := t.TempDir()
	authority := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: proxy.Certificate().Raw})
	putFile(t, filepath.Join(dir, "ca.pem"), string(authority))
	putFile(t, filepath.Join(dir, "a.jsonl"), recordA)
	name := fmt.Sprintf("access-%d", os.Getpid())
	cluster := []string{"--engine", "opensearch", "--url", proxy.URL, "--name", name}
	withCA := append(cluster[:len(cluster):len(cluster)], "--ca-cert", filepath.Join(dir, "ca.pem"))
	signIn := func(username, password, key string) {
		t.Setenv("XUNWEN_OPENSEARCH_USERNAME", username)
		t.Setenv("XUNWEN_OPENSEARCH_PASSWORD", password)
		t.Setenv("XUNWEN_OPENSEARCH_API_KEY", key)
	}
	check := func(code int, want string, args ...string) {
		t.Helper()
		r := runIndexer(t, dir, args...)
		if r.code != code || !strings.Contains(r.out+r.err, want) {
			t.Errorf("%v: %d %s%s, want %d, %q", args, r.code, r.out, r.err, code, want)
		}
		checkNoSecrets(t, r.out+r.err)
	}
	list := append([]string{"list"}, withCA...)
	signIn("reader", clusterPassword, "")
	build := func(folder string) []string { return append([]string{"build", "--out", folder, "a.jsonl"}, withCA...) }
	check(0, "seconds to publish", build("news")...)
	check(0, "the cluster had all of it", append([]string{"publish", "--index", "news"}, withCA...)...)
	check(0, `shards=1`, append([]string{"publish", "--index", "news", "--shards", "2"}, withCA...)...)
	check(0, "", list...)
	check(1, "--ca-cert", append([]string{"list"}, cluster...)...)
	signIn("", "", clusterKey)
	check(0, "", list...)
	signIn("", "", "")
	check(1, "it takes no requests without a user name and password or an API key", list...)
	signIn("reader", "wrong", "")
	check(1, "it refused the user name and password", list...)
	check(1, "nothing was done: the cluster takes no index", build("refused")...)
	if _, err := os.Stat(filepath.Join(dir, "refused")); err == nil {
		t.Error("a build that can't be published was begun")
	}
	signIn("", "", "os_wrong")
	check(1, "it refused the API key", list...)
	signIn("", "", "")
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "<!DOCTYPE html><title>It works!</title>")
	}))
	defer other.Close()
	check(1, "not OpenSearch", "build", "--out", "refused", "a.jsonl", "--engine", "opensearch", "--url", other.URL)
	if _, err := os.Stat(filepath.Join(dir, "refused")); err == nil {
		t.Error("a build for another server was begun")
	}
	signIn("reader", clusterPassword, clusterKey)
	check(2, "are both set", list...)
	t.Run("served", func(t *testing.T) { checkGuarded(t, signIn, withCA) })
	proxy.Set(nil) // the reader may not delete
}

// checkGuarded serves with an API key, and with a wrong one, which the log explains.
func checkGuarded(t *testing.T, signIn func(username, password, key string), flags []string) {
	signIn("", "", clusterKey)
	served := launch(t, filepath.Join(t.TempDir(), "none"), io.Discard, flags...)
	until(t, served.base+"/api/v1/search?q="+url.QueryEscape("北约东扩"), func(status int, members map[string]any) bool {
		if status != http.StatusOK || members["total"] != 1.0 {
			t.Errorf("with a key: %d %v", status, members)
		}
		return true
	})
	signIn("", "", "os_wrong")
	var log bytes.Buffer
	t.Run("wrong key", func(t *testing.T) {
		base := launch(t, filepath.Join(t.TempDir(), "none"), &log, flags...).base
		status, members, err := answer(t.Context(), base+"/readyz")
		if status != http.StatusServiceUnavailable || err != nil {
			t.Errorf("with a wrong key: %d %v %v", status, members, err)
		}
		if detail, _ := members["detail"].(string); !strings.Contains(detail, "the cluster with it can't be reached") {
			t.Errorf("with a wrong key: %v", members)
		}
	})
	if !strings.Contains(log.String(), "it refused the API key") || strings.Contains(log.String(), "is published yet") {
		t.Errorf("the log does not say what is wrong: %s", log.String())
	}
	checkNoSecrets(t, log.String())
}

func checkNoSecrets(t *testing.T, text string) {
	t.Helper()
	for _, secret := range []string{clusterPassword, clusterKey, "os_wrong"} {
		if strings.Contains(text, secret) {
			t.Errorf("%s is in %s", secret, text)
		}
	}
}

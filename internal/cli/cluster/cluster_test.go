package cluster

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/pflag"

	"xunwen/internal/cli"
)

func TestCheck(t *testing.T) {
	t.Parallel()
	const remote = "--engine opensearch --url http://search-1:9200 "
	for args, want := range map[string]string{
		"":                                     "",
		remote:                                 "",
		remote + "--url https://search-2:9200": "",
		remote + "--name news_2-b":             "",
		remote + "--name News":                 `--name "News": want small letters`,
		"--engine opensearch":                  "needs --url",
		"--engine elastic":                     `--engine "elastic": want bleve or opensearch`,
		"--url http://search-1:9200":           "no effect without --engine opensearch",
		"--engine opensearch --url search-1:9200":                  "want http:// or https://",
		"--engine opensearch --url ftp://search-1":                 "want http:// or https://",
		"--engine opensearch --url http://search-1:9200/":          "",
		"--engine opensearch --url http://search-1:9200/news":      "want nothing after the port",
		"--engine opensearch --url http://search-1:9200/?pretty":   "want nothing after the port",
		"--engine opensearch --url http://me:secret@search-1:9200": "without a user",
	} {
		var f Flags
		flags := pflag.NewFlagSet("test", pflag.ContinueOnError)
		f.Register(flags)
		if err := flags.Parse(strings.Fields(args)); err != nil {
			t.Fatal(err)
		}
		err := f.Check()
		switch {
		case want == "" && err != nil, want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, want %q", args, err, want)
		case err != nil && strings.Contains(err.Error(), "secret"):
			t.Errorf("%s: the error has the password: %v", args, err)
		}
		var usage *cli.UsageError
		if err != nil && !errors.As(err, &usage) {
			t.Errorf("%s: %T is no wrong usage", args, err)
		}
	}
}

// Credentials come from the environment. They are checked, and not sent unencrypted to another machine.
func TestCredentials(t *testing.T) {
	const name, password, key = "XUNWEN_OPENSEARCH_USERNAME", "XUNWEN_OPENSEARCH_PASSWORD", "XUNWEN_OPENSEARCH_API_KEY"
	const remote, here = "https://search-1:9200", "http://127.0.0.1:9200"
	for _, c := range []struct {
		urls        string
		environment map[string]string
		want        string
	}{
		{remote, map[string]string{name: "reader", password: "secret"}, ""},
		{remote, map[string]string{key: "os_secret"}, ""},
		{here, map[string]string{name: "reader", password: "secret"}, ""},
		{"http://localhost:9200,http://[::1]:9200", map[string]string{key: "os_secret"}, ""},
		{"http://search-1:9200", nil, ""},
		{"http://search-1:9200", map[string]string{name: "reader", password: "secret"}, "would be sent unencrypted"},
		{"http://10.0.0.7:9200", map[string]string{key: "os_secret"}, "would be sent unencrypted"},
		{remote + ",http://search-2:9200", map[string]string{key: "os_secret"}, "would be sent unencrypted"},
		{remote, map[string]string{name: "reader"}, "go together"},
		{remote, map[string]string{password: "secret"}, "go together"},
		{remote, map[string]string{name: "reader", password: "secret", key: "os_secret"}, "are both set"},
		{remote, map[string]string{name: "reader", password: "secret\n"}, password + " has a line break"},
		{remote, map[string]string{key: "os_secret\r\n"}, key + " has a line break"},
		{remote, map[string]string{name: "a:b", password: "secret"}, name + " has a colon"},
	} {
		for _, v := range []string{name, password, key} {
			t.Setenv(v, c.environment[v])
		}
		f := Flags{Engine: OpenSearch, URLs: strings.Split(c.urls, ","), Name: "news"}
		check(t, c.urls, f.Check(), c.want)
		client, err := f.Connect(nil)
		if err == nil {
			err = client.Close()
		}
		check(t, c.urls, err, c.want)
	}
}

func check(t *testing.T, what string, err error, want string) {
	t.Helper()
	var usage *cli.UsageError
	switch {
	case want == "" && err != nil, want != "" && (err == nil || !strings.Contains(err.Error(), want)):
		t.Errorf("%s: %v, want %q", what, err, want)
	case err != nil && strings.Contains(err.Error(), "secret"):
		t.Errorf("%s: the error has credentials: %v", what, err)
	case err != nil && !errors.As(err, &usage):
		t.Errorf("%s: %T is no wrong usage", what, err)
	}
}

func TestCertificatesAreChecked(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, []byte("-----BEGIN PRIVATE KEY-----\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	const url = "https://search-1:9200"
	check(t, "a key", (&Flags{OpenSearch, []string{url}, "news", file}).Check(), "it has no certificate in PEM form")
	check(t, "no file", (&Flags{OpenSearch, []string{url}, "news", file + "x"}).Check(), "no such file")
	check(t, "http", (&Flags{OpenSearch, []string{"http://127.0.0.1:1"}, "news", file}).Check(), "has no effect")
}

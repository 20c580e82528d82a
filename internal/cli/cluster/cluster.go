// Package cluster has the flags that say where an index is served.
//
// It may import internal/{cli,opensearch/client,smallfile} of this module.
package cluster

import (
	"crypto/x509"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"strings"
	"unicode"

	"github.com/spf13/pflag"

	"xunwen/internal/cli"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/smallfile"
)

// maxCertificates bounds a file of certificates: those that systems trust take 250 KB.
const maxCertificates = 4 << 20

// Engines that an index may be served by.
const (
	Embedded   = "bleve"
	OpenSearch = "opensearch"
)

// Flags are the flags.
type Flags struct {
	Engine string
	URLs   []string
	Name   string
	CACert string
}

// Register adds the flags.
func (c *Flags) Register(flags *pflag.FlagSet) {
	flags.StringVar(&c.Engine, "engine", Embedded,
		"`engine` that serves the index: bleve, on this machine, or opensearch, a cluster. For a cluster,\n"+
			"XUNWEN_OPENSEARCH_USERNAME and _PASSWORD, or XUNWEN_OPENSEARCH_API_KEY, sign in")
	flags.StringSliceVar(&c.URLs, "url", nil, "addresses of nodes of the cluster, e.g. https://search-1:9200")
	flags.StringVar(&c.Name, "name", "news", "name of the index in the cluster, an alias")
	flags.StringVar(&c.CACert, "ca-cert", "", "`file` with the certificates of authorities that the cluster's are checked by")
}

// IsRemote reports whether a cluster serves the index.
func (c *Flags) IsRemote() bool { return c.Engine == OpenSearch }

var validName = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]*$`)

// Connect returns a client for the cluster, which logs what it sends again.
func (c *Flags) Connect(log *slog.Logger) (*client.Client, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	to := client.Connection{
		Addresses: c.URLs,
		Username:  os.Getenv(usernameVariable),
		Password:  os.Getenv(passwordVariable),
		APIKey:    os.Getenv(apiKeyVariable),
		Log:       log,
	}
	if c.CACert != "" {
		var err error
		if to.CACert, _, err = smallfile.Read(c.CACert, maxCertificates); err != nil {
			return nil, cli.Usagef("--ca-cert: %w", err)
		}
	}
	return client.Connect(to)
}

// Check checks the flags.
func (c *Flags) Check() error {
	switch {
	case c.Engine == Embedded && len(c.URLs) > 0:
		return cli.Usagef("--url has no effect without --engine %s", OpenSearch)
	case c.Engine == Embedded:
		return nil
	case c.Engine != OpenSearch:
		return cli.Usagef("--engine %q: want %s or %s", c.Engine, Embedded, OpenSearch)
	}
	return c.check()
}

func (c *Flags) check() error {
	if len(c.URLs) == 0 {
		return cli.Usagef("--engine %s needs --url, the address of a node such as http://127.0.0.1:9200", OpenSearch)
	}
	hasCredentials, err := checkCredentials()
	if err != nil {
		return err
	}
	encrypted := false
	for _, text := range c.URLs {
		u, err := url.Parse(text)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
			return cli.Usagef("--url %s: want http:// or https://, a host and a port, without a user", redacted(text))
		}
		if strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "" {
			return cli.Usagef("--url %s: want nothing after the port: the cluster has to answer at /", redacted(text))
		}
		if hasCredentials && u.Scheme == "http" && !isThisMachine(u.Hostname()) {
			return cli.Usagef("--url %s: credentials (%s) would be sent unencrypted: use https://",
				redacted(text), strings.Join(credentialVariables, ", "))
		}
		encrypted = encrypted || u.Scheme == "https"
	}
	if !validName.MatchString(c.Name) {
		return cli.Usagef("--name %q: want small letters, digits, - and _, beginning with a letter or digit", c.Name)
	}
	return c.checkCertificates(encrypted)
}

func (c *Flags) checkCertificates(encrypted bool) error {
	if c.CACert == "" {
		return nil
	}
	if !encrypted {
		return cli.Usagef("--ca-cert has no effect with http:// only: use https:// in --url")
	}
	content, _, err := smallfile.Read(c.CACert, maxCertificates)
	if err != nil {
		return cli.Usagef("--ca-cert: %w", err)
	}
	if !x509.NewCertPool().AppendCertsFromPEM(content) {
		return cli.Usagef("--ca-cert %s: it has no certificate in PEM form (-----BEGIN CERTIFICATE-----)", c.CACert)
	}
	return nil
}

// Environment variables with credentials.
var (
	usernameVariable = cli.EnvName("opensearch-username")
	passwordVariable = cli.EnvName("opensearch-password")
	apiKeyVariable   = cli.EnvName("opensearch-api-key")

	credentialVariables = []string{usernameVariable, passwordVariable, apiKeyVariable}
)

// checkCredentials checks the credentials in the environment, and reports whether there are any.
func checkCredentials() (given bool, err error) {
	for _, name := range credentialVariables {
		if strings.ContainsFunc(os.Getenv(name), unicode.IsControl) {
			return false, cli.Usagef("%s has a line break or another control character: remove it", name)
		}
	}
	username, password, key := os.Getenv(usernameVariable), os.Getenv(passwordVariable), os.Getenv(apiKeyVariable)
	switch {
	case (username == "") != (password == ""):
		return false, cli.Usagef("%s and %s go together: only one of them is set", usernameVariable, passwordVariable)
	case username != "" && key != "":
		return false, cli.Usagef("%s and %s are both set: sign in with a name and password or with a key",
			usernameVariable, apiKeyVariable)
	case strings.Contains(username, ":"):
		return false, cli.Usagef("%s has a colon, at which HTTP ends the name", usernameVariable)
	}
	return username != "" || key != "", nil
}

// isThisMachine reports whether what is sent to a host stays on this machine.
func isThisMachine(host string) bool {
	if a, err := netip.ParseAddr(host); err == nil {
		return a.Unmap().IsLoopback()
	}
	return strings.EqualFold(host, "localhost") || strings.HasSuffix(strings.ToLower(host), ".localhost")
}

// redacted returns an address without a password.
func redacted(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return "(not an address)"
	}
	return fmt.Sprintf("%q", u.Redacted())
}

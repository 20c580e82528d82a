package cli

import (
	"fmt"
	"net/url"
	"os"
	"regexp"

	"github.com/spf13/pflag"

	"xunwen/internal/opensearch"
)

// Engines that an index may be served by.
const (
	Embedded   = "bleve"
	OpenSearch = "opensearch"
)

// Cluster are the flags of where an index is served.
type Cluster struct {
	Engine string
	URLs   []string
	Name   string
	CACert string
}

// Register adds the flags.
func (c *Cluster) Register(flags *pflag.FlagSet) {
	flags.StringVar(&c.Engine, "engine", Embedded,
		"`engine` that serves the index: bleve, on this machine, or opensearch, a cluster. For a cluster,\n"+
			"XUNWEN_OPENSEARCH_USERNAME and _PASSWORD, or XUNWEN_OPENSEARCH_API_KEY, sign in")
	flags.StringSliceVar(&c.URLs, "url", nil, "addresses of nodes of the cluster, e.g. https://search-1:9200")
	flags.StringVar(&c.Name, "name", "news", "name of the index in the cluster, an alias")
	flags.StringVar(&c.CACert, "ca-cert", "", "`file` with the certificates of authorities that the cluster's are checked by")
}

// IsRemote reports whether a cluster serves the index.
func (c *Cluster) IsRemote() bool { return c.Engine == OpenSearch }

var validName = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]*$`)

// Connect returns a client for the cluster.
func (c *Cluster) Connect() (*opensearch.Client, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	to := opensearch.Connection{
		Addresses: c.URLs,
		Username:  os.Getenv(envPrefix + "OPENSEARCH_USERNAME"),
		Password:  os.Getenv(envPrefix + "OPENSEARCH_PASSWORD"),
		APIKey:    os.Getenv(envPrefix + "OPENSEARCH_API_KEY"),
	}
	if c.CACert != "" {
		var err error
		if to.CACert, err = os.ReadFile(c.CACert); err != nil {
			return nil, Usagef("--ca-cert: %w", err)
		}
	}
	return opensearch.Connect(to)
}

// Check checks the flags.
func (c *Cluster) Check() error {
	switch {
	case c.Engine == Embedded && len(c.URLs) > 0:
		return Usagef("--url has no effect without --engine %s", OpenSearch)
	case c.Engine == Embedded:
		return nil
	case c.Engine != OpenSearch:
		return Usagef("--engine %q: want %s or %s", c.Engine, Embedded, OpenSearch)
	}
	return c.check()
}

func (c *Cluster) check() error {
	if len(c.URLs) == 0 {
		return Usagef("--engine %s needs --url, the address of a node such as http://127.0.0.1:9200", OpenSearch)
	}
	for _, text := range c.URLs {
		if u, err := url.Parse(text); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
			return Usagef("--url %s: want http:// or https://, a host and a port, without a user", redacted(text))
		}
	}
	if !validName.MatchString(c.Name) {
		return Usagef("--name %q: want small letters, digits, - and _, beginning with a letter or digit", c.Name)
	}
	return nil
}

// redacted returns an address without a password.
func redacted(text string) string {
	u, err := url.Parse(text)
	if err != nil {
		return "(not an address)"
	}
	return fmt.Sprintf("%q", u.Redacted())
}

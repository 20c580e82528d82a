package main

import (
	"net"
	"net/url"
	"strings"

	"xunwen/internal/cli"
	"xunwen/internal/server/caller"
)

// readNames reads the flags that say what the server is called.
func (set *settings) readNames() error {
	names := &set.front.Hosts.Names
	if set.publicURL != "" {
		u, err := readPublicURL(set.publicURL)
		if err != nil {
			return err
		}
		set.front.Public, *names = u, append(*names, u.Hostname())
	}
	for _, name := range set.hosts {
		if !isHostName(name) {
			return cli.Usagef("--hosts %q: want a name or an address without a port, such as news.example.org, or %s",
				name, caller.AnyHost)
		}
		*names = append(*names, strings.Trim(name, "[]"))
	}
	return nil
}

// readPublicURL reads an address with nothing but a scheme and a host: pages link to each
// other from the root.
func readPublicURL(text string) (*url.URL, error) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" ||
		u.Scheme+"://"+u.Host != strings.TrimSuffix(text, "/") {
		return nil, cli.Usagef("--public-url %q: want a scheme and a host, such as https://news.example.org", text)
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host}, nil
}

// isHostName reports whether a value of --hosts can be the name in a Host header.
func isHostName(name string) bool {
	if name == caller.AnyHost || net.ParseIP(strings.Trim(name, "[]")) != nil {
		return true
	}
	u, err := url.Parse("//" + name)
	return err == nil && name != "" && u.Host == name && u.Port() == "" && !strings.ContainsAny(name, ":*")
}

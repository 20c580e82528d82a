package caller

import (
	"net/http"
	"net/netip"
	"net/url"
	"slices"

	"github.com/gin-gonic/gin"
)

// Front is how clients reach the server: through which proxies, and by which address. The
// zero value has no proxy, and believes each request's own address.
type Front struct {
	// Proxies are the addresses whose X-Forwarded-For and X-Forwarded-Proto are trusted:
	// anyone can send these headers.
	Proxies []netip.Prefix
	// Public is the address by which people and programs know the server; nil if it is
	// that of each request.
	Public *url.URL
	// Hosts are the names that are answered.
	Hosts Hosts
}

// Trust makes gin's ClientIP use X-Forwarded-For if a connection comes from one of the
// proxies: the last address in it that isn't a proxy's.
func (f Front) Trust(r *gin.Engine) error {
	r.ForwardedByClientIP = len(f.Proxies) > 0
	r.RemoteIPHeaders = []string{"X-Forwarded-For"}
	var trusted []string
	for _, n := range f.Proxies {
		trusted = append(trusted, n.String())
	}
	return r.SetTrustedProxies(trusted)
}

// fromProxy reports whether a trusted proxy sent a request.
func (f Front) fromProxy(r *http.Request) bool {
	remote, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(f.Proxies, func(n netip.Prefix) bool { return n.Contains(remote.Addr().Unmap()) })
}

// Encrypted reports whether the client's connection uses TLS, to us or to a proxy. If no
// proxy says, the public address does, for requests to its host.
func (f Front) Encrypted(r *http.Request) bool {
	if said := r.Header.Get("X-Forwarded-Proto"); said != "" && f.fromProxy(r) {
		return said == "https"
	}
	return r.TLS != nil || f.Public != nil && f.Public.Scheme == "https" && hostName(r.Host) == hostName(f.Public.Host)
}

// BaseURL returns the address of the server for absolute addresses: the public one, or
// else the one by which the client reached the server.
func (f Front) BaseURL(r *http.Request) string {
	if f.Public != nil {
		return f.Public.String()
	}
	u := url.URL{Scheme: "http", Host: r.Host}
	if f.Encrypted(r) {
		u.Scheme = "https"
	}
	return u.String()
}

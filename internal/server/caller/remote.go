package caller

import (
	"crypto/rand"
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"slices"

	"github.com/gin-gonic/gin"
)

// What a request is called and where it comes from. Headers of a proxy are
// believed only where the connection comes from one that is trusted: anyone can
// send them.

const RequestIDHeader = "X-Request-Id"

// goodRequestID is a caller's name for a request that may stand in a log: UUIDs
// and the ids of tracing systems, nothing that could look like a log line.
var goodRequestID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$`)

// NameRequest gives a request its id: the caller's own or a new one.
func NameRequest(c *gin.Context) {
	id := c.GetHeader(RequestIDHeader)
	if !goodRequestID.MatchString(id) {
		id = rand.Text()
	}
	c.Header(RequestIDHeader, id)
}

// RequestID is the id that nameRequest gave.
func RequestID(c *gin.Context) string { return c.Writer.Header().Get(RequestIDHeader) }

// Trust makes gin's ClientIP believe X-Forwarded-For where a connection
// comes from one of the proxies: the last address in it that is not a proxy's.
func (p Proxies) Trust(r *gin.Engine) error {
	r.ForwardedByClientIP = len(p) > 0
	r.RemoteIPHeaders = []string{"X-Forwarded-For"}
	var trusted []string
	for _, n := range p {
		trusted = append(trusted, n.String())
	}
	return r.SetTrustedProxies(trusted)
}

// Proxies are the addresses whose X-Forwarded-For and X-Forwarded-Proto are trusted.
type Proxies []netip.Prefix

// fromProxy reports whether a trusted proxy sent a request.
func (p Proxies) fromProxy(r *http.Request) bool {
	remote, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(p, func(n netip.Prefix) bool { return n.Contains(remote.Addr().Unmap()) })
}

// Encrypted tells whether the client's connection is, to us or to a proxy.
func (p Proxies) Encrypted(r *http.Request) bool {
	return r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" && p.fromProxy(r)
}

// BaseURL is the address by which the client reached the server.
func (p Proxies) BaseURL(r *http.Request) string {
	u := url.URL{Scheme: "http", Host: r.Host}
	if p.Encrypted(r) {
		u.Scheme = "https"
	}
	return u.String()
}

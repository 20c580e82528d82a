package server

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

const requestIDHeader = "X-Request-Id"

// goodRequestID is a caller's name for a request that may stand in a log: UUIDs
// and the ids of tracing systems, nothing that could look like a log line.
var goodRequestID = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$`)

// nameRequest gives a request its id: the caller's own or a new one.
func nameRequest(c *gin.Context) {
	id := c.GetHeader(requestIDHeader)
	if !goodRequestID.MatchString(id) {
		id = rand.Text()
	}
	c.Header(requestIDHeader, id)
}

// requestID is the id that nameRequest gave.
func requestID(c *gin.Context) string { return c.Writer.Header().Get(requestIDHeader) }

// trustProxies makes gin's ClientIP believe X-Forwarded-For where a connection
// comes from one of the proxies: the last address in it that is not a proxy's.
func trustProxies(r *gin.Engine, proxies []netip.Prefix) error {
	r.ForwardedByClientIP = len(proxies) > 0
	r.RemoteIPHeaders = []string{"X-Forwarded-For"}
	var trusted []string
	for _, p := range proxies {
		trusted = append(trusted, p.String())
	}
	return r.SetTrustedProxies(trusted)
}

// fromProxy tells whether a trusted proxy sent a request.
func (s *server) fromProxy(r *http.Request) bool {
	remote, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	return slices.ContainsFunc(s.proxies, func(p netip.Prefix) bool { return p.Contains(remote.Addr().Unmap()) })
}

// encrypted tells whether the client's connection is, to us or to a proxy.
func (s *server) encrypted(r *http.Request) bool {
	return r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" && s.fromProxy(r)
}

// baseAddress is the address by which the client reached the server.
func (s *server) baseAddress(r *http.Request) string {
	u := url.URL{Scheme: "http", Host: r.Host}
	if s.encrypted(r) {
		u.Scheme = "https"
	}
	return u.String()
}

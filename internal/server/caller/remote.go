package caller

import (
	"crypto/rand"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
)

// Request ids and client addresses. Forwarding headers are only used if the connection
// comes from a trusted proxy: anyone can send them.

// RequestIDHeader carries the request id, in requests and answers.
const RequestIDHeader = "X-Request-Id"

// maxRequestID is longer than a UUID and the ids of tracing systems.
const maxRequestID = 64

// isGoodRequestID reports whether a client's request id is safe to log: letters, digits and
// signs inside, nothing that could imitate a log line.
func isGoodRequestID(id string) bool {
	if id == "" || len(id) > maxRequestID {
		return false
	}
	for i := range len(id) {
		switch c := id[i]; {
		case 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		case i > 0 && strings.IndexByte("._:-", c) >= 0:
		default:
			return false
		}
	}
	return true
}

// NameRequest sets the request id: the client's own if it is valid, or a new one.
func NameRequest(c *gin.Context) {
	id := c.GetHeader(RequestIDHeader)
	if !isGoodRequestID(id) {
		id = rand.Text()
	}
	c.Header(RequestIDHeader, id)
}

// RequestID returns the id that NameRequest set.
func RequestID(c *gin.Context) string { return c.Writer.Header().Get(RequestIDHeader) }

// Trust makes gin's ClientIP use X-Forwarded-For if a connection comes from one of the
// proxies: the last address in it that isn't a proxy's.
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

// Encrypted reports whether the client's connection uses TLS, to us or to a proxy.
func (p Proxies) Encrypted(r *http.Request) bool {
	return r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" && p.fromProxy(r)
}

// BaseURL returns the address by which the client reached the server.
func (p Proxies) BaseURL(r *http.Request) string {
	u := url.URL{Scheme: "http", Host: r.Host}
	if p.Encrypted(r) {
		u.Scheme = "https"
	}
	return u.String()
}

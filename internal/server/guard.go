package server

import (
	"net/http"
	"net/netip"
	"strings"

	"github.com/gin-gonic/gin"

	"xunwen/internal/access"
	"xunwen/internal/server/api"
	"xunwen/internal/server/caller"
	"xunwen/internal/server/page"
	"xunwen/internal/server/param"
	"xunwen/internal/server/problem"
)

// Access control: a request needs an API key, as programs send, or the session cookie
// of a reader who signed in with one. Without a file of keys, every request is allowed.

// openRoutes need no key: monitoring, what the sign-in page needs, and what agents read first.
var openRoutes = map[string]bool{
	"/healthz":        true,
	"/readyz":         true,
	api.AgentsPath:    true, // says that a key is needed
	page.StaticRoute:  true,
	page.LanguagePath: true,
	page.SignInPath:   true,
	page.SignOutPath:  true,
}

// unlimitedRoutes don't count towards limits: monitoring must work, and the static
// files belong to pages that were counted.
var unlimitedRoutes = map[string]bool{"/healthz": true, "/readyz": true, page.StaticRoute: true}

// checkHost rejects a request for a name that isn't the server's. Its own error page needs
// the static files, which have nothing to protect.
func (s *server) checkHost(c *gin.Context) {
	if !s.front.Hosts.Answers(c.Request) && c.FullPath() != page.StaticRoute {
		s.writeError(c, problem.ErrHost)
		c.Abort()
	}
}

// limitAddress enforces the limit per address, if there is one.
func (s *server) limitAddress(c *gin.Context) {
	if s.addresses == nil || unlimitedRoutes[c.FullPath()] {
		return
	}
	from, _ := netip.ParseAddr(c.ClientIP()) // the zero address for none
	s.allow(c, s.addresses.Allow(from))
}

// guard requires a key and enforces its limit.
func (s *server) guard(c *gin.Context) {
	if s.keys == nil || openRoutes[c.FullPath()] {
		return
	}
	v, err := s.identify(c.Request)
	if err != nil {
		s.reject(c, err)
		c.Abort()
		return
	}
	if v.SignedIn && !forPrograms(c.Request.URL.Path) {
		// On a shared computer, Back must show nothing after signing out.
		c.Header("Cache-Control", "no-store")
	}
	c.Request = caller.WithIdentity(c.Request, v)
	s.allow(c, v.Key.Allow())
}

// reject answers a request without a valid key: a program with a problem, a reader
// with the sign-in page, which leads back to the requested page.
func (s *server) reject(c *gin.Context, err error) {
	if forPrograms(c.Request.URL.Path) {
		problem.Write(c, s.log, err)
		return
	}
	next := param.LocalAddress(c.Request.URL.RequestURI())
	if err := s.site.WriteSignIn(c, http.StatusUnauthorized, next, false); err != nil {
		s.site.WriteError(c, err)
	}
}

// identify returns the identity of a client. An Authorization header takes precedence
// over a cookie, so that a client with a revoked key learns of it.
func (s *server) identify(r *http.Request) (caller.Identity, error) {
	if r.Header.Get("Authorization") != "" {
		if k, ok := s.keys.Find(sentKey(r)); ok {
			return caller.Identity{Key: k}, nil
		}
		return caller.Identity{}, problem.ErrBadKey
	}
	if k, ok := s.sessions.Key(s.site.Session(r)); ok {
		return caller.Identity{Key: k, SignedIn: true}, nil
	}
	return caller.Identity{}, problem.ErrNoKey
}

// sentKey returns the key in a request's Authorization header: a bearer token
// (RFC 6750), or the password of any user, since many feed readers send nothing else.
func sentKey(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(token)
	}
	_, password, _ := r.BasicAuth()
	return password
}

// allow rejects a request that exceeds a limit.
func (s *server) allow(c *gin.Context, v access.Verdict) {
	if !v.Allowed {
		s.writeError(c, &problem.TooMany{Wait: v.Wait})
		c.Abort()
	}
}

package server

import (
	"net/http"
	"net/netip"
	"strings"

	"github.com/gin-gonic/gin"

	"xunwen/internal/access"
	"xunwen/internal/server/caller"
	"xunwen/internal/server/page"
	"xunwen/internal/server/param"
	"xunwen/internal/server/problem"
)

// Who may ask: a request shows an API key, as programs do, or the cookie of a
// reader who signed in with one. Where no keys are set, all may.

// openRoutes are answered to everyone: what watches the server, and what the page
// for signing in needs.
var openRoutes = map[string]bool{"/healthz": true, "/readyz": true, page.StaticRoute: true, page.LanguagePath: true, page.SignInPath: true, page.SignOutPath: true}

// unlimitedRoutes are never counted: what watches must see, and files are named by pages.
var unlimitedRoutes = map[string]bool{"/healthz": true, "/readyz": true, page.StaticRoute: true}

// limitAddress holds every address to the limit of addresses, if one is set.
func (s *server) limitAddress(c *gin.Context) {
	if s.addresses == nil || unlimitedRoutes[c.FullPath()] {
		return
	}
	from, _ := netip.ParseAddr(c.ClientIP()) // the zero address for none
	s.allow(c, s.addresses.Allow(from))
}

// guard lets in who shows a key and is within its limit.
func (s *server) guard(c *gin.Context) {
	if s.keys == nil || openRoutes[c.FullPath()] {
		return
	}
	v, err := s.admit(c.Request)
	if err != nil {
		s.refuse(c, err)
		c.Abort()
		return
	}
	if v.SignedIn && !forPrograms(c.Request.URL.Path) {
		c.Header("Cache-Control", "no-store") // on a machine that readers share, the way back shows nothing after signing out
	}
	c.Request = caller.WithIdentity(c.Request, v)
	s.allow(c, v.Key.Allow())
}

// refuse asks for a key: a program with a problem, a reader with a page that leads
// back to what they wanted.
func (s *server) refuse(c *gin.Context, err error) {
	if forPrograms(c.Request.URL.Path) {
		problem.Write(c, s.log, err)
		return
	}
	if err := s.site.WriteSignIn(c, http.StatusUnauthorized, param.LocalAddress(c.Request.URL.RequestURI()), false); err != nil {
		s.site.WriteError(c, err)
	}
}

// admit finds out who asks. What is in Authorization counts alone, so that a key
// that was taken back is told so.
func (s *server) admit(r *http.Request) (caller.Identity, error) {
	if r.Header.Get("Authorization") != "" {
		if k, ok := s.keys.Find(shownKey(r)); ok {
			return caller.Identity{Key: k}, nil
		}
		return caller.Identity{}, problem.ErrBadKey
	}
	if cookie, err := r.Cookie(page.SessionCookie); err == nil {
		if k, ok := s.sessions.Key(cookie.Value); ok {
			return caller.Identity{Key: k, SignedIn: true}, nil
		}
	}
	return caller.Identity{}, problem.ErrNoKey
}

// shownKey is the key in a request's Authorization: a bearer token (RFC 6750), or a
// password under any name, since many feed readers can send nothing else.
func shownKey(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(token)
	}
	_, password, _ := r.BasicAuth()
	return password
}

// allow ends a request that is beyond a limit.
func (s *server) allow(c *gin.Context, v access.Verdict) {
	if !v.Allowed {
		s.writeError(c, &problem.TooMany{Wait: v.Wait})
		c.Abort()
	}
}

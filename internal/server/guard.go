package server

import (
	"context"
	"errors"
	"math"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/access"
)

// Who may ask: a request shows an API key, as programs do, or the cookie of a
// reader who signed in with one. Where no keys are set, all may.

// openRoutes are answered to everyone: what watches the server, and what the page
// for signing in needs.
var openRoutes = map[string]bool{"/healthz": true, "/readyz": true, staticRoute: true, languagePath: true, signInPath: true, signOutPath: true}

// unlimitedRoutes are never counted: what watches must see, and files are named by pages.
var unlimitedRoutes = map[string]bool{"/healthz": true, "/readyz": true, staticRoute: true}

var (
	errNoKey  = errors.New("no API key was shown")
	errBadKey = errors.New("what was shown is no API key that holds")
)

// tooManyError is a request beyond a limit.
type tooManyError struct{ wait time.Duration }

func (e *tooManyError) Error() string { return "too many requests; the next one in " + e.wait.String() }

// visitor is who asks.
type visitor struct {
	key      access.Key
	signedIn bool // with a cookie
}

type visitorKey struct{}

// visitorOf returns who asks; nobody in particular where no keys are set.
func visitorOf(r *http.Request) visitor {
	v, _ := r.Context().Value(visitorKey{}).(visitor)
	return v
}

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
	if v.signedIn && !forPrograms(c.Request.URL.Path) {
		c.Header("Cache-Control", "no-store") // on a machine that readers share, the way back shows nothing after signing out
	}
	c.Request = c.Request.WithContext(context.WithValue(c.Request.Context(), visitorKey{}, v))
	s.allow(c, v.key.Allow())
}

// refuse asks for a key: a program with a problem, a reader with a page that leads
// back to what they wanted.
func (s *server) refuse(c *gin.Context, err error) {
	if forPrograms(c.Request.URL.Path) {
		s.writeProblem(c, err)
		return
	}
	if err := s.writeSignIn(c, http.StatusUnauthorized, localAddress(c.Request.URL.RequestURI()), false); err != nil {
		s.writeErrorPage(c, err)
	}
}

// challengeFor says how a program shows a key, and whether what it showed was
// one (RFC 6750).
func challengeFor(err error) string {
	const challenge = `Bearer realm="xunwen"`
	if errors.Is(err, errBadKey) {
		return challenge + `, error="invalid_token"`
	}
	return challenge
}

// wholeSeconds rounds up, to one at least.
func wholeSeconds(d time.Duration) int { return max(1, int(math.Ceil(d.Seconds()))) }

// admit finds out who asks. What is in Authorization counts alone, so that a key
// that was taken back is told so.
func (s *server) admit(r *http.Request) (visitor, error) {
	if r.Header.Get("Authorization") != "" {
		if k, ok := s.keys.Find(shownKey(r)); ok {
			return visitor{key: k}, nil
		}
		return visitor{}, errBadKey
	}
	if cookie, err := r.Cookie(sessionCookie); err == nil {
		if k, ok := s.sessions.Key(cookie.Value); ok {
			return visitor{key: k, signedIn: true}, nil
		}
	}
	return visitor{}, errNoKey
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
		s.writeError(c, &tooManyError{v.Wait})
		c.Abort()
	}
}

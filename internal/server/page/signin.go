package page

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"xunwen/internal/access"
	"xunwen/internal/server/param"
	"xunwen/internal/server/problem"
	"xunwen/internal/wording"
)

// The paths of sessions.
const (
	SignInPath  = "/signin"
	SignOutPath = "/signout"
)

const (
	sessionCookie = "xunwen_session"
	// secureCookie is the session's cookie over TLS. Browsers accept a name with this
	// prefix only from the host itself, so a sibling host can't plant the session of
	// another key (RFC 6265bis, 4.1.3.2).
	secureCookie = "__Host-" + sessionCookie
)

// sessionCookieOf returns the name of the session's cookie in a request.
func (s *Site) sessionCookieOf(r *http.Request) string {
	if s.front.Encrypted(r) {
		return secureCookie
	}
	return sessionCookie
}

// Session returns the token of the session that a request has, "" for none.
func (s *Site) Session(r *http.Request) string {
	cookie, err := r.Cookie(s.sessionCookieOf(r))
	if err != nil {
		return ""
	}
	return cookie.Value
}

// maxForm is how many bytes of a form are read: a key, and an address that may be as
// long as a request line.
const maxForm = 64 << 10

// signInPage asks for a key.
type signInPage struct {
	frame
	Next  string // address to continue at
	Wrong bool   // the key was invalid
}

// WriteSignIn shows the page for signing in, which leads to next.
func (s *Site) WriteSignIn(c *gin.Context, status int, next string, wrong bool) error {
	w := s.words.of(c.Request)
	page := signInPage{s.newFrame(c.Request, w.Title(w.SignIn.Title), w.SignIn.About, box{}), next, wrong}
	page.SwitchTo = switchTo(w.Other(), signInAddress(next))
	if status == http.StatusUnauthorized {
		c.Header("WWW-Authenticate", problem.Challenge(problem.ErrNoKey))
	}
	return s.writePage(c, status, "signin", page)
}

// signInAddress returns the address of the form for signing in, which leads to next.
func signInAddress(next string) string {
	form := url.URL{Path: SignInPath, RawQuery: url.Values{"next": {next}}.Encode()}
	return form.String()
}

// serveSignInForm answers GET /signin.
func (s *Site) serveSignInForm(c *gin.Context) error {
	return s.WriteSignIn(c, http.StatusOK, param.LocalAddress(c.Query("next")), false)
}

// serveSignIn answers POST /signin: a valid key gets a cookie and a redirect. It counts
// towards the key's limit, as every request with the key.
func (s *Site) serveSignIn(c *gin.Context) error {
	if err := s.ownForm(c); err != nil {
		return err
	}
	next := param.LocalAddress(c.PostForm("next"))
	key, ok := s.sessions.Find(strings.TrimSpace(c.PostForm("key")))
	if !ok {
		return s.WriteSignIn(c, http.StatusUnauthorized, next, true)
	}
	if v := key.Allow(); !v.Allowed {
		return &problem.TooMany{Wait: v.Wait}
	}
	s.setSession(c, s.sessions.Begin(key), int(access.SessionTime.Seconds()))
	c.Redirect(http.StatusSeeOther, next)
	return nil
}

// serveSignOut answers POST /signout.
func (s *Site) serveSignOut(c *gin.Context) error {
	if err := s.ownForm(c); err != nil {
		return err
	}
	s.sessions.End(s.Session(c.Request))
	s.setSession(c, "", -1)
	c.Redirect(http.StatusSeeOther, SignInPath)
	return nil
}

// setSession stores a session in a cookie, out of reach of scripts and other sites.
// The name __Host-… needs Secure, the path / and no domain.
func (s *Site) setSession(c *gin.Context, token string, seconds int) {
	http.SetCookie(c.Writer, &http.Cookie{
		Name:     s.sessionCookieOf(c.Request),
		Value:    token,
		Path:     "/",
		MaxAge:   seconds,
		HttpOnly: true,
		SameSite: http.SameSiteStrictMode,
		Secure:   s.front.Encrypted(c.Request),
	})
}

// ownForm parses a form, which must come from a page of this server.
func (s *Site) ownForm(c *gin.Context) error {
	if err := s.sameSite.Check(c.Request); err != nil {
		return &problem.Fault{
			Kind:   problem.CrossSite,
			Detail: "the form was sent from another site",
			Words:  func(w *wording.Words) string { return w.Problems.ForeignForm },
		}
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, maxForm)
	if err := c.Request.ParseForm(); err != nil {
		return &problem.Fault{
			Kind:   problem.BadParameter,
			Detail: "the form can't be parsed",
			Words:  func(w *wording.Words) string { return w.Problems.BadEncoding },
		}
	}
	return nil
}

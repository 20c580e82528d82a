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

// The paths and the cookie of sessions.
const (
	SignInPath    = "/signin"
	SignOutPath   = "/signout"
	SessionCookie = "xunwen_session"
)

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
	form := &url.URL{Path: SignInPath, RawQuery: url.Values{"next": {next}}.Encode()}
	page.SwitchTo = switchTo(w.Other(), &http.Request{URL: form})
	if status == http.StatusUnauthorized {
		c.Header("WWW-Authenticate", problem.Challenge(problem.ErrNoKey))
	}
	return s.writePage(c, status, "signin", page)
}

// serveSignInForm answers GET /signin.
func (s *Site) serveSignInForm(c *gin.Context) error {
	return s.WriteSignIn(c, http.StatusOK, param.LocalAddress(c.Query("next")), false)
}

// serveSignIn answers POST /signin: a valid key gets a cookie and a redirect.
func (s *Site) serveSignIn(c *gin.Context) error {
	if err := s.ownForm(c); err != nil {
		return err
	}
	next := param.LocalAddress(c.PostForm("next"))
	token, ok := s.sessions.Begin(strings.TrimSpace(c.PostForm("key")))
	if !ok {
		return s.WriteSignIn(c, http.StatusUnauthorized, next, true)
	}
	s.setSession(c, token, int(access.SessionTime.Seconds()))
	c.Redirect(http.StatusSeeOther, next)
	return nil
}

// serveSignOut answers POST /signout.
func (s *Site) serveSignOut(c *gin.Context) error {
	if err := s.ownForm(c); err != nil {
		return err
	}
	if cookie, err := c.Request.Cookie(SessionCookie); err == nil {
		s.sessions.End(cookie.Value)
	}
	s.setSession(c, "", -1)
	c.Redirect(http.StatusSeeOther, SignInPath)
	return nil
}

// setSession stores a session in a cookie, out of reach of scripts and other sites.
func (s *Site) setSession(c *gin.Context, token string, seconds int) {
	http.SetCookie(c.Writer, &http.Cookie{
		Name:     SessionCookie,
		Value:    token,
		Path:     "/",
		MaxAge:   seconds,
		HttpOnly: true,
		SameSite: http.SameSiteStrictMode,
		Secure:   s.proxies.Encrypted(c.Request),
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

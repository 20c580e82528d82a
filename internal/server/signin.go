package server

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"xunwen/internal/access"
	"xunwen/internal/wording"
)

const (
	signInPath  = "/signin"
	signOutPath = "/signout"

	sessionCookie = "xunwen_session"

	// maxForm bounds what is read of a form: a key and an address, which may be
	// as long as a request's line.
	maxForm = 64 << 10
)

// signInPage asks a reader for a key.
type signInPage struct {
	frame
	Next  string // address to go on to
	Wrong bool   // what was given is no key
}

// writeSignIn shows the page for signing in, which leads on to next.
func (s *server) writeSignIn(c *gin.Context, status int, next string, wrong bool) error {
	w := s.words.of(c.Request)
	page := signInPage{s.newFrame(c.Request, w.Title(w.SignIn.Title), w.SignIn.About, box{}), next, wrong}
	page.SwitchTo = switchTo(w.Other(), &http.Request{URL: &url.URL{Path: signInPath, RawQuery: url.Values{"next": {next}}.Encode()}})
	if status == http.StatusUnauthorized {
		c.Header("WWW-Authenticate", challengeFor(errNoKey))
	}
	return s.writePage(c, status, "signin", page)
}

// signInForm answers GET /signin.
func (s *server) signInForm(c *gin.Context) error {
	return s.writeSignIn(c, http.StatusOK, localAddress(c.Query("next")), false)
}

// signIn answers POST /signin: for a key that holds, a cookie and the way on.
func (s *server) signIn(c *gin.Context) error {
	if err := s.ownForm(c); err != nil {
		return err
	}
	next := localAddress(c.PostForm("next"))
	token, ok := s.sessions.Begin(strings.TrimSpace(c.PostForm("key")))
	if !ok {
		return s.writeSignIn(c, http.StatusUnauthorized, next, true)
	}
	s.setSession(c, token, int(access.SessionTime.Seconds()))
	c.Redirect(http.StatusSeeOther, next)
	return nil
}

// signOut answers POST /signout.
func (s *server) signOut(c *gin.Context) error {
	if err := s.ownForm(c); err != nil {
		return err
	}
	if cookie, err := c.Request.Cookie(sessionCookie); err == nil {
		s.sessions.End(cookie.Value)
	}
	s.setSession(c, "", -1)
	c.Redirect(http.StatusSeeOther, signInPath)
	return nil
}

// setSession keeps a session in the reader's browser, out of reach of scripts and
// of other sites.
func (s *server) setSession(c *gin.Context, token string, seconds int) {
	http.SetCookie(c.Writer, &http.Cookie{Name: sessionCookie, Value: token, Path: "/", MaxAge: seconds,
		HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: s.encrypted(c.Request)})
}

// ownForm reads a form that a page of this server sent.
func (s *server) ownForm(c *gin.Context) error {
	if err := s.sameSite.Check(c.Request); err != nil {
		return &fault{kind: foreignForm, detail: "the form was sent by a page of another site",
			words: func(w *wording.Words) string { return w.Problems.OtherSite }}
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, maxForm)
	if err := c.Request.ParseForm(); err != nil {
		return &fault{kind: badParameter, detail: "the form can't be read", words: func(w *wording.Words) string { return w.Problems.BadEncoding }}
	}
	return nil
}

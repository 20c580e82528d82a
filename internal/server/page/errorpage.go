package page

import (
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"xunwen/internal/server/param"
	"xunwen/internal/server/problem"
	"xunwen/internal/wording"
)

// errorPage is shown when there is no other content.
type errorPage struct {
	frame
	Heading string
	Words   string
	Retry   string // the requested address if it may work later, else ""
	Home    string // address of the home page, "" if it is unknown
}

// errorHeading returns the heading for an HTTP status.
func errorHeading(w *wording.Words, status int) string {
	switch status {
	case http.StatusBadRequest:
		return w.Problems.BadAddress
	case http.StatusNotFound:
		return w.Problems.NoPage
	case http.StatusMethodNotAllowed:
		return w.Problems.BadMethod
	case http.StatusGone:
		return w.Problems.Changed
	case http.StatusServiceUnavailable:
		return w.Problems.Unavailable
	case http.StatusTooManyRequests:
		return w.Problems.TooManyRequests
	case http.StatusMisdirectedRequest:
		return w.Problems.WrongAddress
	case http.StatusForbidden:
		return w.Problems.Forbidden
	}
	return w.Problems.Fault
}

func newErrorPage(f frame, p problem.Problem) errorPage {
	heading, words := errorHeading(f.W, p.Status), p.In(f.W)
	f.Title, f.Description = f.W.Title(heading), words
	return errorPage{frame: f, Heading: heading, Words: words, Home: "/"}
}

// WriteError answers with an error page.
func (s *Site) WriteError(c *gin.Context, err error) {
	p := problem.Begin(c, s.log, err)
	page := newErrorPage(s.newFrame(c.Request, "", "", box{Text: c.Query("q")}), p)
	if p.Status == http.StatusMisdirectedRequest {
		page.leadAway(s.front.Public)
	}
	if p.RetryAfter > 0 {
		page.Retry = retryAddress(c.Request)
	}
	if err := s.writePage(c, p.Status, "error", page); err != nil {
		s.log.Error("writing an error page", "error", err)
		c.Status(http.StatusInternalServerError)
	}
}

// leadAway leaves out what leads to the server under a name that it doesn't answer to, and
// links to its public address if there is one.
func (p *errorPage) leadAway(public *url.URL) {
	p.Home, p.Bare = "", true
	if public != nil {
		p.Home = public.String() + "/"
	}
}

// retryAddress returns the address at which to try a request again. A form can't be sent
// by a link: it leads to the sign-in page, which has the only form that is limited.
func retryAddress(r *http.Request) string {
	if r.Method == http.MethodPost {
		return signInAddress(param.LocalAddress(r.PostForm.Get("next")))
	}
	return param.LocalAddress(r.URL.RequestURI())
}

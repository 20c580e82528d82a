package server

import (
	"bytes"
	"html/template"
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"

	"xunwen/internal/wording"
	"xunwen/web"
)

// templates are the pages' templates by name, each with the layout.
type templates struct {
	named map[string]*template.Template
	// drafts are the *bytes.Buffer in which pages are rendered: a buffer that
	// grew anew to a page of 100 KB would be half of what the page allocates.
	drafts *sync.Pool
}

// readTemplates parses the embedded templates. A test renders every one, so a
// failure is a mistake in this program.
func readTemplates() templates {
	t := templates{named: map[string]*template.Template{}, drafts: &sync.Pool{New: func() any { return new(bytes.Buffer) }}}
	for _, name := range []string{"home", "results", "article", "error", "browse", "compare", "api", "help", "signin"} {
		t.named[name] = template.Must(template.ParseFS(web.Files, "templates/layout.html", "templates/"+name+".html"))
	}
	return t
}

// frame is what every page shows around its content.
type frame struct {
	W           *wording.Words
	Title       string
	Description string
	Box         box
	Styles      []string // addresses
	Theme       string
	Scripts     []string // in the order in which they run
	Icon        string
	Feed        string // address of the page's feed, "" for none
	Canonical   string // the page's one address among several, "" for none
	SwitchTo    string // address that switches to the other language
	SignedIn    bool   // by a cookie, which signing out ends
	Session     string // address of the script for who is signed in
}

// box is the search box and what is sent with it.
type box struct {
	Text   string
	Hidden []field
	Focus  bool // the page is for searching: begin in the box
}

// newFrame makes the frame of a page in the reader's language; title is what it
// is called besides the site.
func (s *server) newFrame(r *http.Request, title, description string, b box) frame {
	w := s.words.of(r)
	f := frame{W: w, Title: title, Description: description, Box: b,
		Styles: s.assets.stylesOf("app"), Icon: s.assets.Icon, Theme: s.assets.Theme, Scripts: s.assets.scriptsOf("box", "complete"),
		SwitchTo: switchTo(w.Other(), r), SignedIn: visitorOf(r).signedIn}
	if f.SignedIn {
		f.Session = s.assets.scripts["session"]
	}
	return f
}

// paperFrame makes the frame of a page that is read from the top and not searched.
func (s *server) paperFrame(r *http.Request, title, description string) frame {
	f := s.newFrame(r, title, description, box{})
	f.Styles = s.assets.stylesOf("app", "paper")
	return f
}

// writePage renders a page whole before anything is sent.
func (s *server) writePage(c *gin.Context, status int, name string, data any) error {
	b := s.pages.drafts.Get().(*bytes.Buffer)
	defer s.pages.drafts.Put(b) // who writes an answer keeps nothing of it
	b.Reset()
	if err := s.pages.named[name].ExecuteTemplate(b, "layout", data); err != nil {
		return err
	}
	c.Writer.Header().Add("Vary", variesBy)
	c.Data(status, "text/html; charset=utf-8", b.Bytes())
	return nil
}

type homePage struct {
	frame
}

func (s *server) homePage(c *gin.Context) error {
	w := s.words.of(c.Request)
	page := homePage{s.newFrame(c.Request, w.Site.Name, w.Site.About, box{Focus: true})}
	return s.writePage(c, http.StatusOK, "home", page)
}

// errorPage is shown where there is nothing else to show.
type errorPage struct {
	frame
	Heading string
	Words   string
	Retry   string // the address asked for, where it may be answered later
}

// errorHeading is an error page's first line.
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
		return w.Problems.TooOften
	case http.StatusForbidden:
		return w.Problems.Forbidden
	}
	return w.Problems.Fault
}

func newErrorPage(f frame, p problem) errorPage {
	heading, words := errorHeading(f.W, p.Status), p.in(f.W)
	f.Title, f.Description = f.W.Title(heading), words
	return errorPage{frame: f, Heading: heading, Words: words}
}

// writeErrorPage answers an error as a page.
func (s *server) writeErrorPage(c *gin.Context, err error) {
	p := s.announce(c, err)
	page := newErrorPage(s.newFrame(c.Request, "", "", box{Text: c.Query("q")}), p)
	if p.retryAfter > 0 {
		page.Retry = c.Request.URL.RequestURI()
	}
	if err := s.writePage(c, p.Status, "error", page); err != nil {
		s.log.Error("writing an error page", "error", err)
		c.Status(http.StatusInternalServerError)
	}
}

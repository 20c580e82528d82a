package page

import (
	"bytes"
	"html/template"
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"

	"xunwen/internal/server/caller"
	"xunwen/internal/server/param"
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
	Hidden []param.Field
	Focus  bool // the page is for searching: begin in the box
}

// newFrame makes the frame of a page in the reader's language; title is what it
// is called besides the site.
func (s *Site) newFrame(r *http.Request, title, description string, b box) frame {
	w := s.words.of(r)
	f := frame{W: w, Title: title, Description: description, Box: b,
		Styles: s.assets.stylesOf("app"), Icon: s.assets.Icon, Theme: s.assets.Theme, Scripts: s.assets.scriptsOf("box", "complete"),
		SwitchTo: switchTo(w.Other(), r), SignedIn: caller.IdentityOf(r).SignedIn}
	if f.SignedIn {
		f.Session = s.assets.scripts["session"]
	}
	return f
}

// paperFrame makes the frame of a page that is read from the top and not searched.
func (s *Site) paperFrame(r *http.Request, title, description string) frame {
	f := s.newFrame(r, title, description, box{})
	f.Styles = s.assets.stylesOf("app", "paper")
	return f
}

// writePage renders a page whole before anything is sent.
func (s *Site) writePage(c *gin.Context, status int, name string, data any) error {
	b := s.templates.drafts.Get().(*bytes.Buffer)
	defer s.templates.drafts.Put(b) // who writes an answer keeps nothing of it
	b.Reset()
	if err := s.templates.named[name].ExecuteTemplate(b, "layout", data); err != nil {
		return err
	}
	c.Writer.Header().Add("Vary", VaryHeader)
	c.Data(status, "text/html; charset=utf-8", b.Bytes())
	return nil
}

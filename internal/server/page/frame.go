package page

import (
	"bytes"
	"html/template"
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"

	"xunwen/internal/server/caller"
	"xunwen/internal/server/highlight"
	"xunwen/internal/server/param"
	"xunwen/internal/wording"
	"xunwen/web"
)

// templates holds the pages' templates by name, each with the layout.
type templates struct {
	named map[string]*template.Template
	// buffers has the *bytes.Buffer in which pages are rendered. Growing a new
	// buffer to a page of 100 KB would be half of the page's allocations.
	buffers *sync.Pool
}

// readTemplates parses the embedded templates. It panics if one is invalid, which
// tests would have found.
func readTemplates() templates {
	t := templates{
		named:   map[string]*template.Template{},
		buffers: &sync.Pool{New: func() any { return new(bytes.Buffer) }},
	}
	for _, name := range []string{"home", "results", "article", "error", "browse", "compare", "batch", "api", "help",
		"signin", "versions"} {
		t.named[name] = template.Must(template.New(name).
			Funcs(template.FuncMap{"pieces": highlight.TemplateHTML}).
			ParseFS(web.Files, "templates/layout.html", "templates/"+name+".html"))
	}
	return t
}

// frame has the data that every page shows around its content.
type frame struct {
	W           *wording.Words
	Title       string
	Description string
	Box         box
	Styles      []string // addresses
	Theme       string
	Scripts     []string // in order of execution
	Icon        string
	Feed        string // address, "" for none
	Preview     []metaText
	Canonical   string // the preferred one of the page's addresses, "" for none
	SwitchTo    string // address of the link to the other language
	SignedIn    bool   // with a cookie: the reader can sign out
	Session     string // address of the script for signed-in readers
	Bare        bool   // without search box and links to other pages
}

// metaText is a property of a page for programs that show previews of links.
type metaText struct{ Property, Content string }

// box is the search box and the fields sent with it.
type box struct {
	Text   string
	Hidden []param.Field
	Focus  bool // on pages that are for searching
}

// newFrame returns the frame of a page in the reader's language.
func (s *Site) newFrame(r *http.Request, title, description string, b box) frame {
	w := s.words.of(r)
	f := frame{
		W:           w,
		Title:       title,
		Description: description,
		Box:         b,
		Styles:      s.assets.stylesOf("app"),
		Icon:        s.assets.Icon,
		Theme:       s.assets.Theme,
		Scripts:     s.assets.scriptsOf("box", "complete"),
		SwitchTo:    switchTo(w.Other(), param.LocalAddress(r.URL.RequestURI())),
		SignedIn:    caller.IdentityOf(r).SignedIn,
	}
	if f.SignedIn {
		f.Session = s.assets.scripts["session"]
	}
	return f
}

// paperFrame returns the frame of a text page, such as help.
func (s *Site) paperFrame(r *http.Request, title, description string) frame {
	f := s.newFrame(r, title, description, box{})
	f.Styles = s.assets.stylesOf("app", "paper")
	return f
}

// maxKept is how large a buffer may be that is kept for other pages.
const maxKept = 1 << 20

// writePage renders the whole page before it sends anything.
func (s *Site) writePage(c *gin.Context, status int, name string, data any) error {
	page, err := s.render(name, data)
	if err != nil {
		return err
	}
	s.send(c, status, page)
	return nil
}

// render makes a page.
func (s *Site) render(name string, data any) (*bytes.Buffer, error) {
	b := s.templates.buffers.Get().(*bytes.Buffer)
	b.Reset()
	return b, s.templates.named[name].ExecuteTemplate(b, "layout", data)
}

// send sends a rendered page, which must not be used afterwards.
func (s *Site) send(c *gin.Context, status int, page *bytes.Buffer) {
	c.Writer.Header().Add("Vary", VaryHeader)
	c.Data(status, "text/html; charset=utf-8", page.Bytes())
	if page.Cap() <= maxKept { // writers don't keep what they are given
		s.templates.buffers.Put(page)
	}
}

package server

import (
	"bytes"
	"html/template"
	"net/http"

	"github.com/gin-gonic/gin"

	"xunwen/web"
)

// templates are the pages' templates by name, each with the layout.
type templates map[string]*template.Template

// readTemplates parses the embedded templates. A test renders every one, so a
// failure is a mistake in this program.
func readTemplates() templates {
	t := templates{}
	for _, name := range []string{"home", "results", "article", "error", "browse", "api", "signin"} {
		t[name] = template.Must(template.ParseFS(web.Files, "templates/layout.html", "templates/"+name+".html"))
	}
	return t
}

// frame is what every page shows around its content.
type frame struct {
	Title       string
	Description string
	Box         box
	CSS         string
	Theme       string
	Scripts     []string // in the order in which they run
	Icon        string
	Feed        string // address of the page's feed, "" for none
}

// box is the search box and what is sent with it.
type box struct {
	Text   string
	Hidden []field
	Focus  bool // the page is for searching: begin in the box
}

func (s *server) newFrame(title, description string, b box) frame {
	return frame{Title: title, Description: description, Box: b,
		CSS: s.assets.CSS, Icon: s.assets.Icon, Theme: s.assets.Theme, Scripts: s.assets.scriptsOf("box", "complete")}
}

// writePage renders a page whole before anything is sent.
func (s *server) writePage(c *gin.Context, status int, name string, data any) error {
	var b bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&b, "layout", data); err != nil {
		return err
	}
	c.Data(status, "text/html; charset=utf-8", b.Bytes())
	return nil
}

type homePage struct {
	frame
}

const siteWords = "在中文报纸里找一句话、一个名字、一件事。"

func (s *server) homePage(c *gin.Context) error {
	page := homePage{s.newFrame("寻闻", siteWords, box{Focus: true})}
	return s.writePage(c, http.StatusOK, "home", page)
}

// errorPage is shown where there is nothing else to show.
type errorPage struct {
	frame
	Heading string
	Words   string
	Retry   string // the address asked for, where it may be answered later
}

// headings are the error pages' first lines by status.
var headings = map[int]string{
	http.StatusBadRequest:         "看不懂这个地址",
	http.StatusNotFound:           "没有这一页",
	http.StatusMethodNotAllowed:   "不能这样访问",
	http.StatusGone:               "索引已更新",
	http.StatusServiceUnavailable: "暂时不能搜索",
	http.StatusTooManyRequests:    "请求太频繁",
}

func newErrorPage(f frame, p problem) errorPage {
	heading, ok := headings[p.Status]
	if !ok {
		heading = "出错了"
	}
	f.Title, f.Description = heading+" · 寻闻", p.words
	return errorPage{frame: f, Heading: heading, Words: p.words}
}

// writeErrorPage answers an error as a page.
func (s *server) writeErrorPage(c *gin.Context, err error) {
	p := s.announce(c, err)
	page := newErrorPage(s.newFrame("", "", box{Text: c.Query("q")}), p)
	if p.retryAfter > 0 {
		page.Retry = c.Request.URL.RequestURI()
	}
	if err := s.writePage(c, p.Status, "error", page); err != nil {
		s.log.Error("writing an error page", "error", err)
		c.Status(http.StatusInternalServerError)
	}
}

package server

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/server/page"
	"xunwen/internal/server/param"
	"xunwen/web"
)

// Answers that a client has already need not be made again: all that an answer
// depends on is the request, the generation and the program. An ETag is a hash of
// these and is given with a status of 200 alone. So who shows it has had the
// answer, and gets 304 without the engine being asked. It is weak (RFC 9110,
// 8.8.1), since the time that a search took may differ.

// untagged are routes whose answers depend on more, or that have a better way.
var untagged = map[string]bool{
	"":         true,                  // no such path
	"/healthz": true, "/readyz": true, // the state of the moment
	param.ExportPath:  true,                                                // the day, and too long to hold back
	page.StaticRoute:  true,                                                // never asked for twice
	page.LanguagePath: true, page.SignInPath: true, page.SignOutPath: true, // these change something
}

// buildOf is a hash of the program's version and of what its pages are made of.
func buildOf(version string) string {
	h := sha256.New()
	fmt.Fprintf(h, "%q\n", version)
	err := fs.WalkDir(web.Files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := fs.ReadFile(web.Files, name)
		fmt.Fprintf(h, "%q %x\n", name, sha256.Sum256(body))
		return err
	})
	if err != nil {
		panic("server: embedded files: " + err.Error()) // they were there at compile time
	}
	return string(h.Sum(nil))
}

// notModified answers 304 to who has the answer, and gives others its tag.
func (s *server) notModified(c *gin.Context) {
	if untagged[c.FullPath()] || c.Request.Method != http.MethodGet && c.Request.Method != http.MethodHead {
		return
	}
	generation := s.engine.Generation()
	tag := s.tag(c.Request, generation)
	if generation != "" && shows(c.Request, tag) {
		c.Header("ETag", tag)
		if !forPrograms(c.Request.URL.Path) {
			c.Header("Vary", page.VaryHeader)
		}
		c.AbortWithStatus(http.StatusNotModified)
		return
	}
	c.Writer = &tagging{ResponseWriter: c.Writer, tag: func() string {
		if c.GetBool(page.Unfinished) {
			return ""
		}
		if generation == "" || s.engine.Generation() != generation {
			return "" // swapped meanwhile: it is not known which of them answered
		}
		return tag
	}}
}

// tag is the ETag of the answer to a request.
func (s *server) tag(r *http.Request, generation string) string {
	h := sha256.New()
	if strings.HasPrefix(r.URL.Path, param.ArticlesPath) {
		fmt.Fprintf(h, "%q ", s.now().Format(time.DateOnly)) // on which it is cited
	}
	fmt.Fprintf(h, "%q %q %q %q %q %q", s.build, generation, s.proxies.BaseURL(r), r.URL.RequestURI(), r.Header.Values("Accept-Language"), r.Header.Values("Cookie"))
	return `W/"` + base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:15]) + `"`
}

// shows tells whether a request shows a tag.
func shows(r *http.Request, tag string) bool {
	shown := strings.Split(strings.Join(r.Header.Values("If-None-Match"), ","), ",")
	return slices.ContainsFunc(shown, func(t string) bool { return strings.TrimSpace(t) == tag })
}

// tagging sets the ETag when a whole answer begins.
type tagging struct {
	gin.ResponseWriter
	tag func() string
}

func (w *tagging) Write(b []byte) (int, error) {
	w.begin()
	return w.ResponseWriter.Write(b)
}

func (w *tagging) WriteString(s string) (int, error) {
	w.begin()
	return w.ResponseWriter.WriteString(s)
}

func (w *tagging) begin() {
	if w.Written() || w.Status() != http.StatusOK {
		return
	}
	if tag := w.tag(); tag != "" {
		w.Header().Set("ETag", tag)
	}
}

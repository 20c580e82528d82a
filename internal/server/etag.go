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

	"xunwen/internal/mcp"
	"xunwen/internal/server/page"
	"xunwen/internal/server/param"
	"xunwen/web"
)

// Conditional requests. An answer depends only on the request, the generation and the
// program. Its ETag is a hash of these and is only sent with status 200. A client that
// sends it back therefore has the answer, and gets 304 without a call of the engine. A page
// that lacks parts under load has none and is not stored. The tag is weak (RFC 9110, 8.8.1),
// since the duration of a search can differ.

// untagged are routes whose answers depend on more, or that are cached differently.
var untagged = map[string]bool{
	"":         true,                  // no such path
	"/healthz": true, "/readyz": true, // the state of the moment
	mcp.Path:          true,                                                // POST
	param.ExportPath:  true,                                                // depends on the day, too long to buffer
	page.StaticRoute:  true,                                                // cached forever
	page.LanguagePath: true, page.SignInPath: true, page.SignOutPath: true, // these change something
}

// buildOf returns a hash of the program's version and of its embedded files.
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
		panic("server: embedded files: " + err.Error()) // impossible: they were embedded
	}
	return string(h.Sum(nil))
}

// notModified answers 304 if the client's copy is current, and otherwise tags the answer.
func (s *server) notModified(c *gin.Context) {
	if untagged[c.FullPath()] || c.Request.Method != http.MethodGet && c.Request.Method != http.MethodHead {
		return
	}
	generation := s.engine.Generation()
	tag := s.tag(c.Request, generation)
	if generation != "" && hasETag(c.Request, tag) {
		c.Header("ETag", tag)
		if !forPrograms(c.Request.URL.Path) {
			c.Header("Vary", page.VaryHeader)
		}
		c.AbortWithStatus(http.StatusNotModified)
		return
	}
	c.Writer = &tagging{ResponseWriter: c.Writer, tag: func() string {
		if len(page.LeftOut(c)) > 0 {
			return ""
		}
		if generation == "" || s.engine.Generation() != generation {
			return "" // swapped meanwhile: either generation may have answered
		}
		return tag
	}}
}

// tag is the ETag of the answer to a request.
func (s *server) tag(r *http.Request, generation string) string {
	h := sha256.New()
	if strings.HasPrefix(r.URL.Path, param.ArticlesPath) || strings.HasSuffix(r.URL.Path, param.CitationEnd) {
		fmt.Fprintf(h, "%q ", s.now().Format(time.DateOnly)) // citations include the date of access
	}
	fmt.Fprintf(h, "%q %q %q %q %q %q", s.build, generation, s.front.BaseURL(r), r.URL.RequestURI(),
		r.Header.Values("Accept-Language"), r.Header.Values("Cookie"))
	return `W/"` + base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:15]) + `"`
}

// hasETag reports whether a request has a tag in If-None-Match.
func hasETag(r *http.Request, tag string) bool {
	sent := strings.Split(strings.Join(r.Header.Values("If-None-Match"), ","), ",")
	return slices.ContainsFunc(sent, func(t string) bool { return strings.TrimSpace(t) == tag })
}

// tagging sets the ETag when the body of a complete answer begins.
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

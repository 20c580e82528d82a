package server

import (
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/server/api"
	"xunwen/internal/server/caller"
	"xunwen/internal/server/param"
	"xunwen/internal/server/problem"
)

// contentPolicy lets a page load its own files and nothing else; no template
// holds a script or a style.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// unused are powers of a browser that no page here needs.
const unused = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"

func (s *server) securityHeaders(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", unused)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", "no-cache") // a new generation may answer differently
	if s.keys != nil {
		h.Set("Cache-Control", "private, no-cache") // nor may others than who showed a key see it
	}
}

// accessLog measures each request and writes a line of it, also of one whose
// connection is broken off. It leaves the query out: what people look for is theirs.
func (s *server) accessLog(c *gin.Context) {
	start := s.now()
	done := s.measure()
	defer func() {
		took := s.now().Sub(start)
		done(c.FullPath(), c.Writer.Status(), took)
		attrs := []slog.Attr{
			slog.String("method", c.Request.Method),
			slog.String("path", c.Request.URL.Path),
			slog.Int("status", c.Writer.Status()),
			slog.Int("bytes", max(c.Writer.Size(), 0)),
			slog.Duration("took", took),
			slog.String("from", c.ClientIP()),
			slog.String("request_id", caller.RequestID(c)),
		}
		if s.keys != nil {
			attrs = append(attrs, slog.String("key", caller.IdentityOf(c.Request).Key.Name))
		}
		s.log.LogAttrs(c.Request.Context(), slog.LevelInfo, "request", attrs...)
	}()
	c.Next()
}

// recoverPanic keeps one broken request from ending the others. The reader is
// told nothing of the reason; the log is told all.
func (s *server) recoverPanic(c *gin.Context) {
	defer func() {
		v := recover()
		if v == nil {
			return
		}
		if v == http.ErrAbortHandler {
			panic(v) // net/http's own way to end a connection quietly
		}
		s.log.Error("a handler panicked", "request_id", caller.RequestID(c), "path", c.Request.URL.Path, "panic", v, "stack", string(debug.Stack()))
		c.Abort()
		if c.Writer.Written() {
			return
		}
		s.writeError(c, problem.ErrPanicked)
	}()
	c.Next()
}

func (s *server) notFound(c *gin.Context) { s.writeError(c, problem.ErrNoPath) }

func (s *server) wrongMethod(c *gin.Context) { s.writeError(c, problem.ErrMethod) }

// writeError answers an error in the form that the path promises.
func (s *server) writeError(c *gin.Context, err error) {
	if forPrograms(c.Request.URL.Path) {
		problem.Write(c, s.log, err)
		return
	}
	s.site.WriteError(c, err)
}

func forPrograms(path string) bool {
	return path == "/api" || strings.HasPrefix(path, "/api/") || path == param.FeedPath ||
		path == api.HealthPath || path == api.ReadyPath || path == api.OpenSearchPath || path == api.DescriptionPath
}

// requestTime bounds the work on a request. A slow answer is worse than none:
// its reader has given up or asked again.
const requestTime = 10 * time.Second

// deadline bounds every request but an export, which has its own bounds.
func deadline(c *gin.Context) {
	if c.FullPath() == param.ExportPath {
		return
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), requestTime)
	defer cancel()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

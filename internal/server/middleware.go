package server

import (
	"context"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/mcp"
	"xunwen/internal/server/api"
	"xunwen/internal/server/caller"
	"xunwen/internal/server/page"
	"xunwen/internal/server/param"
	"xunwen/internal/server/problem"
)

// contentPolicy allows a page only files from this server; no template contains an
// inline script or style.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// unused lists the browser features that no page needs.
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
		h.Set("Cache-Control", "private, no-cache") // a shared cache must not serve it to clients without a key
	}
}

// accessLog measures and logs each request, even if its connection was aborted. It
// leaves out the query: what people search for is their own business.
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
		if c.Writer.Status() == http.StatusMisdirectedRequest {
			attrs = append(attrs, slog.String("host", c.Request.Host)) // to be added to --hosts, or an attack
		}
		if s.keys != nil {
			attrs = append(attrs, slog.String("key", caller.IdentityOf(c.Request).Key.Name))
		}
		if parts := page.LeftOut(c); len(parts) > 0 {
			attrs = append(attrs, slog.String("left_out", strings.Join(parts, ",")))
			s.leftOut(parts)
		}
		s.log.LogAttrs(c.Request.Context(), slog.LevelInfo, "request", attrs...)
	}()
	c.Next()
}

// recoverPanic keeps a panic in one request from ending the others. The client gets
// no details; the log has all of them.
func (s *server) recoverPanic(c *gin.Context) {
	defer func() {
		v := recover()
		if v == nil {
			return
		}
		if v == http.ErrAbortHandler {
			panic(v) // net/http's own way to end a connection quietly
		}
		s.log.Error("a handler panicked", "request_id", caller.RequestID(c), "path", c.Request.URL.Path,
			"panic", v, "stack", string(debug.Stack()))
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

// writeError answers with a problem or an error page, depending on the path.
func (s *server) writeError(c *gin.Context, err error) {
	if forPrograms(c.Request.URL.Path) {
		problem.Write(c, s.log, err)
		return
	}
	s.site.WriteError(c, err)
}

func forPrograms(path string) bool {
	return path == "/api" || strings.HasPrefix(path, "/api/") || path == param.FeedPath ||
		path == mcp.Path || path == api.AgentsPath ||
		path == api.HealthPath || path == api.ReadyPath || path == api.OpenSearchPath || path == api.DescriptionPath
}

// requestTime bounds the work on a request. A slower answer would be useless: its
// reader has given up or retried.
const requestTime = 10 * time.Second

// deadline bounds the time of every request except exports and batches, which have their own
// limits.
func deadline(c *gin.Context) {
	if path := c.FullPath(); path == param.ExportPath || path == param.BatchPath {
		return
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), requestTime)
	defer cancel()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
}

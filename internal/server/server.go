package server

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"

	"xunwen/internal/access"
	"xunwen/internal/search"
	"xunwen/internal/server/api"
	"xunwen/internal/server/caller"
	"xunwen/internal/server/page"
	"xunwen/internal/server/problem"
)

// Options configures a server. Zero values are valid: no log, the real clock, no
// version.
type Options struct {
	Log     *slog.Logger
	Now     func() time.Time
	Version string // shown by /healthz

	// Front is how clients reach the server.
	Front caller.Front

	// Keys are the valid API keys; nil if no key is required.
	Keys *access.Keys
	// Addresses limits the requests of each address; nil for no limit.
	Addresses *access.Addresses
	// Origins are the sites whose pages may read the API, such as
	// https://example.org; * for all.
	Origins []string

	// Measure is called when a request begins. It returns a function to call when
	// the request ends, with its route ("" for none), status and duration.
	Measure func() (done func(route string, status int, took time.Duration))
	// LeftOut is called with the parts of a page that were left out under load.
	LeftOut func(parts []string)
	// ExportEnds is called with the outcome of each export, for metrics.
	ExportEnds func(outcome string)
	// Ready returns an error if the engine can't answer now, though it has a generation; nil if it always can.
	Ready func(context.Context) error
}

type server struct {
	engine    search.Engine
	log       *slog.Logger
	now       func() time.Time
	front     caller.Front
	measure   func() (done func(route string, status int, took time.Duration))
	leftOut   func(parts []string)
	version   string
	build     string // of the program, for ETags
	origins   []string
	keys      *access.Keys // nil if no key is required
	sessions  *access.Sessions
	addresses *access.Addresses
	api       *api.API
	site      *page.Site
}

// New returns the handler of every route.
func New(engine search.Engine, opts Options) http.Handler {
	return gzhttp.GzipHandler(newServer(engine, opts).routes())
}

func newServer(engine search.Engine, opts Options) *server {
	s := &server{
		engine:    engine,
		log:       opts.Log,
		now:       opts.Now,
		front:     opts.Front,
		measure:   opts.Measure,
		leftOut:   opts.LeftOut,
		version:   opts.Version,
		build:     buildOf(opts.Version),
		origins:   opts.Origins,
		keys:      opts.Keys,
		addresses: opts.Addresses,
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.keys != nil {
		s.sessions = access.NewSessions(s.keys, s.now)
	}
	if s.measure == nil {
		s.measure = func() func(string, int, time.Duration) { return func(string, int, time.Duration) {} }
	}
	if s.leftOut == nil {
		s.leftOut = func([]string) {}
	}
	s.site = page.New(page.Options{
		Engine:   engine,
		Log:      s.log,
		Now:      s.now,
		Front:    s.front,
		Sessions: s.sessions,
	})
	s.api = &api.API{
		Engine:  engine,
		Log:     s.log,
		Now:     s.now,
		Front:   s.front,
		Version: opts.Version,
		Icon:    s.site.Icon(),

		SameSite:   sameSite(s.origins),
		ExportEnds: opts.ExportEnds,
		Ready:      opts.Ready,
	}
	if s.api.ExportEnds == nil {
		s.api.ExportEnds = func(string) {}
	}
	return s
}

func (s *server) routes() *gin.Engine {
	gin.SetMode(gin.ReleaseMode) // gin's debug mode prints its routes to stdout
	r := gin.New()
	r.HandleMethodNotAllowed = true
	r.RedirectTrailingSlash = false
	r.UseEscapedPath = true // an article id can contain an escaped slash
	r.UnescapePathValues = false

	if err := s.front.Trust(r); err != nil {
		panic("server: invalid network address: " + err.Error()) // those of netip are valid
	}
	r.Use(caller.NameRequest, s.accessLog, s.recoverPanic, s.securityHeaders, s.checkHost,
		otherOrigins(s.origins), s.limitAddress, s.guard, s.notModified, deadline)
	r.NoRoute(s.notFound)
	r.NoMethod(s.wrongMethod)

	s.api.Register(
		func(path string, handle func(*gin.Context) error) {
			h := s.orProblem(handle)
			r.GET(path, h)
			r.HEAD(path, h)
		},
		func(path string, handle func(*gin.Context) error) { r.POST(path, s.orProblem(handle)) },
	)
	s.site.Register(
		func(path string, handle func(*gin.Context) error) {
			h := s.orErrorPage(handle)
			r.GET(path, h)
			r.HEAD(path, h)
		},
		func(path string, handle func(*gin.Context) error) { r.POST(path, s.orErrorPage(handle)) },
	)
	s.registerAgents(r)
	return r
}

// orProblem answers with a problem if the handler returns an error.
func (s *server) orProblem(handle func(*gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := handle(c); err != nil {
			problem.Write(c, s.log, err)
		}
	}
}

// orErrorPage answers with an error page if the handler returns an error.
func (s *server) orErrorPage(handle func(*gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := handle(c); err != nil {
			s.site.WriteError(c, err)
		}
	}
}

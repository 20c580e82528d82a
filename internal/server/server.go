package server

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/klauspost/compress/gzhttp"

	"xunwen/internal/access"
	"xunwen/internal/search"
)

// engineTime bounds one question to the engine. A slow answer is worse than
// none here: a reader has long pressed the key again.
const engineTime = 10 * time.Second

// Options is what a server is given besides its engine. Zero members have
// sensible meanings: no log, the real clock, no version.
type Options struct {
	Log     *slog.Logger
	Now     func() time.Time
	Version string // shown by /healthz

	// TrustedProxies are the addresses whose X-Forwarded-For and X-Forwarded-Proto
	// are believed.
	TrustedProxies []netip.Prefix

	// Keys are who may ask; nil lets everyone.
	Keys *access.Keys
	// Addresses limits how often an address may ask; nil doesn't.
	Addresses *access.Addresses
	// Origins are the sites whose pages may ask what is for programs, such as
	// https://example.org; * for all.
	Origins []string

	// Measure is told when a request begins and, by what it returns, how it
	// ended: the route that took it ("" for none), the status and the time.
	Measure func() (done func(route string, status int, took time.Duration))
}

type server struct {
	engine  search.Engine
	log     *slog.Logger
	now     func() time.Time
	version string
	proxies []netip.Prefix
	measure func() (done func(route string, status int, took time.Duration))
	build   string // of the program, for ETags
	origins []string
	newest  newest

	keys      *access.Keys // nil lets everyone ask
	sessions  *access.Sessions
	addresses *access.Addresses
	sameSite  *http.CrossOriginProtection

	assets    assets
	pages     templates
	words     dictionary
	described apiDocument // what /docs/api shows
}

// New returns the handler of every route.
func New(engine search.Engine, opts Options) http.Handler {
	return gzhttp.GzipHandler(newServer(engine, opts).routes())
}

func newServer(engine search.Engine, opts Options) *server {
	s := &server{engine: engine, log: opts.Log, now: opts.Now, version: opts.Version, proxies: opts.TrustedProxies, measure: opts.Measure,
		build: buildOf(opts.Version), origins: opts.Origins, keys: opts.Keys, addresses: opts.Addresses, sameSite: http.NewCrossOriginProtection()}
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
	s.assets = readAssets()
	s.pages = readTemplates()
	s.words = readDictionary()
	s.described = readAPIDocument()
	return s
}

func (s *server) routes() *gin.Engine {
	gin.SetMode(gin.ReleaseMode) // gin's debug mode prints its routes to stdout
	r := gin.New()
	r.HandleMethodNotAllowed = true
	r.RedirectTrailingSlash = false
	r.UseEscapedPath = true // so that an article id may hold an escaped slash
	r.UnescapePathValues = false

	if err := trustProxies(r, s.proxies); err != nil {
		panic("server: a network address is none: " + err.Error()) // netip's always are
	}
	r.Use(nameRequest, s.accessLog, s.recoverPanic, s.securityHeaders, otherOrigins(s.origins), s.limitAddress, s.guard, s.unchanged)
	r.NoRoute(s.notFound)
	r.NoMethod(s.wrongMethod)

	get := func(path string, h gin.HandlerFunc) {
		r.GET(path, h)
		r.HEAD(path, h)
	}
	get("/api/v1/search", s.api(s.searchAPI))
	get("/api/v1/articles/:id", s.api(s.articleAPI))
	get("/api/v1/articles/:id/similar", s.api(s.similarAPI))
	get("/api/v1/articles/:id/duplicates", s.api(s.duplicatesAPI))
	get("/api/v1/suggest", s.api(s.suggestAPI))
	get(trendsPath, s.api(s.trendsAPI))
	get("/api/v1/issues", s.api(s.issuesAPI))
	get(exportPath, s.api(s.exportAPI))
	get(feedPath, s.api(s.feed))
	get(openSearchPath, s.api(s.openSearch))
	get(openAPIPath, s.api(s.openAPI))
	get("/docs/api", s.page(s.apiDocs))
	get("/healthz", s.api(s.health))
	get("/readyz", s.api(s.ready))
	get(staticRoute, s.page(s.asset))
	get(languagePath, s.page(s.language))
	if s.keys != nil {
		get(signInPath, s.page(s.signInForm))
		r.POST(signInPath, s.page(s.signIn))
		r.POST(signOutPath, s.page(s.signOut))
	}
	get("/", s.page(s.homePage))
	get(helpPath, s.page(s.helpPage))
	get("/search", s.page(s.searchPage))
	get(comparePath, s.page(s.compare))
	get(browsePath, s.page(s.browse))
	get("/articles/:id", s.page(s.articlePage))
	return r
}

// handler answers a request or says why it can't; api and page write the error.
type handler func(*gin.Context) error

func (s *server) api(h handler) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := h(c); err != nil {
			s.writeProblem(c, err)
		}
	}
}

func (s *server) page(h handler) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := h(c); err != nil {
			s.writeErrorPage(c, err)
		}
	}
}

// health says that the process answers.
func (s *server) health(c *gin.Context) error {
	return writeJSON(c, http.StatusOK, jsonType, healthAnswer{Status: "ok", Version: s.version})
}

// ready says whether searches can be answered.
func (s *server) ready(c *gin.Context) error {
	generation := s.engine.Generation()
	if generation == "" {
		return search.ErrNotReady
	}
	return writeJSON(c, http.StatusOK, jsonType, readyAnswer{Status: "ready", Generation: generation})
}

// ask runs the engine on a question and says how long it took.
func (s *server) ask(ctx context.Context, q question) (search.Response, time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, engineTime)
	defer cancel()
	if q.unfindable() {
		return s.nothing()
	}
	start := s.now()
	resp, err := s.engine.Search(ctx, q.request())
	return resp, s.now().Sub(start), err
}

// nothing is the answer to what no text can match.
func (s *server) nothing() (search.Response, time.Duration, error) {
	generation := s.engine.Generation()
	if generation == "" {
		return search.Response{}, 0, search.ErrNotReady
	}
	return search.Response{Generation: generation, Relation: search.Eq}, 0, nil
}

func (s *server) askArticle(ctx context.Context, req search.ArticleRequest) (search.MarkedArticle, error) {
	ctx, cancel := context.WithTimeout(ctx, engineTime)
	defer cancel()
	return s.engine.Article(ctx, req)
}

package page

import (
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/access"
	"xunwen/internal/search"
	"xunwen/internal/server/caller"
	"xunwen/internal/server/clip"
	"xunwen/internal/server/examples"
	"xunwen/internal/server/param"
)

// Options has the dependencies and settings of the pages.
type Options struct {
	Engine   search.Engine
	Log      *slog.Logger
	Now      func() time.Time
	Front    caller.Front
	Sessions *access.Sessions // nil if readers need no key
}

// Site serves the HTML pages.
type Site struct {
	engine   search.Engine
	log      *slog.Logger
	now      func() time.Time
	front    caller.Front
	sessions *access.Sessions
	sameSite *http.CrossOriginProtection
	newest   newest
	examples *examples.Cache
	long     turns

	assets      assets
	templates   templates
	words       dictionary
	description apiDocument // shown by /docs/api
}

// New returns a Site with the embedded templates, static files and description of
// the API.
func New(opts Options) *Site {
	return &Site{
		engine:      clip.Engine(opts.Engine),
		log:         opts.Log,
		now:         opts.Now,
		front:       opts.Front,
		sessions:    opts.Sessions,
		sameSite:    http.NewCrossOriginProtection(),
		examples:    examples.NewCache(opts.Engine, opts.Now),
		long:        newTurns(),
		assets:      readAssets(),
		templates:   readTemplates(),
		words:       readDictionary(),
		description: readAPIDocument(),
	}
}

// Icon returns the address of the site's icon.
func (s *Site) Icon() string { return s.assets.Icon }

// Register adds the routes. The caller answers the errors that handlers return,
// with WriteError.
func (s *Site) Register(get, post func(path string, handle func(*gin.Context) error)) {
	get("/", s.serveHome)
	get(helpPath, s.serveHelp)
	get(param.ResultsPath, s.serveSearch)
	get(comparePath, s.serveCompare)
	get(batchPath, s.serveBatch)
	get(browsePath, s.serveBrowse)
	get(param.ArticlesPath+":id", s.serveArticle)
	get(param.ArticlesPath+":id/versions", s.serveVersions)
	get("/docs/api", s.serveAPIDocs)
	get(StaticRoute, s.serveAsset)
	get(LanguagePath, s.serveLanguage)
	if s.sessions != nil {
		get(SignInPath, s.serveSignInForm)
		post(SignInPath, s.serveSignIn)
		post(SignOutPath, s.serveSignOut)
	}
}

package api

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/access"
	"xunwen/internal/search"
	"xunwen/internal/server/caller"
	"xunwen/internal/server/param"
)

// API serves the JSON API. Set its fields before registering the routes.
type API struct {
	Engine  search.Engine
	Log     *slog.Logger
	Now     func() time.Time
	Front   caller.Front
	Version string // shown by /healthz
	Icon    string // address of the site's icon, for /opensearch.xml

	// SameSite refuses requests of other sites' pages that do more than read.
	SameSite *http.CrossOriginProtection

	// ExportEnds is called with the outcome of each export.
	ExportEnds func(outcome string)
	// Ready returns an error if the engine can't answer now, though it has a generation; nil if it always can.
	Ready func(context.Context) error

	exports access.Exports
}

// Register adds the routes. The caller writes the errors that handlers return.
func (a *API) Register(get, post func(path string, handle func(*gin.Context) error)) {
	get("/api/v1/search", a.serveSearch)
	get("/api/v1/articles/:id", a.serveArticle)
	get("/api/v1/articles/:id"+param.CitationEnd, a.serveCitation)
	get("/api/v1/articles/:id/similar", a.serveSimilar)
	get("/api/v1/articles/:id/near-duplicates", a.serveNearDuplicates)
	get("/api/v1/articles/:id/versions", a.serveVersions)
	get("/api/v1/articles/:id/differences", a.serveDifferences)
	get("/api/v1/suggest", a.serveSuggestions)
	get(param.TrendsPath, a.serveTrends)
	get("/api/v1/issues", a.serveIssues)
	get(param.ExportPath, a.serveExport)
	post(param.BatchPath, a.serveBatch)
	get(param.FeedPath, a.serveFeed)
	get(OpenSearchPath, a.serveOpenSearch)
	get(DescriptionPath, a.serveDescription)
	get(AgentsPath, a.serveAgents)
	get(HealthPath, a.serveHealth)
	get(ReadyPath, a.serveReady)
}

// Paths of the API outside /api/.
const (
	OpenSearchPath  = "/opensearch.xml"
	DescriptionPath = "/openapi.json"
	HealthPath      = "/healthz"
	ReadyPath       = "/readyz"
)

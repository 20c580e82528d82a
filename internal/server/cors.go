package server

import (
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/rs/cors"

	"xunwen/internal/server/api"
	"xunwen/internal/server/caller"
)

// corsAge is how long a browser may cache the result of a preflight, in seconds.
const corsAge = 600

// agentHeaders are those of the Model Context Protocol.
var agentHeaders = []string{"Content-Type", "Mcp-Protocol-Version", "Mcp-Session-Id", "Mcp-Method", "Mcp-Name"}

// otherOrigins lets pages of other sites read the API. Cookies don't count for them:
// such a page must send a key.
func otherOrigins(origins []string) gin.HandlerFunc {
	if len(origins) == 0 {
		return func(*gin.Context) {}
	}
	policy := cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodHead, http.MethodPost},
		AllowedHeaders: append([]string{"Authorization", caller.RequestIDHeader}, agentHeaders...),
		ExposedHeaders: []string{caller.RequestIDHeader, "Retry-After", "ETag", "Content-Disposition",
			api.GenerationHeader, api.AnalyzerHeader, api.TotalHeader, api.RelationHeader},
		MaxAge: corsAge,
	})
	return func(c *gin.Context) {
		if !forPrograms(c.Request.URL.Path) {
			return
		}
		policy.HandlerFunc(c.Writer, c.Request)
		if c.Request.Method == http.MethodOptions && c.GetHeader("Access-Control-Request-Method") != "" {
			c.AbortWithStatus(http.StatusNoContent)
		}
	}
}

// sameSite allows requests that do more than read to pages of this server and of origins.
func sameSite(origins []string) *http.CrossOriginProtection {
	p := http.NewCrossOriginProtection()
	for _, o := range origins {
		if o == "*" {
			p.AddInsecureBypassPattern("/")
		} else {
			_ = p.AddTrustedOrigin(o) // one that isn't valid is none that a browser sends
		}
	}
	return p
}

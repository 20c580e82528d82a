package server

import (
	"net/http"
	"slices"

	"github.com/gin-gonic/gin"

	"xunwen/internal/mcp"
	"xunwen/internal/server/problem"
)

// registerAgents adds the route of the Model Context Protocol. It takes POST only; other
// methods are answered as the protocol says.
func (s *server) registerAgents(r *gin.Engine) {
	tools := mcp.New(s.engine, mcp.Options{Log: s.log, Now: s.now, Version: s.version}).Handler(s.front.BaseURL)
	allowed := s.sameSite()
	h := s.orProblem(func(c *gin.Context) error {
		if err := allowed(c.Request); err != nil {
			return err
		}
		tools.ServeHTTP(c.Writer, c.Request)
		return nil
	})
	for _, method := range []string{http.MethodPost, http.MethodGet, http.MethodDelete} {
		r.Handle(method, mcp.Path, h)
	}
}

// sameSite returns a check that rejects requests of scripts of other sites, except those
// that may read the API. The protocol demands it, against DNS rebinding.
func (s *server) sameSite() func(*http.Request) error {
	if slices.Contains(s.origins, "*") {
		return func(*http.Request) error { return nil }
	}
	check := http.NewCrossOriginProtection()
	for _, origin := range s.origins {
		if err := check.AddTrustedOrigin(origin); err != nil {
			panic("server: invalid origin: " + err.Error()) // cmd/searchd has checked them
		}
	}
	return func(r *http.Request) error {
		if err := check.Check(r); err != nil {
			return &problem.Fault{
				Kind:   problem.CrossSite,
				Detail: "the request is by a script of another site: add the site to --cors-origin",
			}
		}
		return nil
	}
}

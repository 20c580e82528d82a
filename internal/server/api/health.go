package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"xunwen/internal/search"
)

type healthResponse struct {
	Status  string `json:"status"`
	Version string `json:"version"`
}

type readyResponse struct {
	Status     string `json:"status"`
	Generation string `json:"generation"`
}

// serveHealth reports that the process runs.
func (a *API) serveHealth(c *gin.Context) error {
	return writeJSON(c, http.StatusOK, jsonType, healthResponse{Status: "ok", Version: a.Version})
}

// serveReady reports whether searches can be answered.
func (a *API) serveReady(c *gin.Context) error {
	generation := a.Engine.Generation()
	if generation == "" {
		return search.ErrNotReady
	}
	if a.Ready != nil {
		if err := a.Ready(c.Request.Context()); err != nil {
			return err
		}
	}
	return writeJSON(c, http.StatusOK, jsonType, readyResponse{Status: "ready", Generation: generation})
}

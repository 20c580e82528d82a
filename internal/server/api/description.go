package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"xunwen/web"
)

// serveDescription answers /openapi.json, the description of every route (OpenAPI 3.1).
func (a *API) serveDescription(c *gin.Context) error {
	c.Data(http.StatusOK, jsonType, web.OpenAPI)
	return nil
}

package api

import (
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"xunwen/web"
)

// AgentsPath says to agents what is here and how to use it (llmstxt.org).
const AgentsPath = "/llms.txt"

func (a *API) serveAgents(c *gin.Context) error {
	text := strings.ReplaceAll(web.Agents, "{base}", a.Front.BaseURL(c.Request))
	c.Data(http.StatusOK, "text/markdown; charset=utf-8", []byte(text))
	return nil
}

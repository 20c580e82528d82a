package page

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

type homePage struct {
	frame
}

func (s *Site) serveHome(c *gin.Context) error {
	w := s.words.of(c.Request)
	page := homePage{s.newFrame(c.Request, w.Site.Name, w.Site.About, box{Focus: true})}
	return s.writePage(c, http.StatusOK, "home", page)
}

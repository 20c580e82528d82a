package page

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// homePage has the search box and examples of what can be written in it.
type homePage struct {
	frame
	Examples []example
}

func (s *Site) serveHome(c *gin.Context) error {
	w := s.words.of(c.Request)
	set, finished := s.examples.Get(c.Request.Context())
	if !finished {
		leaveOut(c, partExamples)
	}
	return s.writePage(c, http.StatusOK, "home", homePage{
		frame:    s.newFrame(c.Request, w.Site.Name, w.Site.About, box{Focus: true}),
		Examples: listExamples(set, w, homeOperators),
	})
}

package page

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"xunwen/internal/batch"
	"xunwen/internal/server/param"
)

const batchPath = "/batch"

// batchPage is a form for a list of queries, which the API answers with a file.
type batchPage struct {
	frame
	Action  string
	Counts  []intervalChoice
	MaxHits int
}

// serveBatch answers /batch.
func (s *Site) serveBatch(c *gin.Context) error {
	w := s.words.of(c.Request)
	p := batchPage{
		frame:   s.newFrame(c.Request, w.Title(w.Batch.Title), w.Batch.About, box{}),
		Action:  param.BatchPath,
		MaxHits: batch.MaxHits,
		Counts: []intervalChoice{
			{Value: string(batch.ByYear), Label: w.Batch.Year, Current: true},
			{Value: string(batch.ByMonth), Label: w.Batch.Month},
			{Value: string(batch.ByPublication), Label: w.Batch.Publication},
		},
	}
	p.Styles = s.assets.stylesOf("app", "paper", "compare")
	return s.writePage(c, http.StatusOK, "batch", p)
}

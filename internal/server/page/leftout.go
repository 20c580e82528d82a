package page

import (
	"slices"

	"github.com/gin-gonic/gin"
)

// The parts that a page can do without: it leaves one out if the engine is busy or has no time.
// Their names are labels of metrics and words of the log.
const (
	partRelated  = "related"  // near-duplicates and similar articles
	partOffers   = "offers"   // other searches, above hits or below an empty result
	partReasons  = "reasons"  // why nothing was found
	partSpelling = "spelling" // a corrected query
	partNewest   = "newest"   // the newest articles
	partExamples = "examples" // example queries
)

// leftOutKey is where a gin.Context has what its page lacks.
const leftOutKey = "left out"

// leaveOut notes that a page lacks parts for the moment. Nobody may keep it: the same address
// has all of them a moment later, under the same ETag.
func leaveOut(c *gin.Context, parts ...string) {
	if len(parts) == 0 {
		return
	}
	c.Set(leftOutKey, append(slices.Clone(LeftOut(c)), parts...))
	c.Header("Cache-Control", "no-store")
}

// LeftOut returns the parts that the page of a request lacks for the moment.
func LeftOut(c *gin.Context) []string { return c.GetStringSlice(leftOutKey) }

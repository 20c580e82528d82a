package api

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/news"
)

func kindOf(k news.Kind) news.Kind {
	if k == "" {
		return news.Body
	}
	return k
}

// milliseconds rounds to a microsecond: finer is noise.
func milliseconds(d time.Duration) float64 {
	return math.Round(float64(d)/float64(time.Microsecond)) / 1000
}

// writeJSON writes v whole or not at all. Text stays as it is: the API's HTML
// is escaped already, and JSON is never put into a page.
func writeJSON(c *gin.Context, status int, contentType string, v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	c.Header("Content-Length", strconv.Itoa(b.Len())) // known, so that it goes out in one piece
	c.Data(status, contentType, b.Bytes())
	return nil
}

const jsonType = "application/json; charset=utf-8"

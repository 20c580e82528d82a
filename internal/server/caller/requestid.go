package caller

import (
	"crypto/rand"
	"strings"

	"github.com/gin-gonic/gin"
)

// RequestIDHeader carries the request id, in requests and answers.
const RequestIDHeader = "X-Request-Id"

// maxRequestID is longer than a UUID and the ids of tracing systems.
const maxRequestID = 64

// isGoodRequestID reports whether a client's request id is safe to log: letters, digits and
// signs inside, nothing that could imitate a log line.
func isGoodRequestID(id string) bool {
	if id == "" || len(id) > maxRequestID {
		return false
	}
	for i := range len(id) {
		switch c := id[i]; {
		case 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		case i > 0 && strings.IndexByte("._:-", c) >= 0:
		default:
			return false
		}
	}
	return true
}

// NameRequest sets the request id: the client's own if it is valid, or a new one.
func NameRequest(c *gin.Context) {
	id := c.GetHeader(RequestIDHeader)
	if !isGoodRequestID(id) {
		id = rand.Text()
	}
	c.Header(RequestIDHeader, id)
}

// RequestID returns the id that NameRequest set.
func RequestID(c *gin.Context) string { return c.Writer.Header().Get(RequestIDHeader) }

package opensearch

import (
	"encoding/base64"
	"encoding/json"
	"fmt"

	"xunwen/internal/engine"
	"xunwen/internal/search"
)

// start is where the wanted hits begin: in the window after some sort values, after some of its hits.
type start struct {
	After  []json.RawMessage `json:"a,omitempty"`
	Offset int               `json:"p,omitempty"`
	Before int               `json:"n,omitempty"` // hits before
}

// cursor is a position among the hits of a request over a generation.
type cursor struct {
	Generation string `json:"g"`
	Request    string `json:"r"` // digest
	start
}

// start returns the one of a request's cursor.
func (e *Engine) start(r search.Request) (start, error) {
	if r.Cursor == "" {
		return start{}, nil
	}
	var c cursor
	b, err := base64.RawURLEncoding.DecodeString(r.Cursor)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil || c.Request != digest(r) {
		return start{}, search.ErrBadCursor
	}
	if c.Generation != e.generation {
		return start{}, fmt.Errorf("%w: %s, now %s", search.ErrCursorExpired, c.Generation, e.generation)
	}
	return c.start, nil
}

func (e *Engine) cursor(r search.Request, next start) (string, error) {
	b, err := json.Marshal(cursor{e.generation, digest(r), next})
	return base64.RawURLEncoding.EncodeToString(b), err
}

// digest is a digest of what a cursor's request must have in common with the first.
func digest(r search.Request) string { return engine.Digest(r) }

package engine

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"xunwen/internal/search"
)

// cursor names a place among the hits of one request over one generation. A
// generation never changes, so a place is enough to walk every hit once.
type cursor struct {
	Generation string `json:"g"`
	Request    string `json:"r"` // digest of everything but size and cursor
	Place      int    `json:"p"`
}

// offset returns the place that a request's cursor names, 0 without one.
func (e *Engine) offset(r search.Request) (int, error) {
	if r.Cursor == "" {
		return 0, nil
	}
	var c cursor
	b, err := base64.RawURLEncoding.DecodeString(r.Cursor)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil || c.Place < 1 || c.Request != digest(r) {
		return 0, search.ErrBadCursor
	}
	if c.Generation != e.name {
		return 0, fmt.Errorf("%w: %s, now %s", search.ErrCursorExpired, c.Generation, e.name)
	}
	if c.Place > len(e.columns.Article) {
		return 0, search.ErrBadCursor
	}
	return c.Place, nil
}

func (e *Engine) cursor(r search.Request, place int) string {
	b, err := json.Marshal(cursor{e.name, digest(r), place})
	if err != nil { // strings and a number always marshal
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// digestBytes tell one request from another; a cursor is no secret.
const digestBytes = 9

// digest sums up what a cursor's request must have in common with the first.
func digest(r search.Request) string {
	q := ""
	if r.Query != nil {
		q = r.Query.String()
	}
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q %q %t", q, r.By, r.Sort, r.Filter, r.NoFold)
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:digestBytes])
}

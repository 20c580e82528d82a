package engine

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"xunwen/internal/search"
)

// cursor names a place among the hits of one request over one generation. A
// generation never changes, so a place is enough to walk every hit once; with
// the hit before it, no earlier ones need be put in order again.
type cursor struct {
	Generation string `json:"g"`
	Request    string `json:"r"` // digest of everything but size and cursor
	Place      int    `json:"p"`
	Last       uint32 `json:"l"` // the member that is the hit before
}

// start is where wanted hits begin: behind so many others, of which last is the
// last. The zero start is the first hit.
type start struct {
	place int
	last  uint32
}

// start returns the one that a request's cursor names.
func (e *Engine) start(r search.Request) (start, error) {
	if r.Cursor == "" {
		return start{}, nil
	}
	var c cursor
	b, err := base64.RawURLEncoding.DecodeString(r.Cursor)
	if err == nil {
		err = json.Unmarshal(b, &c)
	}
	if err != nil || c.Place < 1 || c.Request != digest(r) {
		return start{}, search.ErrBadCursor
	}
	if c.Generation != e.name {
		return start{}, fmt.Errorf("%w: %s, now %s", search.ErrCursorExpired, c.Generation, e.name)
	}
	if c.Place > len(e.columns.Article) {
		return start{}, search.ErrBadCursor
	}
	return start{c.Place, c.Last}, nil
}

func (e *Engine) cursor(r search.Request, next start) string {
	b, err := json.Marshal(cursor{e.name, digest(r), next.place, next.last})
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
	fmt.Fprintf(h, "%q %q %q %q %t", q, r.By, r.Sort, r.Filter, r.Uncollapsed)
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:digestBytes])
}

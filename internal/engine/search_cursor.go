package engine

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"xunwen/internal/search"
)

// cursor is a position among the hits of one request over one generation. A
// generation never changes, so that an offset is enough to walk every hit once.
// With the hit before it, earlier ones need not be ordered again.
type cursor struct {
	Generation string `json:"g"`
	Request    string `json:"r"` // digest of everything but size and cursor
	Offset     int    `json:"p"`
	Last       uint32 `json:"l"` // the member that is the hit before
}

// start is where the wanted hits begin: after offset others, of which last is the
// last one. The zero start is the first hit.
type start struct {
	offset int
	last   uint32
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
	if err != nil || c.Offset < 1 || c.Request != Digest(r) {
		return start{}, search.ErrBadCursor
	}
	if c.Generation != e.name {
		return start{}, fmt.Errorf("%w: %s, now %s", search.ErrCursorExpired, c.Generation, e.name)
	}
	if c.Offset > len(e.index.columns.Article) {
		return start{}, search.ErrBadCursor
	}
	return start{c.Offset, c.Last}, nil
}

func (e *Engine) cursor(r search.Request, next start) string {
	b, err := json.Marshal(cursor{e.name, Digest(r), next.offset, next.last})
	if err != nil { // strings and numbers always marshal
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// digestBytes distinguish requests; a cursor isn't a secret.
const digestBytes = 9

// Digest is a digest of what a cursor's request must have in common with the first.
func Digest(r search.Request) string {
	q := ""
	if r.Query != nil {
		q = r.Query.String()
	}
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q %q %t %t", q, r.By, r.Sort, r.Filter, r.Uncollapsed, r.Match == search.Anywhere)
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:digestBytes])
}

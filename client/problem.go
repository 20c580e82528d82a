package client

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"
)

// Problem is an answer without a result (RFC 9457). errors.Is(err, NotFound) and so on tell what
// kind of problem it is.
type Problem struct {
	Type      Kind   `json:"type"` // stable
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail"`             // for people; may change
	Position  *int   `json:"position,omitempty"` // in the query, in characters from 0; nil if unknown
	Parameter string `json:"parameter,omitempty"`

	RetryAfter time.Duration `json:"-"` // 0 if the server doesn't say
	RequestID  string        `json:"-"` // for the server's log
}

// Kind is a kind of problem, as a path. It is an error for errors.Is.
type Kind string

func (k Kind) Error() string { return string(k) }

// The kinds of problem.
const (
	BadQuery         Kind = "/problems/bad-query"
	BadParameter     Kind = "/problems/bad-parameter"
	TooBroad         Kind = "/problems/too-broad"
	MissingQuery     Kind = "/problems/missing-query"
	BadCursor        Kind = "/problems/bad-cursor"
	CursorExpired    Kind = "/problems/cursor-expired"
	Unauthorized     Kind = "/problems/unauthorized"
	NotFound         Kind = "/problems/not-found"
	Misdirected      Kind = "/problems/misdirected"
	MethodNotAllowed Kind = "/problems/method-not-allowed"
	CrossSite        Kind = "/problems/cross-site"
	UnknownType      Kind = "/problems/unknown-type"
	TooManyRequests  Kind = "/problems/too-many-requests"
	NotReady         Kind = "/problems/not-ready"
	Damaged          Kind = "/problems/damaged"
	Unavailable      Kind = "/problems/unavailable"
	NotImplemented   Kind = "/problems/not-implemented"
	Busy             Kind = "/problems/busy"
	TooSlow          Kind = "/problems/too-slow"
	Internal         Kind = "/problems/internal"
)

func (p *Problem) Error() string {
	text := p.Title
	if p.Detail != "" && p.Detail != p.Title {
		text += ": " + p.Detail
	}
	return fmt.Sprintf("%s (status %d)", text, p.Status)
}

// Is reports whether the problem is of a kind.
func (p *Problem) Is(target error) bool {
	kind, ok := target.(Kind)
	return ok && p.Type == kind
}

// temporary reports whether the server asks to repeat the request.
func (p *Problem) temporary() bool {
	return p.Status == http.StatusTooManyRequests || p.Status == http.StatusServiceUnavailable
}

// wait returns how long to wait before a request is repeated: as long as the server says, or else
// twice as long each time.
func (p *Problem) wait(attempt int) time.Duration {
	if p.RetryAfter > 0 {
		return p.RetryAfter
	}
	return time.Second << min(attempt, 6)
}

// maxProblem is how much of an answer is read as a problem, in bytes.
const maxProblem = 64 << 10

// readProblem reads an answer whose status is not 200, and closes it.
func readProblem(resp *http.Response) *Problem {
	defer resp.Body.Close()
	p := &Problem{}
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxProblem))
	kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	if err != nil || kind != "application/problem+json" || json.Unmarshal(body, p) != nil {
		*p = Problem{Type: "about:blank", Title: http.StatusText(resp.StatusCode)} // such as a proxy's
	}
	p.Status, p.RetryAfter, p.RequestID = resp.StatusCode, retryAfter(resp.Header), resp.Header.Get("X-Request-Id")
	return p
}

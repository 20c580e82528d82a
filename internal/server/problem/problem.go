package problem

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/server/caller"
	"xunwen/internal/wording"
)

// Problem is the answer to a failed request in the form of RFC 9457, with two
// extension members, Position and Parameter.
type Problem struct {
	Type      string `json:"type"`
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail"`
	Position  *int   `json:"position,omitempty"`  // in q, in characters from 0
	Parameter string `json:"parameter,omitempty"` // the parameter to fix

	RetryAfter int       `json:"-"` // seconds, 0 for none
	words      Localized // the detail for readers, nil for none
}

// knownErrors are errors that always mean the same problem. The first one that an
// error wraps counts.
var knownErrors = []struct {
	err error
	Problem
}{
	{ErrNoKey, newProblem(unauthorized,
		"send an API key: Authorization: Bearer KEY", nil)},
	{ErrBadKey, newProblem(unauthorized,
		"the API key is invalid or has been revoked", nil)},
	{ErrNoPath, newProblem(notFound,
		"no such path; /docs/api lists all paths",
		func(w *wording.Words) string { return w.Problems.NoSuchPath })},
	{ErrHost, newProblem(misdirected,
		"the server isn't called by the name in the Host header: use its own address, or start searchd with this "+
			"name in --public-url or --hosts",
		func(w *wording.Words) string { return w.Problems.WrongHost })},
	{ErrMethod, newProblem(wrongMethod,
		"use one of the methods in the header Allow",
		func(w *wording.Words) string { return w.Problems.ReadOnly })},
	{search.ErrTooBroad, newProblem(tooBroad,
		"q: its prefixes (a*) match too many words of the index: put more characters before the star",
		func(w *wording.Words) string { return w.Problems.TooBroad }).of("q")},
	{search.ErrBadCursor, newProblem(badCursor,
		"cursor: it is not from a response to this query with these filters and this order: start again without it",
		func(w *wording.Words) string { return w.Problems.ForeignCursor }).of("cursor")},
	{search.ErrCursorExpired, newProblem(cursorExpired,
		"cursor: a new generation of the index is served now: start again without it",
		func(w *wording.Words) string { return w.Problems.ExpiredCursor }).of("cursor")},
	{search.ErrNotFound, newProblem(notFound,
		"no article of the index has this id",
		func(w *wording.Words) string { return w.Problems.NoSuchArticle })},
	{search.ErrNotReady, newProblem(notReady,
		"no index is loaded: none is published, it is damaged, or the cluster with it can't be reached or refuses the "+
			"server: build one, or try again later; see the log of the server",
		func(w *wording.Words) string { return w.Problems.NotReady }).retry(retryNotReady)},
	{search.ErrDamaged, newProblem(damaged,
		"files of the index have changed on disk; an earlier generation is loaded if there is one: try again",
		func(w *wording.Words) string { return w.Problems.Damaged }).retry(retryDamaged)},
	{search.ErrUnavailable, newProblem(unavailable,
		"a part of the index can't be reached, and an answer without it would be wrong: try again in a moment",
		func(w *wording.Words) string { return w.Problems.Partial }).retry(retryDamaged)},
	{search.ErrUnsupported, newProblem(unsupported,
		"the texts of too many articles would have to be read, or the query has too many parts: narrow it by dates or "+
			"more words",
		func(w *wording.Words) string { return w.Problems.Unsupported }).of("q")},
	{ErrExporting, newProblem(tooMany,
		"an export of this API key and address is still running: try again when it has ended", nil).retry(retryExport)},
	{search.ErrTooManyExports, newProblem(busy,
		"too many exports are running: try again when one of them has ended", nil).retry(retryExport)},
	{search.ErrBusy, newProblem(busy,
		"all slots are taken and the queue is full: try again in a moment",
		func(w *wording.Words) string { return w.Problems.Busy }).retry(retryBusy)},
	{context.DeadlineExceeded, newProblem(tooSlow,
		"the request took too long: narrow it, or try again later",
		func(w *wording.Words) string { return w.Problems.TooSlow }).retry(retryTooSlow)},
	{context.Canceled, newProblem(clientClosed,
		"the client closed the connection", nil)},
}

// Of maps an error to its problem. With knownErrors it is the only place that does.
func Of(err error) Problem {
	var fault *Fault
	var bad *query.Error
	var many *TooMany
	switch {
	case errors.As(err, &many):
		return newProblem(tooMany,
			"the limit of this API key or address is exceeded: try again after Retry-After seconds",
			func(w *wording.Words) string { return w.Problems.RateLimited }).retry(wholeSeconds(many.Wait))
	case errors.As(err, &fault):
		return newProblem(fault.Kind, fault.Detail, fault.Words).of(fault.Parameter)
	case errors.As(err, &bad):
		p := newProblem(badQuery, bad.Reason, QueryText(bad)).of("q")
		p.Position = &bad.Pos
		return p
	}
	for _, k := range knownErrors {
		if errors.Is(err, k.err) {
			return k.Problem
		}
	}
	return newProblem(internal,
		"see the log of the server",
		func(w *wording.Words) string { return w.Problems.Internal })
}

func newProblem(k Kind, detail string, words Localized) Problem {
	return Problem{Type: "/problems/" + k.name, Title: k.title, Status: k.status, Detail: detail, words: words}
}

// of returns the problem with the parameter to fix.
func (p Problem) of(parameter string) Problem { p.Parameter = parameter; return p }

// retry returns the problem with the seconds after which to try again.
func (p Problem) retry(seconds int) Problem { p.RetryAfter = seconds; return p }

// In returns the detail in the reader's language, "" for none.
func (p Problem) In(w *wording.Words) string {
	if p.words == nil {
		return ""
	}
	return p.words(w)
}

// Write answers an error as application/problem+json.
func Write(c *gin.Context, log *slog.Logger, err error) {
	p := Begin(c, log, err)
	body, err := json.Marshal(p)
	if err != nil {
		log.Error("writing a problem", "error", err)
		return
	}
	c.Data(p.Status, "application/problem+json", body)
}

// Begin logs an internal error and sets the headers of an error response, whatever
// its form.
func Begin(c *gin.Context, log *slog.Logger, err error) Problem {
	p := Of(err)
	if p.Status == http.StatusInternalServerError && !errors.Is(err, ErrPanicked) {
		log.Error("request failed", "request_id", caller.RequestID(c), "path", c.Request.URL.Path, "error", err)
	}
	if p.RetryAfter > 0 {
		c.Header("Retry-After", strconv.Itoa(p.RetryAfter))
	}
	if p.Status == http.StatusUnauthorized {
		c.Header("WWW-Authenticate", Challenge(err))
	}
	return p
}

// Challenge is the WWW-Authenticate of a response with 401 (RFC 6750).
func Challenge(err error) string {
	const challenge = `Bearer realm="xunwen"`
	if errors.Is(err, ErrBadKey) {
		return challenge + `, error="invalid_token"`
	}
	return challenge
}

// wholeSeconds rounds up, to at least one second.
func wholeSeconds(d time.Duration) int { return max(1, int(math.Ceil(d.Seconds()))) }

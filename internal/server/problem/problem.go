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

// Problem is the answer to a failed request, in the form of RFC 9457. Position and
// Parameter are extension members, present only where they apply.
type Problem struct {
	Type      string `json:"type"`
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail"`
	Position  *int   `json:"position,omitempty"`  // characters into q, from 0
	Parameter string `json:"parameter,omitempty"` // the invalid parameter

	words      Localized // the detail for readers of the pages; nil for none
	RetryAfter int       `json:"-"` // seconds, 0 for none
}

// Kind is a kind of problem: the end of its type, its title and its status.
type Kind struct {
	name, title string
	status      int
}

// The kinds of problem. Their names are part of the API.
var (
	BadParameter  = Kind{"bad-parameter", "A parameter is invalid", http.StatusBadRequest}
	badQuery      = Kind{"bad-query", "The query can't be understood", http.StatusBadRequest}
	tooBroad      = Kind{"too-broad", "The query matches too many words", http.StatusBadRequest}
	NothingAsked  = Kind{"nothing-asked", "Neither a query nor a filter was given", http.StatusBadRequest}
	badCursor     = Kind{"bad-cursor", "The cursor belongs to another query", http.StatusBadRequest}
	cursorExpired = Kind{"cursor-expired", "The index has changed since the cursor was made", http.StatusGone}
	notFound      = Kind{"not-found", "Not found", http.StatusNotFound}
	Unauthorized  = Kind{"unauthorized", "An API key is required", http.StatusUnauthorized}
	ForeignForm   = Kind{"foreign-form", "Forms of other sites are not accepted", http.StatusForbidden}
	tooMany       = Kind{"too-many-requests", "Too many requests", http.StatusTooManyRequests}
	wrongMethod   = Kind{"method-not-allowed", "Only GET and HEAD are allowed", http.StatusMethodNotAllowed}
	notReady      = Kind{"not-ready", "No index is ready", http.StatusServiceUnavailable}
	damaged       = Kind{"damaged", "The index on the disk is damaged", http.StatusServiceUnavailable}
	busy          = Kind{"busy", "The server is busy", http.StatusServiceUnavailable}
	tooSlow       = Kind{"too-slow", "The search took too long", http.StatusServiceUnavailable}
	internalFault = Kind{"internal", "Internal error", http.StatusInternalServerError}
)

// statusClosed is logged when the client went away before its answer was ready.
const statusClosed = 499

// Retry-After in seconds. Without an index, a client should wait for the shortest step of a
// build; after a slow query, it should give the machine a moment.
const (
	retryNotReady = 5
	retryTooSlow  = 2
	retryBusy     = 1 // a full queue empties in less
	retryDamaged  = 2 // loading another generation takes about a second
)

// knownErrors maps errors that always mean the same problem. The first one that an
// error wraps counts.
var knownErrors = []struct {
	err error
	Problem
}{
	{ErrNoKey, newProblem(Unauthorized, "send an API key, as Authorization: Bearer KEY", nil)},
	{ErrBadKey, newProblem(Unauthorized, "the API key is not valid; it may have been revoked", nil)},
	{search.ErrTooBroad, newProblem(tooBroad,
		"q: its prefixes (a*) match too many words of the index: write more before the star",
		func(w *wording.Words) string { return w.Problems.TooBroad }).of("q")},
	{search.ErrBadCursor, newProblem(badCursor,
		"cursor: it doesn't belong to this query with these filters and this sort: start without it",
		func(w *wording.Words) string { return w.Problems.ForeignCursor }).of("cursor")},
	{search.ErrCursorExpired, newProblem(cursorExpired,
		"cursor: a new generation of the index is being served: start again without the cursor",
		func(w *wording.Words) string { return w.Problems.ExpiredCursor }).of("cursor")},
	{search.ErrNotFound, newProblem(notFound, "no article of the served index has this id",
		func(w *wording.Words) string { return w.Problems.NoSuchArticle })},
	{ErrNoPath, newProblem(notFound, "no such path; docs/json-api.md lists them",
		func(w *wording.Words) string { return w.Problems.NoSuchPath })},
	{ErrMethod, newProblem(wrongMethod, "use GET or HEAD",
		func(w *wording.Words) string { return w.Problems.ReadOnly })},
	{search.ErrNotReady, newProblem(notReady,
		"the index folder has no published index, or no valid one: build one or try again later; "+
			"the server's log has details",
		func(w *wording.Words) string { return w.Problems.NotReady }).retry(retryNotReady)},
	{search.ErrDamaged, newProblem(damaged,
		"files of the index have changed on the disk; an earlier generation is loaded if there is one: try again",
		func(w *wording.Words) string { return w.Problems.Damaged }).retry(retryDamaged)},
	{search.ErrBusy, newProblem(busy, "the server is busy and its queue is full: try again in a moment",
		func(w *wording.Words) string { return w.Problems.Busy }).retry(retryBusy)},
	{context.DeadlineExceeded, newProblem(tooSlow,
		"the search exceeded the time limit: narrow the request, or try again later",
		func(w *wording.Words) string { return w.Problems.TooSlow }).retry(retryTooSlow)},
	{context.Canceled, newProblem(Kind{internalFault.name, internalFault.title, statusClosed},
		"the client went away", nil)},
}

// Of maps an error to its status, type and texts. Only this function and knownErrors do.
func Of(err error) Problem {
	var f *Fault
	var q *query.Error
	var many *TooMany
	switch {
	case errors.As(err, &many):
		return newProblem(tooMany, "this key or address has reached its limit: try again after Retry-After",
			func(w *wording.Words) string { return w.Problems.RateLimited }).retry(wholeSeconds(many.Wait))
	case errors.As(err, &f):
		return newProblem(f.Kind, f.Detail, f.Words).of(f.Parameter)
	case errors.As(err, &q):
		p := newProblem(badQuery, q.Reason, QueryText(q)).of("q")
		p.Position = &q.Pos
		return p
	}
	for _, k := range knownErrors {
		if errors.Is(err, k.err) {
			return k.Problem
		}
	}
	return newProblem(internalFault, "the server's log has details",
		func(w *wording.Words) string { return w.Problems.Internal })
}

func newProblem(k Kind, detail string, words Localized) Problem {
	return Problem{Type: "/problems/" + k.name, Title: k.title, Status: k.status, Detail: detail, words: words}
}

// of returns the problem with the invalid parameter.
func (p Problem) of(parameter string) Problem { p.Parameter = parameter; return p }

// retry returns the problem with a Retry-After.
func (p Problem) retry(seconds int) Problem { p.RetryAfter = seconds; return p }

// In returns the detail in the reader's language, "" for none.
func (p Problem) In(w *wording.Words) string {
	if p.words == nil {
		return ""
	}
	return p.words(w)
}

// Write answers with an error as application/problem+json.
func Write(c *gin.Context, log *slog.Logger, err error) {
	p := Announce(c, log, err)
	body, err := json.Marshal(p)
	if err != nil {
		log.Error("writing a problem", "error", err)
		return
	}
	c.Data(p.Status, "application/problem+json", body)
}

// Announce logs an internal error and sets the headers that both forms of an error
// have.
func Announce(c *gin.Context, log *slog.Logger, err error) Problem {
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

// Challenge returns the WWW-Authenticate header: how to send a key, and whether the one
// that was sent is invalid (RFC 6750).
func Challenge(err error) string {
	const challenge = `Bearer realm="xunwen"`
	if errors.Is(err, ErrBadKey) {
		return challenge + `, error="invalid_token"`
	}
	return challenge
}

// wholeSeconds rounds up, to at least one.
func wholeSeconds(d time.Duration) int { return max(1, int(math.Ceil(d.Seconds()))) }

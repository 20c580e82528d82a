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

// Problem is what a failed request answers, in the form of RFC 9457. Position
// and Parameter are extension members and stand only where they mean something.
type Problem struct {
	Type      string `json:"type"`
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail"`
	Position  *int   `json:"position,omitempty"`  // characters into q, from 0
	Parameter string `json:"parameter,omitempty"` // the parameter to mend

	words      Localized // the detail for the pages' readers, nil for none
	RetryAfter int       `json:"-"` // seconds, 0 for none
}

// Kind is a sort of problem: the end of its type, its title and its status.
type Kind struct {
	name, title string
	status      int
}

// The kinds of problem. Their names are part of the API.
var (
	BadParameter  = Kind{"bad-parameter", "A parameter can't be used", http.StatusBadRequest}
	badQuery      = Kind{"bad-query", "The query can't be understood", http.StatusBadRequest}
	tooBroad      = Kind{"too-broad", "The query stands for too many words", http.StatusBadRequest}
	NothingAsked  = Kind{"nothing-asked", "Neither a query nor a filter was given", http.StatusBadRequest}
	badCursor     = Kind{"bad-cursor", "The cursor belongs to another query", http.StatusBadRequest}
	cursorExpired = Kind{"cursor-expired", "The index has changed since the cursor was made", http.StatusGone}
	notFound      = Kind{"not-found", "Nothing is here", http.StatusNotFound}
	Unauthorized  = Kind{"unauthorized", "An API key is needed", http.StatusUnauthorized}
	ForeignForm   = Kind{"foreign-form", "A form of another site is not taken", http.StatusForbidden}
	tooMany       = Kind{"too-many-requests", "More requests than are allowed", http.StatusTooManyRequests}
	wrongMethod   = Kind{"method-not-allowed", "Only GET and HEAD are answered", http.StatusMethodNotAllowed}
	notReady      = Kind{"not-ready", "No index can be served", http.StatusServiceUnavailable}
	damaged       = Kind{"damaged", "The index was damaged on the disk", http.StatusServiceUnavailable}
	busy          = Kind{"busy", "Too many requests are under way", http.StatusServiceUnavailable}
	tooSlow       = Kind{"too-slow", "The answer took too long", http.StatusServiceUnavailable}
	internalFault = Kind{"internal", "Something went wrong here", http.StatusInternalServerError}
)

// statusClosed is logged when the client went away before its answer was ready.
const statusClosed = 499

// A client that finds no index should look again after a build's shortest step;
// one whose query was too slow should leave the machine alone for a moment.
const (
	retryNotReady = 5
	retryTooSlow  = 2
	retryBusy     = 1 // a full queue is worked off in less
	retryDamaged  = 2 // opening another generation takes about a second
)

// knownErrors are those that always mean the same problem; the first one that an
// error wraps counts.
var knownErrors = []struct {
	err error
	Problem
}{
	{ErrNoKey, newProblem(Unauthorized, "show an API key, as Authorization: Bearer KEY", nil)},
	{ErrBadKey, newProblem(Unauthorized, "this is no API key that holds: it may have been taken back", nil)},
	{search.ErrTooBroad, newProblem(tooBroad, "q: its prefixes (a*) stand for more words of the index than are looked up: write more of them before the star",
		func(w *wording.Words) string { return w.Problems.TooBroad }).of("q")},
	{search.ErrBadCursor, newProblem(badCursor, "cursor: not one that this query with these filters and this sort gave: begin without it",
		func(w *wording.Words) string { return w.Problems.ForeignCursor }).of("cursor")},
	{search.ErrCursorExpired, newProblem(cursorExpired, "cursor: a new generation of the index is served now: begin again without the cursor",
		func(w *wording.Words) string { return w.Problems.ExpiredCursor }).of("cursor")},
	{search.ErrNotFound, newProblem(notFound, "no article has this id in the index that is served",
		func(w *wording.Words) string { return w.Problems.NoSuchArticle })},
	{ErrNoPath, newProblem(notFound, "no such path; docs/json-api.md lists them",
		func(w *wording.Words) string { return w.Problems.NoSuchPath })},
	{ErrMethod, newProblem(wrongMethod, "ask with GET or HEAD",
		func(w *wording.Words) string { return w.Problems.ReadOnly })},
	{search.ErrNotReady, newProblem(notReady, "the server runs, but its index folder holds no published index, or none that is sound: build one, or ask again later; the server's log says more",
		func(w *wording.Words) string { return w.Problems.NotReady }).retry(retryNotReady)},
	{search.ErrDamaged, newProblem(damaged, "the index on the disk is not what was built; an earlier generation is taken up if there is one: ask again",
		func(w *wording.Words) string { return w.Problems.Damaged }).retry(retryDamaged)},
	{search.ErrBusy, newProblem(busy, "the server computes as many answers as it can, and as many requests as may wait do: ask again in a moment",
		func(w *wording.Words) string { return w.Problems.Busy }).retry(retryBusy)},
	{context.DeadlineExceeded, newProblem(tooSlow, "the answer took longer than a request may: narrow the request, or try again later",
		func(w *wording.Words) string { return w.Problems.TooSlow }).retry(retryTooSlow)},
	{context.Canceled, newProblem(Kind{internalFault.name, internalFault.title, statusClosed}, "the client went away", nil)},
}

// Of maps every error to its status, type and words. With
// knownErrors it is the only place that does.
func Of(err error) Problem {
	var f *Fault
	var q *query.Error
	var many *TooMany
	switch {
	case errors.As(err, &many):
		return newProblem(tooMany, "this key or this address may not ask so often: ask again when Retry-After says",
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
	return newProblem(internalFault, "the server's log says more", func(w *wording.Words) string { return w.Problems.Internal })
}

func newProblem(k Kind, detail string, words Localized) Problem {
	return Problem{Type: "/problems/" + k.name, Title: k.title, Status: k.status, Detail: detail, words: words}
}

// of and retry return the problem with the parameter to mend, and with the seconds
// after which to ask again.
func (p Problem) of(parameter string) Problem { p.Parameter = parameter; return p }

func (p Problem) retry(seconds int) Problem { p.RetryAfter = seconds; return p }

// In is the problem in the reader's words, "" for none.
func (p Problem) In(w *wording.Words) string {
	if p.words == nil {
		return ""
	}
	return p.words(w)
}

// Write answers an error as application/problem+json.
func Write(c *gin.Context, log *slog.Logger, err error) {
	p := Announce(c, log, err)
	body, err := json.Marshal(p)
	if err != nil {
		log.Error("writing a problem", "error", err)
		return
	}
	c.Data(p.Status, "application/problem+json", body)
}

// Announce logs what is the server's own fault and sets the headers that an
// error has in either form.
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

// Challenge says how a program shows a key, and whether what it showed was
// one (RFC 6750).
func Challenge(err error) string {
	const challenge = `Bearer realm="xunwen"`
	if errors.Is(err, ErrBadKey) {
		return challenge + `, error="invalid_token"`
	}
	return challenge
}

// wholeSeconds rounds up, to one at least.
func wholeSeconds(d time.Duration) int { return max(1, int(math.Ceil(d.Seconds()))) }

package server

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/wording"
)

// problem is what a failed request answers, in the form of RFC 9457. Position
// and Parameter are extension members and stand only where they mean something.
type problem struct {
	Type      string `json:"type"`
	Title     string `json:"title"`
	Status    int    `json:"status"`
	Detail    string `json:"detail"`
	Position  *int   `json:"position,omitempty"`  // characters into q, from 0
	Parameter string `json:"parameter,omitempty"` // the parameter to mend

	words      told // the detail for the pages' readers, nil for none
	retryAfter int  // seconds, 0 for none
}

// kind is a sort of problem: the end of its type, its title and its status.
type kind struct {
	name, title string
	status      int
}

// The kinds of problem. Their names are part of the API.
var (
	badParameter  = kind{"bad-parameter", "A parameter can't be used", http.StatusBadRequest}
	badQuery      = kind{"bad-query", "The query can't be understood", http.StatusBadRequest}
	tooBroad      = kind{"too-broad", "The query stands for too many words", http.StatusBadRequest}
	nothingAsked  = kind{"nothing-asked", "Neither a query nor a filter was given", http.StatusBadRequest}
	badCursor     = kind{"bad-cursor", "The cursor belongs to another query", http.StatusBadRequest}
	cursorExpired = kind{"cursor-expired", "The index has changed since the cursor was made", http.StatusGone}
	notFound      = kind{"not-found", "Nothing is here", http.StatusNotFound}
	unauthorized  = kind{"unauthorized", "An API key is needed", http.StatusUnauthorized}
	foreignForm   = kind{"foreign-form", "A form of another site is not taken", http.StatusForbidden}
	tooMany       = kind{"too-many-requests", "More requests than are allowed", http.StatusTooManyRequests}
	wrongMethod   = kind{"method-not-allowed", "Only GET and HEAD are answered", http.StatusMethodNotAllowed}
	notReady      = kind{"not-ready", "No index can be served", http.StatusServiceUnavailable}
	damaged       = kind{"damaged", "The index was damaged on the disk", http.StatusServiceUnavailable}
	busy          = kind{"busy", "Too many requests are under way", http.StatusServiceUnavailable}
	tooSlow       = kind{"too-slow", "The answer took too long", http.StatusServiceUnavailable}
	internalFault = kind{"internal", "Something went wrong here", http.StatusInternalServerError}
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

// fault is a request that can't be answered as it stands.
type fault struct {
	kind      kind
	parameter string
	detail    string // for programmers, in English
	words     told   // for readers, nil where only programs ask
}

func (f *fault) Error() string { return f.detail }

var (
	errNoPath = errors.New("no such path")
	errMethod = errors.New("method not allowed")
)

// knownErrors are those that always mean the same problem; the first one that an
// error wraps counts.
var knownErrors = []struct {
	err error
	problem
}{
	{errNoKey, newProblem(unauthorized, "show an API key, as Authorization: Bearer KEY", nil)},
	{errBadKey, newProblem(unauthorized, "this is no API key that holds: it may have been taken back", nil)},
	{search.ErrTooBroad, newProblem(tooBroad, "q: its prefixes (a*) stand for more words of the index than are looked up: write more of them before the star",
		func(w *wording.Words) string { return w.Problems.TooBroad }).of("q")},
	{search.ErrBadCursor, newProblem(badCursor, "cursor: not one that this query with these filters and this sort gave: begin without it",
		func(w *wording.Words) string { return w.Problems.ForeignCursor }).of("cursor")},
	{search.ErrCursorExpired, newProblem(cursorExpired, "cursor: a new generation of the index is served now: begin again without the cursor",
		func(w *wording.Words) string { return w.Problems.ExpiredCursor }).of("cursor")},
	{search.ErrNotFound, newProblem(notFound, "no article has this id in the index that is served",
		func(w *wording.Words) string { return w.Problems.NoSuchArticle })},
	{errNoPath, newProblem(notFound, "no such path; docs/json-api.md lists them",
		func(w *wording.Words) string { return w.Problems.NoSuchPath })},
	{errMethod, newProblem(wrongMethod, "ask with GET or HEAD",
		func(w *wording.Words) string { return w.Problems.ReadOnly })},
	{search.ErrNotReady, newProblem(notReady, "the server runs, but its index folder holds no published index, or none that is sound: build one, or ask again later; the server's log says more",
		func(w *wording.Words) string { return w.Problems.NotReady }).retry(retryNotReady)},
	{search.ErrDamaged, newProblem(damaged, "the index on the disk is not what was built; an earlier generation is taken up if there is one: ask again",
		func(w *wording.Words) string { return w.Problems.Damaged }).retry(retryDamaged)},
	{search.ErrBusy, newProblem(busy, "the server computes as many answers as it can, and as many requests as may wait do: ask again in a moment",
		func(w *wording.Words) string { return w.Problems.Busy }).retry(retryBusy)},
	{context.DeadlineExceeded, newProblem(tooSlow, "the engine needed more than "+engineTime.String()+": ask for less, or again later",
		func(w *wording.Words) string { return w.Problems.TooSlow }).retry(retryTooSlow)},
	{context.Canceled, newProblem(kind{internalFault.name, internalFault.title, statusClosed}, "the client went away", nil)},
}

// problemOf maps every error to its status, type and words. With
// knownErrors it is the only place that does.
func problemOf(err error) problem {
	var f *fault
	var q *query.Error
	var many *tooManyError
	switch {
	case errors.As(err, &many):
		return newProblem(tooMany, "this key or this address may not ask so often: ask again when Retry-After says",
			func(w *wording.Words) string { return w.Problems.AskLess }).retry(wholeSeconds(many.wait))
	case errors.As(err, &f):
		return newProblem(f.kind, f.detail, f.words).of(f.parameter)
	case errors.As(err, &q):
		p := newProblem(badQuery, q.Reason, toldQuery(q)).of("q")
		p.Position = &q.Pos
		return p
	}
	for _, k := range knownErrors {
		if errors.Is(err, k.err) {
			return k.problem
		}
	}
	return newProblem(internalFault, "the server's log says more", func(w *wording.Words) string { return w.Problems.Internal })
}

func newProblem(k kind, detail string, words told) problem {
	return problem{Type: "/problems/" + k.name, Title: k.title, Status: k.status, Detail: detail, words: words}
}

// of and retry return the problem with the parameter to mend, and with the seconds
// after which to ask again.
func (p problem) of(parameter string) problem { p.Parameter = parameter; return p }
func (p problem) retry(seconds int) problem   { p.retryAfter = seconds; return p }

// in is the problem in the reader's words, "" for none.
func (p problem) in(w *wording.Words) string {
	if p.words == nil {
		return ""
	}
	return p.words(w)
}

// writeProblem answers an error as application/problem+json.
func (s *server) writeProblem(c *gin.Context, err error) {
	p := s.announce(c, err)
	if err := writeJSON(c, p.Status, "application/problem+json", p); err != nil {
		s.log.Error("writing a problem", "error", err)
	}
}

// announce logs what is the server's own fault and sets the headers that an
// error has in either form.
func (s *server) announce(c *gin.Context, err error) problem {
	p := problemOf(err)
	if p.Status == http.StatusInternalServerError && !errors.Is(err, errPanicked) {
		s.log.Error("request failed", "request_id", requestID(c), "path", c.Request.URL.Path, "error", err)
	}
	if p.retryAfter > 0 {
		c.Header("Retry-After", strconv.Itoa(p.retryAfter))
	}
	if p.Status == http.StatusUnauthorized {
		c.Header("WWW-Authenticate", challengeFor(err))
	}
	return p
}

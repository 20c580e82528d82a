package server

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"xunwen/internal/query"
	"xunwen/internal/search"
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

	words      string // the detail for the pages' readers, in Chinese
	retryAfter int    // seconds, 0 for none
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
	notReady      = kind{"not-ready", "No index is published yet", http.StatusServiceUnavailable}
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
	words     string // for readers, in Chinese
}

func (f *fault) Error() string { return f.detail }

var (
	errNoPath = errors.New("no such path")
	errMethod = errors.New("method not allowed")
)

// problemOf maps every error to its status, type and words. It is the only
// place that does.
func problemOf(err error) problem {
	var f *fault
	var q *query.Error
	var many *tooManyError
	switch {
	case errors.As(err, &many):
		p := newProblem(tooMany, "this key or this address may not ask so often: ask again when Retry-After says", "请求太频繁，请稍后再试。")
		p.retryAfter = wholeSeconds(many.wait)
		return p
	case errors.Is(err, errNoKey):
		return newProblem(unauthorized, "show an API key, as Authorization: Bearer KEY", "请先登录。")
	case errors.Is(err, errBadKey):
		return newProblem(unauthorized, "this is no API key that holds: it may have been taken back", "密钥无效。")
	case errors.As(err, &f):
		p := newProblem(f.kind, f.detail, f.words)
		p.Parameter = f.parameter
		return p
	case errors.As(err, &q):
		p := newProblem(badQuery, q.Reason, queryWords(q))
		p.Position, p.Parameter = &q.Pos, "q"
		return p
	case errors.Is(err, search.ErrTooBroad):
		p := newProblem(tooBroad, "q: its prefixes (a*) stand for more words of the index than are looked up: write more of them before the star",
			"星号前写得太少，能代表的词太多。请在星号前多写几个字母或数字。")
		p.Parameter = "q"
		return p
	case errors.Is(err, search.ErrBadCursor):
		p := newProblem(badCursor, "cursor: not one that this query with these filters and this sort gave: begin without it",
			"这个翻页位置不属于当前的搜索，请从第一页看起。")
		p.Parameter = "cursor"
		return p
	case errors.Is(err, search.ErrCursorExpired):
		p := newProblem(cursorExpired, "cursor: a new generation of the index is served now: begin again without the cursor",
			"索引已更新，请从第一页看起。")
		p.Parameter = "cursor"
		return p
	case errors.Is(err, search.ErrNotFound):
		return newProblem(notFound, "no article has this id in the index that is served", "索引里没有这篇稿件，它可能已被删除。")
	case errors.Is(err, errNoPath):
		return newProblem(notFound, "no such path; docs/json-api.md lists them", "没有这个页面。请检查地址，或从搜索开始。")
	case errors.Is(err, errMethod):
		return newProblem(wrongMethod, "ask with GET or HEAD", "这个地址只能读取。")
	case errors.Is(err, search.ErrNotReady):
		p := newProblem(notReady, "the server runs, but its index folder holds no published index yet: build one, or ask again later",
			"索引还没有建好，稍后再试。")
		p.retryAfter = retryNotReady
		return p
	case errors.Is(err, search.ErrDamaged):
		p := newProblem(damaged, "the index on the disk is not what was built; an earlier generation is taken up if there is one: ask again",
			"索引文件已损坏，正在换用较早的版本。请稍后再试。")
		p.retryAfter = retryDamaged
		return p
	case errors.Is(err, search.ErrBusy):
		p := newProblem(busy, "the server computes as many answers as it can, and as many requests as may wait do: ask again in a moment",
			"现在搜索的人太多，请稍后再试。")
		p.retryAfter = retryBusy
		return p
	case errors.Is(err, context.DeadlineExceeded):
		p := newProblem(tooSlow, "the engine needed more than "+engineTime.String()+": ask for less, or again later",
			"这次搜索用时太长，已停止。请换一个更具体的说法，或稍后再试。")
		p.retryAfter = retryTooSlow
		return p
	case errors.Is(err, context.Canceled):
		p := newProblem(internalFault, "the client went away", "")
		p.Status = statusClosed
		return p
	}
	return newProblem(internalFault, "the server's log says more", "服务器出了问题，已记入日志。请稍后再试。")
}

func newProblem(k kind, detail, words string) problem {
	return problem{Type: "/problems/" + k.name, Title: k.title, Status: k.status, Detail: detail, words: words}
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

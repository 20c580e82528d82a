package server

import (
	"errors"
	"net/http"
	"strings"
	"unicode"

	"github.com/gin-gonic/gin"

	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/wording"
)

// searchPage answers /search. Parameters it doesn't know are let pass: links
// gather them on their way.
func (s *server) searchPage(c *gin.Context) error {
	values, err := parameters(c)
	if err != nil {
		return err
	}
	q, err := readQuestion(values)
	var f *fault
	var bad *query.Error
	switch {
	case err == nil:
		return s.answerPage(c, q)
	case errors.As(err, &bad):
		return s.plainPage(c, q, bad)
	case errors.As(err, &f) && f.kind == nothingAsked:
		c.Redirect(http.StatusFound, "/")
		return nil
	}
	return s.refusedPage(c, q, err)
}

// answerPage shows what the engine found.
func (s *server) answerPage(c *gin.Context, q question, notices ...notice) error {
	q.Facets = true
	resp, took, err := s.ask(c.Request.Context(), q)
	if q.Cursor != "" && (errors.Is(err, search.ErrCursorExpired) || errors.Is(err, search.ErrBadCursor)) {
		// The reader asked for more of the same; the first page is the nearest thing.
		w := s.words.of(c.Request)
		words := w.Results.PageGone
		if errors.Is(err, search.ErrBadCursor) {
			words = w.Results.PageForeign
		}
		q.Cursor = ""
		return s.answerPage(c, q, append(notices, notice{Words: words})...)
	}
	if err != nil {
		return err
	}
	s.widen(c.Request.Context(), q, resp)
	page := newResultsPage(s.resultsFrame(c.Request, q), q, resp, took)
	page.Notices = notices
	if len(resp.Hits) == 0 && q.Cursor == "" {
		page.Empty = s.emptyView(c.Request.Context(), page.W, q)
	}
	return s.writePage(c, http.StatusOK, "results", page)
}

// plainPage shows where a query can't be understood, and what its plain words
// find. The box and every link keep the query as it was written.
func (s *server) plainPage(c *gin.Context, q question, bad *query.Error) error {
	w := s.words.of(c.Request)
	told := newErrorNotice(w, q.Text, bad)
	plain := query.PlainWords(q.Text)
	if plain == nil {
		page := emptyResultsPage(s.resultsFrame(c.Request, q), q)
		page.Notices = []notice{told}
		return s.writePage(c, http.StatusOK, "results", page)
	}
	q.Query = plain
	told.Words += w.Results.PlainWords
	return s.answerPage(c, q, told)
}

// refusedPage shows a parameter that can't be used, around it the page as usual.
func (s *server) refusedPage(c *gin.Context, q question, err error) error {
	p := problemOf(err)
	page := emptyResultsPage(s.resultsFrame(c.Request, q), q)
	page.Notices = []notice{{Words: p.in(page.W)}}
	return s.writePage(c, p.Status, "results", page)
}

// newErrorNotice cuts a query around what can't stand there: one character
// where it is a bracket or a quote, else all that is written together. At the
// query's end there is nothing, and a sign for a blank stands for what is missing.
func newErrorNotice(w *wording.Words, text string, bad *query.Error) notice {
	runes := []rune(text)
	from := min(max(bad.Pos, 0), len(runes))
	to := min(from+1, len(runes))
	if bad.Code != query.Unclosed && bad.Code != query.TooLong {
		for to < len(runes) && !unicode.IsSpace(runes[to]) && !strings.ContainsRune("()（）", runes[to]) {
			to++
		}
	}
	n := notice{
		Words:  toldQuery(bad)(w),
		Before: string(runes[:from]), Place: string(runes[from:to]), After: string(runes[to:]),
	}
	if strings.TrimSpace(n.Place) == "" {
		n.Place = "\u2423"
	}
	return n
}

func (s *server) resultsFrame(r *http.Request, q question) frame {
	w := s.words.of(r)
	title := q.Text
	if title == "" {
		title = w.Results.FilteredTitle
	}
	b := box{Text: q.Text}
	for _, f := range q.state() {
		if f.Name == "by" || f.Name == "sort" || f.Name == "fold" || f.Name == "view" { // the rest are fields of the page
			b.Hidden = append(b.Hidden, f)
		}
	}
	f := s.newFrame(r, w.Title(title), inSlot(w.Results.About, title).plain(), b)
	f.Feed = q.feed()
	f.Styles = s.assets.stylesOf("app", "context")
	f.Scripts = s.assets.scriptsOf("box", "complete", "live", "chart")
	return f
}

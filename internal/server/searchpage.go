package server

import (
	"errors"
	"net/http"
	"strings"
	"unicode"

	"github.com/gin-gonic/gin"

	"xunwen/internal/query"
	"xunwen/internal/search"
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
		words := "索引已更新，从第一页重新列出。"
		if errors.Is(err, search.ErrBadCursor) {
			words = "网址里的页不属于这次搜索，从第一页列出。"
		}
		q.Cursor = ""
		return s.answerPage(c, q, append(notices, notice{Words: words})...)
	}
	if err != nil {
		return err
	}
	s.widen(c.Request.Context(), q, resp)
	page := newResultsPage(s.resultsFrame(q), q, resp, took)
	page.Notices = notices
	if len(resp.Hits) == 0 && q.Cursor == "" {
		page.Empty = newEmptyView(q, s.findMissing(c.Request.Context(), q))
	}
	return s.writePage(c, http.StatusOK, "results", page)
}

// plainPage shows where a query can't be understood, and what its plain words
// find. The box and every link keep the query as it was written.
func (s *server) plainPage(c *gin.Context, q question, bad *query.Error) error {
	told := newErrorNotice(q.Text, bad)
	plain := query.PlainWords(q.Text)
	if plain == nil {
		page := emptyResultsPage(s.resultsFrame(q), q)
		page.Notices = []notice{told}
		return s.writePage(c, http.StatusOK, "results", page)
	}
	q.Query = plain
	told.Words += "下面是按普通词搜索的结果。"
	return s.answerPage(c, q, told)
}

// refusedPage shows a parameter that can't be used, around it the page as usual.
func (s *server) refusedPage(c *gin.Context, q question, err error) error {
	p := problemOf(err)
	page := emptyResultsPage(s.resultsFrame(q), q)
	page.Notices = []notice{{Words: p.words}}
	return s.writePage(c, p.Status, "results", page)
}

// newErrorNotice cuts a query around what can't stand there: one character
// where it is a bracket or a quote, else all that is written together. At the
// query's end there is nothing, and a sign for a blank stands for what is missing.
func newErrorNotice(text string, bad *query.Error) notice {
	runes := []rune(text)
	from := min(max(bad.Pos, 0), len(runes))
	to := min(from+1, len(runes))
	if bad.Code != query.Unclosed && bad.Code != query.TooLong {
		for to < len(runes) && !unicode.IsSpace(runes[to]) && !strings.ContainsRune("()（）", runes[to]) {
			to++
		}
	}
	n := notice{
		Words:  queryWords(bad),
		Before: string(runes[:from]), Place: string(runes[from:to]), After: string(runes[to:]),
	}
	if strings.TrimSpace(n.Place) == "" {
		n.Place = "\u2423"
	}
	return n
}

func (s *server) resultsFrame(q question) frame {
	title := q.Text
	if title == "" {
		title = "筛选"
	}
	b := box{Text: q.Text}
	for _, f := range q.state() {
		if f.Name == "by" || f.Name == "sort" || f.Name == "fold" { // the rest are fields of the page
			b.Hidden = append(b.Hidden, f)
		}
	}
	f := s.newFrame(title+" · 寻闻", "寻闻："+title+"的搜索结果", b)
	f.Feed = q.feed()
	f.Scripts = s.assets.scriptsOf("box", "complete", "live", "chart")
	return f
}

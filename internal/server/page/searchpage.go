package page

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"unicode"

	"github.com/gin-gonic/gin"

	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/server/param"
	"xunwen/internal/server/problem"
	"xunwen/internal/wording"
)

// serveSearch answers /search. It ignores unknown parameters, such as those that
// other sites add to links.
func (s *Site) serveSearch(c *gin.Context) error {
	values, err := param.Values(c)
	if err != nil {
		return err
	}
	q, err := param.ReadSearch(values)
	var bad *query.Error
	switch {
	case err == nil:
		return s.writeResults(c, q)
	case errors.As(err, &bad):
		return s.writePlainResults(c, q, bad)
	case problem.IsMissingQuery(err):
		c.Redirect(http.StatusFound, "/")
		return nil
	}
	return s.writeBadParameter(c, q, err)
}

// writeResults searches and shows the hits.
func (s *Site) writeResults(c *gin.Context, q param.Search, notices ...notice) error {
	q.Facets = panelFacets(q)
	start := s.now()
	resp, err := q.Find(c.Request.Context(), s.engine)
	took := s.now().Sub(start)
	if q.Cursor != "" && (errors.Is(err, search.ErrCursorExpired) || errors.Is(err, search.ErrBadCursor)) {
		// The first page is the closest to what the reader wanted.
		w := s.words.of(c.Request)
		words := w.Results.PageExpired
		if errors.Is(err, search.ErrBadCursor) {
			words = w.Results.ForeignPage
		}
		q.Cursor = ""
		return s.writeResults(c, q, append(notices, notice{Words: words})...)
	}
	if err != nil {
		return err
	}
	page := newResultsPage(s.resultsFrame(c.Request, q), q, resp, took)
	page.Notices = notices
	if q.Cursor == "" {
		leaveOut(c, s.addSuggestions(c.Request.Context(), &page, q, resp)...)
	}
	return s.writePage(c, http.StatusOK, "results", page)
}

// addSuggestions adds other searches to the first page, or why it has no hits. It returns the
// parts for which there was no time.
func (s *Site) addSuggestions(
	ctx context.Context, p *resultsPage, q param.Search, resp search.Response,
) (leftOut []string) {
	if len(resp.Hits) > 0 {
		var complete bool
		if p.Offers, complete = s.offers(ctx, p.W, q, resp.Named); !complete {
			leftOut = append(leftOut, partOffers)
		}
		return leftOut
	}
	if p.DidYouMean == nil && q.Sort != search.ByRelevance {
		meant, err := s.spelling(ctx, q)
		if err != nil {
			leftOut = append(leftOut, partSpelling)
		}
		p.DidYouMean = newDidYouMeanView(q, meant)
	}
	view, lacking := s.emptyView(ctx, p.W, q, resp.Named)
	p.Empty = view
	return append(leftOut, lacking...)
}

// spelling returns a corrected query, which comes with an order by relevance only.
func (s *Site) spelling(ctx context.Context, q param.Search) (string, error) {
	if q.Query == nil {
		return "", nil
	}
	ctx, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	r := q.Request()
	r.Sort, r.Size, r.NoHighlights, r.Facets, r.Internal = search.ByRelevance, 1, true, nil, true
	resp, err := s.engine.Search(ctx, r)
	return resp.DidYouMean, err
}

// writePlainResults shows where a query is invalid, and the hits for its words
// alone. The box and every link keep the query as it was written.
func (s *Site) writePlainResults(c *gin.Context, q param.Search, bad *query.Error) error {
	w := s.words.of(c.Request)
	errorNotice := newErrorNotice(w, q.Text, bad)
	plain := query.PlainWords(q.Text)
	if plain == nil {
		page := emptyResultsPage(s.resultsFrame(c.Request, q), q)
		page.Notices = []notice{errorNotice}
		return s.writePage(c, http.StatusOK, "results", page)
	}
	q.Query = plain
	errorNotice.Words += w.Results.PlainWords
	return s.writeResults(c, q, errorNotice)
}

// writeBadParameter shows a results page with an invalid parameter's error.
func (s *Site) writeBadParameter(c *gin.Context, q param.Search, err error) error {
	p := problem.Of(err)
	page := emptyResultsPage(s.resultsFrame(c.Request, q), q)
	page.Notices = []notice{{Words: p.In(page.W)}}
	return s.writePage(c, p.Status, "results", page)
}

// newErrorNotice splits a query around its invalid part: one character if it is a
// bracket or a quotation mark, else up to the next space. At the end of the query
// it shows a sign for a blank in place of what is missing.
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
		Words:  problem.QueryText(bad)(w),
		Before: string(runes[:from]), Wrong: string(runes[from:to]), After: string(runes[to:]),
	}
	if strings.TrimSpace(n.Wrong) == "" {
		n.Wrong = "\u2423"
	}
	return n
}

// hiddenFields are the parameters of a search without a visible form field.
var hiddenFields = []string{"by", "sort", "match", "collapse", "view"}

func (s *Site) resultsFrame(r *http.Request, q param.Search) frame {
	w := s.words.of(r)
	title := q.Text
	if title == "" {
		title = w.Results.FilteredTitle
	}
	b := box{Text: q.Text}
	for _, f := range q.Fields() {
		if slices.Contains(hiddenFields, f.Name) {
			b.Hidden = append(b.Hidden, f)
		}
	}
	f := s.newFrame(r, w.Title(title), interpolate(w.Results.About, title).plain(), b)
	f.Feed = q.FeedAddress()
	f.Styles = s.assets.stylesOf("app", "context")
	f.Scripts = s.assets.scriptsOf("box", "complete", "live", "chart")
	return f
}

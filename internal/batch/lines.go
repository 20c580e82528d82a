package batch

import (
	"encoding/json"
	"io"

	"xunwen/internal/search"
)

// Lines writes an answer as JSON Lines: an object that describes the answer, then one for each
// query. It is a Writer. Every member is always present.
type Lines struct{ enc *json.Encoder }

// NewLines returns Lines to w.
func NewLines(w io.Writer) Lines {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return Lines{enc}
}

type headLine struct {
	Queries    int    `json:"queries"`
	Generation string `json:"generation"`
	Total      int    `json:"total"`
}

type rowLine struct {
	Line          int             `json:"line"`
	Query         string          `json:"query"`
	Understood    string          `json:"understood"`
	Error         string          `json:"error"`
	Total         int             `json:"total"`
	TotalRelation search.Relation `json:"total_relation"`
	ByYear        []Count         `json:"by_year"`
	ByMonth       []Count         `json:"by_month"`
	ByPublication []Count         `json:"by_publication"`
	Hits          []hitLine       `json:"hits"`
}

type hitLine struct {
	ArticleID      string  `json:"article_id"`
	Score          float64 `json:"score"`
	Title          string  `json:"title"`
	Date           string  `json:"date"`
	Publication    string  `json:"publication"`
	Page           string  `json:"page"`
	URL            string  `json:"url"`
	NearDuplicates int     `json:"near_duplicates"`
}

// Begin implements Writer.
func (l Lines) Begin(h Head) error {
	return l.enc.Encode(headLine{Queries: h.Queries, Generation: h.Generation, Total: h.Total})
}

// Write implements Writer.
func (l Lines) Write(r Row) error {
	list := func(by Dimension) []Count { return append([]Count{}, r.Counts[by]...) }
	out := rowLine{
		Line:          r.Line,
		Query:         r.Text,
		Understood:    r.Understood,
		Error:         Reason(r.Err),
		Total:         r.Total,
		TotalRelation: r.Relation,
		ByYear:        list(ByYear),
		ByMonth:       list(ByMonth),
		ByPublication: list(ByPublication),
		Hits:          make([]hitLine, len(r.Hits)),
	}
	for i, h := range r.Hits {
		a := h.Article
		out.Hits[i] = hitLine{
			ArticleID:      a.ID,
			Score:          h.Score,
			Title:          titleOf(h),
			Date:           a.Date,
			Publication:    a.Publication,
			Page:           a.Page,
			URL:            a.URL,
			NearDuplicates: len(h.NearDuplicates),
		}
	}
	return l.enc.Encode(out)
}

// Flush writes what is buffered: nothing.
func (l Lines) Flush() error { return nil }

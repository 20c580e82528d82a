package batch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"xunwen/internal/query"
	"xunwen/internal/search"
)

// MaxHits is the most hits that are listed of a query.
const MaxHits = 10

// Bounds of one query.
const (
	queryTime = 10 * time.Second       // of its search, as of any other
	busyPause = 250 * time.Millisecond // until a query is tried again that found no slot
)

// Dimension is what hits are counted by.
type Dimension string

// The values of Dimension.
const (
	ByYear        Dimension = "year"
	ByMonth       Dimension = "month"
	ByPublication Dimension = "publication"
)

// Request says what to answer about each query of a list.
type Request struct {
	// Search is what the queries have in common; Query, Size, Cursor and Facets are
	// ignored.
	Search search.Request
	Counts []Dimension
	Hits   int // to list of each query, up to MaxHits
}

// Head describes the answer as a whole.
type Head struct {
	Queries    int
	Generation string
	Total      int // of hits without a query

	// The values with a hit without a query, in the order of columns.
	Values map[Dimension][]string
}

// Row is the answer about one query.
type Row struct {
	Query
	Understood string // in the query language's own spelling
	Total      int
	Relation   search.Relation
	Counts     map[Dimension][]Count // without zeros: periods in order, publications by their count
	Hits       []search.Hit
}

// Count is the number of hits with a value: a year, a month (2022-01) or a publication.
type Count struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// Writer receives an answer: Begin once, then Write for each query in order.
type Writer interface {
	Begin(Head) error
	Write(Row) error
}

// Run answers the queries of a list, all from one generation. An error that isn't about a single
// query ends it.
func Run(ctx context.Context, e search.Engine, list []Query, r Request, to Writer) error {
	return e.Pin(ctx, func(ctx context.Context, pinned search.Engine) error {
		head, err := r.head(ctx, pinned)
		if err != nil {
			return fmt.Errorf("counting without a query: %w", err)
		}
		head.Queries = len(list)
		if err := to.Begin(head); err != nil {
			return err
		}
		for _, q := range list {
			row, err := r.row(ctx, pinned, q)
			if err != nil {
				return fmt.Errorf("line %d: %w", q.Line, err)
			}
			if err := to.Write(row); err != nil {
				return err
			}
		}
		return nil
	})
}

// request returns the search for one query; nil for none.
func (r Request) request(n query.Node) search.Request {
	one := r.Search
	one.Query, one.Cursor = n, ""
	one.Size = max(r.Hits, 1)
	one.NoHighlights, one.NoSuggestions = true, true
	one.Facets = nil
	switch {
	case slices.Contains(r.Counts, ByMonth):
		one.Facets = &search.FacetRequest{Table: search.Month}
	case len(r.Counts) > 0:
		one.Facets = &search.FacetRequest{Table: search.Year}
	}
	return one
}

// head counts everything that passes the filter.
func (r Request) head(ctx context.Context, e search.Engine) (Head, error) {
	all := r.request(nil)
	all.Sort = search.Newest
	res, err := patient(ctx, e, all)
	if err != nil {
		return Head{}, err
	}
	head := Head{Generation: res.Generation, Total: res.Total, Values: map[Dimension][]string{}}
	for by, counts := range r.counts(res.Facets) {
		for _, c := range counts {
			head.Values[by] = append(head.Values[by], c.Value)
		}
	}
	return head, nil
}

// row answers one query. The error is one that other queries would have, too.
func (r Request) row(ctx context.Context, e search.Engine, q Query) (Row, error) {
	row := Row{Query: q, Relation: search.Eq, Counts: map[Dimension][]Count{}}
	if q.Err != nil {
		return row, nil
	}
	n, err := query.Parse(q.Text)
	if err == nil && n == nil {
		err = errNoWord
	}
	if err != nil {
		row.Err = err
		return row, nil
	}
	row.Understood = n.String()
	res, err := patient(ctx, e, r.request(n))
	if err != nil {
		row.Err = err
		if ofQuery(ctx, err) {
			return row, nil
		}
		return row, err
	}
	row.Total, row.Relation, row.Counts = res.Total, cmp.Or(res.Relation, search.Eq), r.counts(res.Facets)
	row.Hits = res.Hits[:min(len(res.Hits), r.Hits)]
	return row, nil
}

// patient searches as soon as there is a slot.
func patient(ctx context.Context, e search.Engine, r search.Request) (search.Response, error) {
	for {
		res, err := searchInTime(ctx, e, r)
		if !errors.Is(err, search.ErrBusy) {
			return res, err
		}
		select {
		case <-ctx.Done():
			return res, context.Cause(ctx)
		case <-time.After(busyPause):
		}
	}
}

func searchInTime(ctx context.Context, e search.Engine, r search.Request) (search.Response, error) {
	ctx, cancel := context.WithTimeout(ctx, queryTime)
	defer cancel()
	return e.Search(ctx, r)
}

// ofQuery reports whether an error is about one query, so that others may have an answer.
func ofQuery(ctx context.Context, err error) bool {
	return errors.Is(err, search.ErrTooBroad) || errors.Is(err, search.ErrUnsupported) ||
		errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil
}

// counts returns the counts that are asked for.
func (r Request) counts(f *search.Facets) map[Dimension][]Count {
	out := map[Dimension][]Count{}
	if f == nil {
		return out
	}
	for _, by := range r.Counts {
		switch by {
		case ByYear:
			out[by] = byPeriod(f.Date, len("2006"))
		case ByMonth:
			out[by] = byPeriod(f.Date, len("2006-01"))
		case ByPublication:
			for _, v := range f.Publication {
				out[by] = append(out[by], Count(v))
			}
		}
	}
	return out
}

// byPeriod adds up periods whose first days begin with the same bytes.
func byPeriod(list []search.PeriodCount, bytes int) []Count {
	var out []Count
	for _, p := range list {
		if p.Count == 0 {
			continue
		}
		name := p.From[:bytes]
		if n := len(out); n == 0 || out[n-1].Value != name {
			out = append(out, Count{Value: name})
		}
		out[len(out)-1].Count += p.Count
	}
	return out
}

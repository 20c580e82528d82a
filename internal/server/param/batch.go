package param

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"xunwen/internal/batch"
	"xunwen/internal/server/problem"
	"xunwen/internal/wording"
)

// BatchPath is the path of a batch in the API.
const BatchPath = "/api/v1/batch"

// BatchNames are the parameters of a batch.
var BatchNames = append([]string{"format", "counts", "hits", "by", "sort", "match", "collapse"}, filterNames...)

// Batch is a list of queries with what to answer about each.
type Batch struct {
	batch.Request
	List   []batch.Query
	Format string // a name of package batch
	Search Search // what the queries have in common, for links
}

// ReadBatch decodes a request with a list in its body and parameters in its address. A form has
// both in its body: the list in the field queries, or as a file in the field list.
func ReadBatch(c *gin.Context) (Batch, error) {
	values, err := Values(c)
	if err != nil {
		return Batch{}, err
	}
	c.Request.Body = http.MaxBytesReader(c.Writer, c.Request.Body, 2*batch.MaxListBytes)
	kind, _, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	if err != nil && c.GetHeader("Content-Type") != "" {
		kind = ""
	}
	read := listReaders[kind]
	if read == nil {
		return Batch{}, &problem.Fault{
			Kind: problem.UnknownType,
			Detail: "Content-Type: send the list as application/json, text/csv or text/plain, or as a form " +
				"(multipart/form-data)",
		}
	}
	list, more, err := read(c.Request)
	if err != nil {
		return Batch{}, badList(err)
	}
	for name, v := range more {
		values[name] = append(values[name], v...)
	}
	if err := checkUTF8(more); err != nil {
		return Batch{}, err
	}
	if err := checkKnown(values, BatchNames); err != nil {
		return Batch{}, err
	}
	b, err := readBatch(values)
	b.List = list
	return b, err
}

// readBatch decodes the parameters of a batch.
func readBatch(values url.Values) (b Batch, err error) {
	if err := OnlyOnce(values, []string{"format", "hits"}); err != nil {
		return b, err
	}
	if b.Format, err = OneOf("format", values.Get("format"), batch.CSV, batch.JSONLines); err != nil {
		return b, err
	}
	if b.Counts, err = readCounts(values["counts"]); err != nil {
		return b, err
	}
	if v := values.Get("hits"); v != "" {
		if b.Hits, err = strconv.Atoi(v); err != nil || b.Hits < 0 || b.Hits > batch.MaxHits {
			return b, problem.BadValue("hits", fmt.Sprintf("hits: %q is not a number from 0 to %d", v, batch.MaxHits),
				func(w *wording.Words) string { return w.BadHits(batch.MaxHits) })
		}
	}
	b.Search, err = ReadSearch(values)
	if problem.IsMissingQuery(err) {
		err = nil
	}
	b.Request.Search = b.Search.Request()
	b.Request.Search.Sort = b.Search.Sort
	return b, err
}

// readCounts reads what hits are counted by, by default years.
func readCounts(names []string) ([]batch.Dimension, error) {
	names = slices.DeleteFunc(slices.Clone(names), func(n string) bool { return n == "" })
	if len(names) == 0 {
		return []batch.Dimension{batch.ByYear}, nil
	}
	out, err := batch.ReadDimensions(names)
	if err != nil {
		return nil, problem.BadValue("counts", "counts: "+err.Error(),
			func(w *wording.Words) string { return w.NotAChoice("counts", batch.Dimensions) })
	}
	return out, nil
}

// Of returns the search for one of the queries, for a link.
func (b Batch) Of(text string) Search {
	q := b.Search
	q.Text, q.Size = text, DefaultSize
	return q
}

// listReaders read a list, and in forms also parameters, from a body of a type.
var listReaders = map[string]func(*http.Request) ([]batch.Query, url.Values, error){
	"application/json": bodyReader(batch.ReadJSON),
	"text/csv":         bodyReader(batch.ReadCSV),
	"text/plain":       bodyReader(batch.ReadText),

	"application/x-www-form-urlencoded": readForm,
	"multipart/form-data":               readForm,
}

func bodyReader(read func(io.Reader) ([]batch.Query, error)) func(*http.Request) ([]batch.Query, url.Values, error) {
	return func(r *http.Request) ([]batch.Query, url.Values, error) {
		list, err := read(r.Body)
		return list, nil, err
	}
}

// badList is the problem of a list that can't be read.
func badList(err error) error {
	var bad *batch.ListError
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		bad = &batch.ListError{Reason: fmt.Sprintf("the body has more than %d MiB: split the list", large.Limit>>20)}
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case !errors.As(err, &bad):
		bad = &batch.ListError{Reason: "the body ends early or its transfer encoding is broken: send it again"}
	}
	return &problem.Fault{
		Kind: problem.BadParameter, Detail: bad.Reason,
		Words: func(w *wording.Words) string { return w.BadList(batch.MaxQueries) },
	}
}

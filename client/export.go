package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
	"net/url"
	"strconv"
)

// File is an export as a file. Close it after reading. A read that fails says that the file is not
// complete.
type File struct {
	io.ReadCloser
	ContentType string
	Generation  string // the index that it comes from
	Analyzer    string // fingerprint of its dictionaries
	Total       int    // hits
	Relation    string // of Total: eq if it is exact, gte if there may be more
}

// Export returns all hits as a file in a format.
func (c *Client) Export(ctx context.Context, r ExportRequest) (*File, error) {
	resp, err := c.send(ctx, http.MethodGet, exportPath, r.values(), nil)
	if err != nil {
		return nil, err
	}
	total, _ := strconv.Atoi(resp.Header.Get("X-Total-Count"))
	return &File{
		ReadCloser:  resp.Body,
		ContentType: resp.Header.Get("Content-Type"),
		Generation:  resp.Header.Get("X-Generation"),
		Analyzer:    resp.Header.Get("X-Analyzer"),
		Total:       total,
		Relation:    resp.Header.Get("X-Total-Relation"),
	}, nil
}

// ExportHits returns all hits in order, all from one index. An error ends the loop.
func (c *Client) ExportHits(ctx context.Context, r ExportRequest) iter.Seq2[Hit, error] {
	r.Format, r.Context = JSONLines, nil
	return rows[Hit](ctx, c, http.MethodGet, exportPath, r.values(), nil)
}

// ExportMatches returns all matches with so many characters on each side, and each hit without a
// highlighted match. An error ends the loop.
func (c *Client) ExportMatches(ctx context.Context, r ExportRequest, characters int) iter.Seq2[ExportMatch, error] {
	r.Format, r.Context = JSONLines, &characters
	return rows[ExportMatch](ctx, c, http.MethodGet, exportPath, r.values(), nil)
}

// Batch returns how many hits each query has, in order. An error ends the loop; a query that can't
// be answered has one in its row.
func (c *Client) Batch(ctx context.Context, r BatchRequest) iter.Seq2[BatchRow, error] {
	body, err := json.Marshal(struct {
		Queries []string `json:"queries"`
	}{r.Queries})
	if err != nil {
		return func(yield func(BatchRow, error) bool) { yield(BatchRow{}, err) }
	}
	return rows[BatchRow](ctx, c, http.MethodPost, batchPath, r.values(), body)
}

// rows decodes JSON Lines after the first one, which describes them.
func rows[T any](
	ctx context.Context, c *Client, method, path string, values url.Values, body []byte,
) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var zero T
		resp, err := c.send(ctx, method, path, values, body)
		if err != nil {
			yield(zero, err)
			return
		}
		defer resp.Body.Close()
		lines := json.NewDecoder(resp.Body)
		var head json.RawMessage
		if err := lines.Decode(&head); err != nil {
			yield(zero, fmt.Errorf("answer of %s: %w", path, err))
			return
		}
		for {
			var row T
			err := lines.Decode(&row)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(zero, fmt.Errorf("answer of %s: %w", path, err))
				return
			}
			if !yield(row, nil) {
				return
			}
		}
	}
}

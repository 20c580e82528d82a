package client

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"xunwen/internal/search"
)

// Bounds of a search.
const (
	searchTimeout  = "10s" // of the work of a shard for one request
	searchAttempts = 3     // of a request that another node may answer
	searchPause    = 100 * time.Millisecond
)

// searchesAtOnce bounds how many of several searches the cluster works on. Each is a task for every shard, and
// a node refuses more than a thousand.
const searchesAtOnce = "?max_concurrent_searches=10"

// Search sends a search of an index. Searches with the same preference are answered by the same copies of its
// shards; "" is for any. An answer that lacks a part of the index is an error.
func (c *Client) Search(ctx context.Context, index, preference string, body object, out any) error {
	body["timeout"] = searchTimeout
	path := Path(index, "_search") + "?allow_partial_search_results=false"
	if preference != "" {
		path += "&preference=" + preference
	}
	return withRetries(ctx, func() error {
		var content json.RawMessage
		if err := c.Do(ctx, http.MethodPost, path, body, &content); err != nil {
			return err
		}
		var c completeness
		if err := json.Unmarshal(content, &c); err != nil {
			return fmt.Errorf("%w: %w", errPartial, err)
		}
		if err := c.check(body); err != nil {
			return err
		}
		return json.Unmarshal(content, out)
	})
}

// SearchEach sends several searches of an index in one request, and returns the answer of each.
func (c *Client) SearchEach(
	ctx context.Context, index, preference string, bodies []object,
) (answers []json.RawMessage, err error) {
	header, err := json.Marshal(object{
		"index": index, "preference": preference, "allow_partial_search_results": false,
	})
	if err != nil {
		return nil, err
	}
	var lines bytes.Buffer
	for _, body := range bodies {
		body["timeout"] = searchTimeout
		b, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		lines.Write(append(append(append(header[:len(header):len(header)], '\n'), b...), '\n'))
	}
	err = withRetries(ctx, func() error {
		var answer struct {
			Responses []json.RawMessage `json:"responses"`
		}
		path := "/_msearch" + searchesAtOnce
		err := c.Send(ctx, http.MethodPost, path, "application/x-ndjson", lines.Bytes(), &answer)
		if err != nil {
			return err
		}
		answers = answer.Responses
		return checkEach(answers, bodies)
	})
	return answers, err
}

// checkEach returns an error unless each of several searches has a whole answer.
func checkEach(answers []json.RawMessage, bodies []object) error {
	if len(answers) != len(bodies) {
		return fmt.Errorf("%w: %d of %d searches", errPartial, len(answers), len(bodies))
	}
	for i, content := range answers {
		var w struct {
			completeness
			Status int       `json:"status"`
			Error  *reported `json:"error"`
		}
		if err := json.Unmarshal(content, &w); err != nil {
			return fmt.Errorf("%w: %w", errPartial, err)
		}
		if w.Error != nil {
			cause := w.Error.first()
			return &StatusError{http.MethodPost, "/_msearch", w.Status, cause.Type, cause.Reason}
		}
		if err := w.check(bodies[i]); err != nil {
			return err
		}
	}
	return nil
}

// withRetries calls a function that reads, again if another node may answer, and returns its error as package
// search classifies it.
func withRetries(ctx context.Context, ask func() error) error {
	for attempt := 1; ; attempt++ {
		err := ask()
		if err == nil {
			return nil
		}
		if attempt == searchAttempts || !isForAnother(err) || Sleep(ctx, searchPause) != nil {
			return classified(err)
		}
	}
}

// isForAnother reports whether a request may succeed at once if another node gets it.
func isForAnother(err error) bool {
	return IsTemporary(err) && !IsStatus(err, http.StatusTooManyRequests) && !errors.Is(err, errSlow)
}

// Errors of a search that is not answered from the whole index.
var (
	errPartial = fmt.Errorf("%w: the cluster answered from a part of the index only", search.ErrUnavailable)
	errSlow    = fmt.Errorf("%w: a shard took longer than %s", errPartial, searchTimeout)
)

// ErrDeleted reports a search of an index that no longer exists.
var ErrDeleted = fmt.Errorf("%w: the index was deleted", search.ErrUnavailable)

// errComplex reports a query with too many parts.
var errComplex = fmt.Errorf("%w: the query is too complex for the cluster", search.ErrUnsupported)

// Types of errors that a cluster reports.
var (
	tooComplexTypes = []string{"too_many_clauses", "too_many_nested_clauses", "too_many_buckets_exception"}
	deletedTypes    = []string{"index_not_found_exception", "index_closed_exception"}
	stoppedTypes    = []string{"task_cancelled_exception", "time_exceeded_exception"} // by an overloaded node
)

// classified wraps an error of a search in the sentinel of package search that fits it.
func classified(err error) error {
	var answer *StatusError
	switch {
	case errors.Is(err, search.ErrUnavailable):
		return err
	case errors.As(err, &answer) && slices.Contains(tooComplexTypes, answer.Type):
		return fmt.Errorf("%w: %w", errComplex, err)
	case errors.As(err, &answer) && slices.Contains(deletedTypes, answer.Type):
		return fmt.Errorf("%w: %w", ErrDeleted, err)
	case IsTemporary(err), errors.As(err, &answer) && slices.Contains(stoppedTypes, answer.Type):
		return fmt.Errorf("%w: %w", search.ErrUnavailable, err)
	}
	return err
}

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
	searchWork     = 10 * time.Second // of a shard for one request
	searchAttempts = 3                // of a request that another node may answer
	searchPause    = 100 * time.Millisecond
	searchLeast    = 100 * time.Millisecond // in which a cluster that can be reached answers something
)

// bounds returns how long shards may work on a search, and how long its answer is waited for. Both end before ctx
// does, so that a search that takes too long differs from a node that doesn't answer.
func bounds(ctx context.Context) (work, wait time.Duration) {
	deadline, ok := ctx.Deadline()
	if !ok {
		return searchWork, requestTime
	}
	left := max(time.Until(deadline), 0)
	return min(left*9/10, searchWork), min(left*95/100, requestTime)
}

// searchesAtOnce bounds how many of several searches the cluster works on. Each is a task for every shard, and
// a node refuses more than a thousand.
const searchesAtOnce = "?max_concurrent_searches=10"

// Search sends a search of an index. Searches with the same preference are answered by the same copies of its
// shards; "" is for any. An answer that lacks a part of the index is an error.
func (c *Client) Search(ctx context.Context, index, preference string, body object, out any) error {
	path := Path(index, "_search") + "?allow_partial_search_results=false"
	if preference != "" {
		path += "&preference=" + preference
	}
	return withRetries(ctx, func(ctx context.Context, work string) error {
		body["timeout"] = work
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
		if err := json.Unmarshal(content, out); err != nil {
			return fmt.Errorf("%w: %w", errPartial, err)
		}
		return nil
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
	err = withRetries(ctx, func(ctx context.Context, work string) error {
		var lines bytes.Buffer
		for _, body := range bodies {
			body["timeout"] = work
			b, err := json.Marshal(body)
			if err != nil {
				return err
			}
			lines.Write(append(append(append(header[:len(header):len(header)], '\n'), b...), '\n'))
		}
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
func withRetries(ctx context.Context, ask func(ctx context.Context, work string) error) error {
	for attempt := 1; ; attempt++ {
		work, wait := bounds(ctx)
		bounded, cancel := context.WithTimeout(ctx, wait)
		err := ask(bounded, fmt.Sprintf("%dms", max(work.Milliseconds(), 1)))
		late := errors.Is(bounded.Err(), context.DeadlineExceeded) && wait >= searchLeast
		cancel()
		switch {
		case err == nil:
			return nil
		case late:
			return fmt.Errorf("%w: no answer within %s", search.ErrUnavailable, wait)
		}
		if attempt == searchAttempts || !isForAnother(err) || Sleep(ctx, searchPause) != nil {
			return classified(err)
		}
	}
}

// isForAnother reports whether a request may succeed at once if another node gets it.
func isForAnother(err error) bool {
	if errors.Is(err, errPartial) || errors.Is(err, errUnreadable) {
		return true
	}
	return IsTemporary(err) && !IsStatus(err, http.StatusTooManyRequests)
}

// Errors of a search that is not answered from the whole index.
var (
	errPartial = fmt.Errorf("%w: the cluster answered from a part of the index only", search.ErrUnavailable)
	errSlow    = fmt.Errorf("a shard of the cluster was not ready in time: %w", context.DeadlineExceeded)
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
	case IsTemporary(err), errors.Is(err, errUnreadable), isRefusedConnection(err),
		errors.As(err, &answer) && slices.Contains(stoppedTypes, answer.Type):
		return fmt.Errorf("%w: %w", search.ErrUnavailable, err)
	}
	return err
}

package opensearch

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
	searchAttempts = 3     // if nodes are lost: each time another one is asked
	searchPause    = 100 * time.Millisecond
)

// searchesAtOnce bounds how many of several searches the cluster works on. Each is a task for every shard, and
// a node refuses more than a thousand.
const searchesAtOnce = "?max_concurrent_searches=10"

// search sends a search of the index.
func (e *Engine) search(ctx context.Context, body object, out any) error {
	return e.client.search(ctx, e.index, e.preference, body, out)
}

// search sends a search of an index. The same copies answer those with the same preference, unless it is "". An
// answer that lacks a part of the index is an error.
func (c *Client) search(ctx context.Context, index, preference string, body object, out any) error {
	body["timeout"] = searchTimeout
	path := pathOf(index, "_search") + "?allow_partial_search_results=false"
	if preference != "" {
		path += "&preference=" + preference
	}
	return patiently(ctx, func() error {
		var content json.RawMessage
		if err := c.do(ctx, http.MethodPost, path, body, &content); err != nil {
			return err
		}
		var w wholeness
		if err := json.Unmarshal(content, &w); err != nil {
			return fmt.Errorf("%w: %w", errPartial, err)
		}
		if err := w.check(body); err != nil {
			return err
		}
		return json.Unmarshal(content, out)
	})
}

// searchEach sends several searches of the index in one request, and returns the answer of each.
func (e *Engine) searchEach(ctx context.Context, bodies []object) (answers []json.RawMessage, err error) {
	header, err := json.Marshal(object{
		"index": e.index, "preference": e.preference, "allow_partial_search_results": false,
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
	err = patiently(ctx, func() error {
		var answer struct {
			Responses []json.RawMessage `json:"responses"`
		}
		path := "/_msearch" + searchesAtOnce
		err := e.client.send(ctx, http.MethodPost, path, "application/x-ndjson", lines.Bytes(), &answer)
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
			wholeness
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

// patiently calls a function that reads, again if a node is lost, and returns its error as package search
// calls it.
func patiently(ctx context.Context, ask func() error) error {
	for attempt := 1; ; attempt++ {
		err := ask()
		if err == nil {
			return nil
		}
		if attempt == searchAttempts || !isLost(err) || sleep(ctx, searchPause) != nil {
			return classified(err)
		}
	}
}

// isLost reports whether a request may succeed at once if another node gets it.
func isLost(err error) bool {
	return isTemporary(err) && !isStatus(err, http.StatusTooManyRequests) && !errors.Is(err, errSlow)
}

// errDeleted is about an index that is not there any more.
var errDeleted = fmt.Errorf("%w: the index was deleted", search.ErrUnavailable)

// Types of errors of a cluster.
var (
	tooMuch = []string{"too_many_clauses", "too_many_nested_clauses", "too_many_buckets_exception"}
	deleted = []string{"index_not_found_exception", "index_closed_exception"}
	stopped = []string{"task_cancelled_exception", "time_exceeded_exception"} // by a node with too much to do
)

// classified returns an error of a search as package search calls it.
func classified(err error) error {
	var answer *StatusError
	switch {
	case errors.Is(err, search.ErrUnavailable):
		return err
	case errors.As(err, &answer) && slices.Contains(tooMuch, answer.Type):
		return fmt.Errorf("%w: %w", errTooComplex, err)
	case errors.As(err, &answer) && slices.Contains(deleted, answer.Type):
		return fmt.Errorf("%w: %w", errDeleted, err)
	case isTemporary(err), errors.As(err, &answer) && slices.Contains(stopped, answer.Type):
		return fmt.Errorf("%w: %w", search.ErrUnavailable, err)
	}
	return err
}

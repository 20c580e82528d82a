package opensearch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"xunwen/internal/search"
)

// countedAnswer is the answer of an aggregation of documents, with those inside it.
type countedAnswer struct {
	Count  int
	Counts map[string]countedAnswer
}

// UnmarshalJSON implements json.Unmarshaler.
func (c *countedAnswer) UnmarshalJSON(b []byte) error {
	var members map[string]json.RawMessage
	if err := json.Unmarshal(b, &members); err != nil {
		return err
	}
	for name, value := range members {
		switch {
		case name == "doc_count":
			if err := json.Unmarshal(value, &c.Count); err != nil {
				return err
			}
		case len(value) > 0 && value[0] == '{':
			var inner countedAnswer
			if err := json.Unmarshal(value, &inner); err != nil {
				return err
			}
			if c.Counts == nil {
				c.Counts = map[string]countedAnswer{}
			}
			c.Counts[name] = inner
		}
	}
	return nil
}

// hitsAnswer is the answer of a search.
type hitsAnswer struct {
	Hits struct {
		Total struct {
			Value int `json:"value"`
		} `json:"total"`
		Hits []hitAnswer `json:"hits"`
	} `json:"hits"`
}

// hitAnswer is one root document.
type hitAnswer struct {
	Source source            `json:"_source"`
	Sort   []json.RawMessage `json:"sort"`
}

// search sends a search of the index. An answer that lacks a part of the index is an error.
func (e *Engine) search(ctx context.Context, body object, out any) error {
	body["timeout"] = searchTimeout
	path := pathOf(e.index, "_search") + "?allow_partial_search_results=false&preference=" + e.preference
	for attempt := 1; ; attempt++ {
		var content json.RawMessage
		err := e.client.do(ctx, http.MethodPost, path, body, &content)
		if err == nil {
			err = checkWhole(content, body)
		}
		if err == nil {
			return json.Unmarshal(content, out)
		}
		if attempt == searchAttempts || !isLost(err) || sleep(ctx, searchPause) != nil {
			return e.classified(err)
		}
	}
}

// Bounds of a search.
const (
	searchTimeout  = "10s" // of the work of a shard for one request
	searchAttempts = 3     // if nodes are lost: each time another one is asked
	searchPause    = 100 * time.Millisecond
)

// isLost reports whether a request may succeed at once if another node gets it.
func isLost(err error) bool {
	return isTemporary(err) && !isStatus(err, http.StatusTooManyRequests) && !errors.Is(err, errSlow)
}

// errDeleted is about an index that is not there any more.
var errDeleted = fmt.Errorf("%w: the index was deleted", search.ErrUnavailable)

// classified wraps what package search calls an error.
func (e *Engine) classified(err error) error {
	var answer *StatusError
	switch {
	case errors.Is(err, search.ErrUnavailable):
		return err
	case errors.As(err, &answer) && slices.Contains(tooMuch, answer.Type):
		return fmt.Errorf("%w: %w", errTooComplex, err)
	case errors.As(err, &answer) && slices.Contains(deleted, answer.Type):
		return fmt.Errorf("%w: %w", errDeleted, err)
	case isTemporary(err):
		return fmt.Errorf("%w: %w", search.ErrUnavailable, err)
	}
	return err
}

// Types of errors of a cluster.
var (
	tooMuch = []string{"too_many_clauses", "too_many_nested_clauses", "too_many_buckets_exception"}
	deleted = []string{"index_not_found_exception", "index_closed_exception"}
)

// checkWhole returns an error unless a search was answered by all shards, with everything that was asked for.
func checkWhole(content json.RawMessage, body object) error {
	var answer struct {
		TimedOut bool `json:"timed_out"`
		Shards   struct {
			Total      int `json:"total"`
			Successful int `json:"successful"`
			Failed     int `json:"failed"`
			Failures   []struct {
				Reason struct {
					Type   string `json:"type"`
					Reason string `json:"reason"`
				} `json:"reason"`
			} `json:"failures"`
		} `json:"_shards"`
		Hits *struct {
			Hits  []json.RawMessage `json:"hits"`
			Total *json.RawMessage  `json:"total"`
		} `json:"hits"`
		Aggregations map[string]json.RawMessage `json:"aggregations"`
	}
	if err := json.Unmarshal(content, &answer); err != nil {
		return fmt.Errorf("%w: %w", errPartial, err)
	}
	if answer.TimedOut {
		return errSlow
	}
	s := answer.Shards
	if s.Failed > 0 || s.Successful < s.Total || s.Total == 0 {
		var reasons []string
		for _, f := range s.Failures {
			reasons = append(reasons, f.Reason.Type+": "+f.Reason.Reason)
		}
		slices.Sort(reasons)
		return fmt.Errorf("%w: %d of %d shards answered %s",
			errPartial, s.Successful, s.Total, strings.Join(slices.Compact(reasons), "; "))
	}
	if answer.Hits == nil || answer.Hits.Total == nil && body["track_total_hits"] == true {
		return fmt.Errorf("%w: it has no hits", errPartial)
	}
	if asked, ok := body["aggs"].(object); ok {
		for name := range asked {
			if answer.Aggregations[name] == nil {
				return fmt.Errorf("%w: it lacks what was to be counted", errPartial)
			}
		}
	}
	return nil
}

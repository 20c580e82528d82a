package opensearch

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

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

// search sends a search of the index.
func (e *Engine) search(ctx context.Context, body object, out any) error {
	return e.client.search(ctx, e.index, e.preference, body, out)
}

// search sends a search of an index. The same copies answer those with the same preference, unless it is "". An
// answer that lacks a part of the index is an error.
func (c *Client) search(ctx context.Context, index, preference string, body object, out any) error {
	body["timeout"] = searchTimeout
	var answer struct {
		TimedOut bool `json:"timed_out"`
		Shards   struct {
			Failed   int `json:"failed"`
			Failures []struct {
				Index  string `json:"index"`
				Reason struct {
					Type   string `json:"type"`
					Reason string `json:"reason"`
				} `json:"reason"`
			} `json:"failures"`
		} `json:"_shards"`
	}
	var content json.RawMessage
	path := pathOf(index, "_search") + "?allow_partial_search_results=false"
	if preference != "" {
		path += "&preference=" + preference
	}
	if err := c.do(ctx, http.MethodPost, path, body, &content); err != nil {
		if isTemporary(err) {
			err = fmt.Errorf("%w: %w", search.ErrUnavailable, err)
		}
		return err
	}
	if err := json.Unmarshal(content, &answer); err != nil {
		return err
	}
	if answer.Shards.Failed > 0 || answer.TimedOut {
		var reasons []string
		for _, f := range answer.Shards.Failures {
			reasons = append(reasons, f.Reason.Type+": "+f.Reason.Reason)
		}
		slices.Sort(reasons)
		return fmt.Errorf("%w: %d shards failed, timed out: %t %s",
			errPartial, answer.Shards.Failed, answer.TimedOut, strings.Join(slices.Compact(reasons), "; "))
	}
	return json.Unmarshal(content, out)
}

// searchTimeout bounds the work of a shard for one request.
const searchTimeout = "10s"

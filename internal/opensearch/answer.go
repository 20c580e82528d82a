package opensearch

import (
	"bytes"
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

// wholeness says whether an answer lacks a part of the index.
type wholeness struct {
	TimedOut bool `json:"timed_out"`
	Shards   struct {
		Failed   int `json:"failed"`
		Failures []struct {
			Reason reported `json:"reason"`
		} `json:"failures"`
	} `json:"_shards"`
}

// check returns an error if a part is missing.
func (w *wholeness) check() error {
	if w.Shards.Failed == 0 && !w.TimedOut {
		return nil
	}
	var reasons []string
	for _, f := range w.Shards.Failures {
		reasons = append(reasons, f.Reason.Type+": "+f.Reason.Reason)
	}
	slices.Sort(reasons)
	return fmt.Errorf("%w: %d shards failed, timed out: %t %s",
		errPartial, w.Shards.Failed, w.TimedOut, strings.Join(slices.Compact(reasons), "; "))
}

// search sends a search of the index.
func (e *Engine) search(ctx context.Context, body object, out any) error {
	return e.client.search(ctx, e.index, e.preference, body, out)
}

// search sends a search of an index. The same copies answer those with the same preference, unless it is "". An
// answer that lacks a part of the index is an error.
func (c *Client) search(ctx context.Context, index, preference string, body object, out any) error {
	body["timeout"] = searchTimeout
	var content json.RawMessage
	path := pathOf(index, "_search") + "?allow_partial_search_results=false"
	if preference != "" {
		path += "&preference=" + preference
	}
	if err := c.do(ctx, http.MethodPost, path, body, &content); err != nil {
		return unavailable(err)
	}
	return decodeWhole(content, out)
}

// decodeWhole decodes an answer that lacks nothing.
func decodeWhole(content json.RawMessage, out any) error {
	var w wholeness
	if err := json.Unmarshal(content, &w); err != nil {
		return err
	}
	if err := w.check(); err != nil {
		return err
	}
	return json.Unmarshal(content, out)
}

// unavailable marks an error that may pass.
func unavailable(err error) error {
	if isTemporary(err) {
		return fmt.Errorf("%w: %w", search.ErrUnavailable, err)
	}
	return err
}

// searchEach sends several searches of the index in one request, and returns the answer of each.
func (e *Engine) searchEach(ctx context.Context, bodies []object) ([]json.RawMessage, error) {
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
	var answer struct {
		Responses []json.RawMessage `json:"responses"`
	}
	err = e.client.send(ctx, http.MethodPost, "/_msearch", "application/x-ndjson", lines.Bytes(), &answer)
	if err != nil {
		return nil, unavailable(err)
	}
	if len(answer.Responses) != len(bodies) {
		return nil, fmt.Errorf("%w: %d of %d searches", errPartial, len(answer.Responses), len(bodies))
	}
	for _, content := range answer.Responses {
		var w struct {
			wholeness
			Status int       `json:"status"`
			Error  *reported `json:"error"`
		}
		if err := json.Unmarshal(content, &w); err != nil {
			return nil, err
		}
		if w.Error != nil {
			return nil, unavailable(&StatusError{
				Method: http.MethodPost, Path: "/_msearch", Status: w.Status,
				Type: w.Error.Type, Reason: w.Error.Reason,
			})
		}
		if err := w.check(); err != nil {
			return nil, err
		}
	}
	return answer.Responses, nil
}

// searchTimeout bounds the work of a shard for one request.
const searchTimeout = "10s"

// reported is a reason that the cluster gives.
type reported struct {
	Type   string `json:"type"`
	Reason string `json:"reason"`
}

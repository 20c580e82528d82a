package opensearch

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
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

// wholeness is what an answer to a search says of itself.
type wholeness struct {
	TimedOut bool `json:"timed_out"`
	Shards   struct {
		Total      int `json:"total"`
		Successful int `json:"successful"`
		Failed     int `json:"failed"`
		Failures   []struct {
			Reason reported `json:"reason"`
		} `json:"failures"`
	} `json:"_shards"`
	Hits *struct {
		Total json.RawMessage `json:"total"`
	} `json:"hits"`
	Aggregations map[string]json.RawMessage `json:"aggregations"`
}

// check returns an error unless all shards answered the search, with everything that was asked for.
func (w *wholeness) check(asked object) error {
	if w.TimedOut {
		return errSlow
	}
	if s := w.Shards; s.Failed > 0 || s.Successful < s.Total || s.Total == 0 {
		var reasons []string
		for _, f := range s.Failures {
			reasons = append(reasons, f.Reason.Type+": "+f.Reason.Reason)
		}
		slices.Sort(reasons)
		return fmt.Errorf("%w: %d of %d shards answered %s",
			errPartial, s.Successful, s.Total, strings.Join(slices.Compact(reasons), "; "))
	}
	if w.Hits == nil || w.Hits.Total == nil && asked["track_total_hits"] == true {
		return fmt.Errorf("%w: there are no hits", errPartial)
	}
	counts, _ := asked["aggs"].(object)
	for name := range counts {
		if w.Aggregations[name] == nil {
			return fmt.Errorf("%w: there are no counts", errPartial)
		}
	}
	return nil
}

// reported is a reason that the cluster gives.
type reported struct {
	Type      string     `json:"type"`
	Reason    string     `json:"reason"`
	RootCause []reported `json:"root_cause"`
}

// first returns the first cause.
func (r reported) first() reported {
	if len(r.RootCause) > 0 {
		return r.RootCause[0]
	}
	return r
}

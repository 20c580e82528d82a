package client

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// completeness is the part of an answer to a search by which check finds what it lacks.
type completeness struct {
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
func (c *completeness) check(asked object) error {
	if c.TimedOut {
		return errSlow
	}
	if s := c.Shards; s.Failed > 0 || s.Successful < s.Total || s.Total == 0 {
		var reasons []string
		for _, f := range s.Failures {
			reasons = append(reasons, f.Reason.Type+": "+f.Reason.Reason)
		}
		slices.Sort(reasons)
		return fmt.Errorf("%w: %d of %d shards answered %s",
			errPartial, s.Successful, s.Total, strings.Join(slices.Compact(reasons), "; "))
	}
	if c.Hits == nil || c.Hits.Total == nil && asked["track_total_hits"] == true {
		return fmt.Errorf("%w: it lacks the hits or their total", errPartial)
	}
	counts, _ := asked["aggs"].(object)
	for name := range counts {
		if c.Aggregations[name] == nil {
			return fmt.Errorf("%w: it lacks the counts %s", errPartial, name)
		}
	}
	return nil
}

// reported is an error as the cluster reports it.
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

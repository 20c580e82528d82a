package opensearch

import (
	"encoding/json"
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

package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
)

// Query is a query with its known answers.
type Query struct {
	ID   string   `json:"id"`
	Set  string   `json:"set"`
	Text string   `json:"query"`
	Gold []string `json:"gold"` // ids of the right articles
	Also []string `json:"also"` // ids that are neither right nor wrong
}

const (
	maxLine = 1 << 20 // bytes of a line; a query has at most 512 characters
	// shownFaults is how many bad lines an error names; the rest are counted.
	shownFaults = 10
)

// byteOrderMark begins what some editors write in UTF-8.
var byteOrderMark = []byte("\uFEFF")

// Read reads queries, one JSON object a line; other members than Query's and
// empty lines are passed over. The error names each bad line as NAME:LINE, and
// then there are no queries.
func Read(r io.Reader, name string) ([]Query, error) {
	var out []Query
	var faults []error
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	first := map[string]int{} // line of each id
	n := 0
	for lines.Scan() {
		n++
		line := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), byteOrderMark))
		if len(line) == 0 {
			continue
		}
		q, err := parse(line)
		if err == nil && q.ID != "" && first[q.ID] > 0 {
			err = fmt.Errorf("the id %q stands in line %d already", q.ID, first[q.ID])
		}
		if err != nil {
			faults = append(faults, fmt.Errorf("%s:%d: %w", name, n, err))
			continue
		}
		first[q.ID] = n
		out = append(out, q)
	}
	if err := lines.Err(); err != nil {
		faults = append(faults, fmt.Errorf("%s:%d: %w", name, n+1, err))
	}
	if len(faults) == 0 && len(out) == 0 {
		faults = append(faults, fmt.Errorf("%s: no query in it", name))
	}
	if more := len(faults) - shownFaults; more > 0 {
		faults = append(faults[:shownFaults], fmt.Errorf("and %d more bad lines", more))
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	return out, nil
}

// wanted is what a line is like.
const wanted = `{"id":"1","set":"names","query":"北约","gold":["a right article's id"]}`

func parse(line []byte) (Query, error) {
	var q Query
	var kind *json.UnmarshalTypeError
	switch err := json.Unmarshal(line, &q); {
	case errors.As(err, &kind) && kind.Field != "":
		return q, fmt.Errorf("%q is of type %s: want %s", kind.Field, kind.Value, wanted)
	case err != nil:
		return q, fmt.Errorf("not a query: %w: want %s", err, wanted)
	}
	switch {
	case q.Text == "":
		return q, errors.New(`no "query"`)
	case q.Set == All:
		return q, fmt.Errorf(`"set" is %q, which names what is measured over all sets`, All)
	case len(q.Gold) == 0:
		return q, errors.New(`no "gold": name the ids of the right articles`)
	case slices.Contains(q.Gold, ""):
		return q, errors.New(`an empty id in "gold"`)
	}
	slices.Sort(q.Gold)
	q.Gold = slices.Compact(q.Gold) // each counts once
	for _, id := range q.Also {
		if slices.Contains(q.Gold, id) {
			return q, fmt.Errorf(`%q stands in "gold" and in "also"`, id)
		}
	}
	return q, nil
}

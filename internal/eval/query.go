package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"xunwen/internal/position"
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
	maxLine   = 1 << 20 // bytes; a query has at most 512 characters
	maxErrors = 10      // bad lines that one error lists; it counts the others
)

// byteOrderMark is what some editors begin UTF-8 files with.
var byteOrderMark = []byte("\uFEFF")

// Read reads queries, one JSON object a line. It ignores empty lines and members
// that Query does not have. If lines are bad, it returns no queries and an error
// that lists them as NAME:LINE.
func Read(r io.Reader, name string) ([]Query, error) {
	var out []Query
	var errs []error
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxLine)
	lineOf := map[string]int{} // by id
	n := 0
	for lines.Scan() {
		n++
		line := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), byteOrderMark))
		if len(line) == 0 {
			continue
		}
		q, err := parse(line)
		if err == nil && q.ID != "" && lineOf[q.ID] > 0 {
			err = fmt.Errorf("the id %q is already in line %d", q.ID, lineOf[q.ID])
		}
		if err != nil {
			errs = append(errs, &position.Error{File: name, Line: n, Err: err})
			continue
		}
		lineOf[q.ID] = n
		out = append(out, q)
	}
	if err := lines.Err(); err != nil {
		errs = append(errs, &position.Error{File: name, Line: n + 1, Err: err})
	}
	if len(errs) == 0 && len(out) == 0 {
		errs = append(errs, fmt.Errorf("%s: no queries", name))
	}
	if more := len(errs) - maxErrors; more > 0 {
		errs = append(errs[:maxErrors], fmt.Errorf("and %d more bad lines", more))
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return out, nil
}

// example is a valid line.
const example = `{"id":"1","set":"names","query":"北约","gold":["a right article's id"]}`

func parse(line []byte) (Query, error) {
	var q Query
	var kind *json.UnmarshalTypeError
	switch err := json.Unmarshal(line, &q); {
	case errors.As(err, &kind) && kind.Field != "":
		return q, fmt.Errorf("%q is of type %s: want %s", kind.Field, kind.Value, example)
	case err != nil:
		return q, fmt.Errorf("not a query: %w: want %s", err, example)
	}
	switch {
	case q.Text == "":
		return q, errors.New(`no "query"`)
	case q.Set == All:
		return q, fmt.Errorf(`"set" is %q, which means all sets`, All)
	case len(q.Gold) == 0:
		return q, errors.New(`no "gold": want the ids of the right articles`)
	case slices.Contains(q.Gold, ""):
		return q, errors.New(`an empty id in "gold"`)
	}
	slices.Sort(q.Gold)
	q.Gold = slices.Compact(q.Gold) // each counts once
	for _, id := range q.Also {
		if slices.Contains(q.Gold, id) {
			return q, fmt.Errorf(`%q is both in "gold" and in "also"`, id)
		}
	}
	return q, nil
}

package field

import (
	"fmt"
	"iter"

	"xunwen/internal/news"
)

// Record is an article that was read of a record.
type Record struct {
	Article *news.Article // nil for what is around records
	Line    int           // where the record begins
	Left    []string      // names of the members that were left out
}

// Records are the records of an input. An error is either a *RecordError, after which reading
// goes on, or a *ReadError, which is the last.
type Records = iter.Seq2[Record, error]

// RecordError is the error of one record.
type RecordError struct {
	Line   int // from 1
	Reason error
}

func (e *RecordError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Reason) }
func (e *RecordError) Unwrap() error { return e.Reason }

// ReadError reports that the input can't be read on from a line.
type ReadError struct {
	Line   int // from 1
	Reason error
}

func (e *ReadError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Reason) }
func (e *ReadError) Unwrap() error { return e.Reason }

package position

import "fmt"

// Error is an error in a line of a file.
type Error struct {
	File string
	Line int // from 1
	Err  error
}

// Error implements error: FILE:LINE: reason.
func (e *Error) Error() string { return fmt.Sprintf("%s:%d: %v", e.File, e.Line, e.Err) }

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }

package problem

import (
	"errors"
	"time"
)

// Errors of requests that need an API key.
var (
	ErrNoKey  = errors.New("no API key was sent")
	ErrBadKey = errors.New("the API key is not valid")
)

// TooMany is the error of a request that exceeds a limit.
type TooMany struct{ Wait time.Duration }

func (e *TooMany) Error() string { return "too many requests; the next one in " + e.Wait.String() }

// ErrPanicked is the error of a request whose handler panicked.
var ErrPanicked = errors.New("a handler panicked")

// BadValue returns the error of an invalid parameter; words may be nil for requests that
// only programs make.
func BadValue(parameter, detail string, words Localized) error {
	return &Fault{Kind: BadParameter, Parameter: parameter, Detail: detail, Words: words}
}

// Fault is the error of an invalid request.
type Fault struct {
	Kind      Kind
	Parameter string
	Detail    string    // for programmers, in English
	Words     Localized // for readers; nil for requests that only programs make
}

func (f *Fault) Error() string { return f.Detail }

// IsNothingAsked reports whether a request had neither a query nor a filter.
func IsNothingAsked(err error) bool {
	var f *Fault
	return errors.As(err, &f) && f.Kind == NothingAsked
}

// Errors of routing.
var (
	ErrNoPath = errors.New("no such path")
	ErrMethod = errors.New("method not allowed")
)

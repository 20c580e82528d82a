package problem

import (
	"errors"
	"time"
)

var (
	ErrNoKey  = errors.New("no API key was shown")
	ErrBadKey = errors.New("what was shown is no API key that holds")
)

// TooMany is a request beyond a limit.
type TooMany struct{ Wait time.Duration }

func (e *TooMany) Error() string { return "too many requests; the next one in " + e.Wait.String() }

var ErrPanicked = errors.New("a handler panicked")

// BadValue is a fault of one parameter; words may be nil where only programs ask.
func BadValue(parameter, detail string, words Localized) error {
	return &Fault{Kind: BadParameter, Parameter: parameter, Detail: detail, Words: words}
}

// Fault is a request that can't be answered as it stands.
type Fault struct {
	Kind      Kind
	Parameter string
	Detail    string    // for programmers, in English
	Words     Localized // for readers, nil where only programs ask
}

func (f *Fault) Error() string { return f.Detail }

// IsNothingAsked reports whether an error is that neither a query nor a filter was given.
func IsNothingAsked(err error) bool {
	var f *Fault
	return errors.As(err, &f) && f.Kind == NothingAsked
}

var (
	ErrNoPath = errors.New("no such path")
	ErrMethod = errors.New("method not allowed")
)

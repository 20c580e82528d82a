package problem

import (
	"errors"
	"time"
)

// Errors of requests that reach no handler.
var (
	ErrNoPath   = errors.New("no such path")
	ErrHost     = errors.New("the server isn't called by the name in the request")
	ErrMethod   = errors.New("method not allowed")
	ErrNoKey    = errors.New("the request has no API key")
	ErrBadKey   = errors.New("the API key of the request is invalid")
	ErrPanicked = errors.New("a handler panicked")

	ErrExporting = errors.New("the client has an export already")
)

// Fault is a request that can't be answered as it is.
type Fault struct {
	Kind      Kind
	Parameter string    // the parameter to fix, "" for none
	Detail    string    // for programmers, in English
	Words     Localized // for readers, nil where only programs send such requests
}

func (f *Fault) Error() string { return f.Detail }

// BadValue is a Fault of one parameter.
func BadValue(parameter, detail string, words Localized) error {
	return &Fault{Kind: BadParameter, Parameter: parameter, Detail: detail, Words: words}
}

// IsMissingQuery reports whether an error says that neither a query nor a filter was
// given.
func IsMissingQuery(err error) bool {
	var f *Fault
	return errors.As(err, &f) && f.Kind == MissingQuery
}

// TooMany is a request beyond the limit of an API key or an address.
type TooMany struct{ Wait time.Duration } // until the next one is allowed

func (e *TooMany) Error() string { return "too many requests; the next one in " + e.Wait.String() }

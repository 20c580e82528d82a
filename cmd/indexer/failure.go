package main

import (
	"encoding/json"
	"errors"
	"io"

	"github.com/spf13/cobra"
)

// failure is what a command prints with --json if it fails.
type failure struct {
	Error    string `json:"error"`
	Rejected *int   `json:"rejected,omitempty"` // only of a build that began to read
}

// buildError is the error of a build that rejected inputs, maybe none.
type buildError struct {
	err      error
	rejected int
}

func (e *buildError) Error() string { return e.err.Error() }
func (e *buildError) Unwrap() error { return e.err }

// printFailure prints an error as an object if cmd has --json and has printed
// nothing: what verify found, or what was published before an error, is all that
// a program reads.
func printFailure(out *countingWriter, cmd *cobra.Command, err error) error {
	if asJSON, _ := cmd.Flags().GetBool("json"); !asJSON || out.n > 0 {
		return nil // the error of GetBool: the command has no such flag
	}
	f := failure{Error: err.Error()}
	var b *buildError
	if errors.As(err, &b) {
		f.Rejected = &b.rejected
	}
	return json.NewEncoder(out).Encode(f)
}

// countingWriter counts the bytes that are written to w.
type countingWriter struct {
	w io.Writer
	n int64
}

func (c *countingWriter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

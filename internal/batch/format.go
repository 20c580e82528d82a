package batch

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// The names of formats.
const (
	CSV       = "csv"
	JSONLines = "jsonl"
)

// Format is a Writer with a buffer.
type Format interface {
	Writer
	Flush() error
}

// NewFormat returns the writer of CSV or JSONLines to w.
func NewFormat(name string, w io.Writer, r Request) Format {
	if name == JSONLines {
		return NewLines(w)
	}
	return NewSheet(w, r)
}

// none is the name of no dimension.
const none = "none"

// Dimensions are the names of what hits can be counted by.
var Dimensions = []string{string(ByYear), string(ByMonth), string(ByPublication), none}

// ReadDimensions reads names of dimensions, or none alone.
func ReadDimensions(names []string) ([]Dimension, error) {
	var out []Dimension
	for _, name := range names {
		if !slices.Contains(Dimensions, name) {
			return nil, fmt.Errorf("%q is not one of %s", name, strings.Join(Dimensions, ", "))
		}
		if by := Dimension(name); name != none && !slices.Contains(out, by) {
			out = append(out, by)
		}
	}
	return out, nil
}

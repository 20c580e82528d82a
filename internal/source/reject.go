package source

import (
	"fmt"
	"strings"
)

// Reject is a file or a part of one that could not be read.
type Reject struct {
	File   string `json:"file"`
	Line   int    `json:"line"` // from 1; 1 also where the whole file is meant
	Reason string `json:"reason"`
}

// String is the one line by which a reject is reported.
func (r Reject) String() string {
	return fmt.Sprintf("%s:%d: %s", OneLine(r.File), max(r.Line, 1), OneLine(r.Reason))
}

// OneLine keeps line breaks and terminal codes in file names or quoted input
// from breaking a report: each becomes a question mark.
func OneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 || r >= 0x7f && r < 0xa0 {
			return '?'
		}
		return r
	}, s)
}

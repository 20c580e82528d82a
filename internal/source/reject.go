package source

import (
	"fmt"

	"xunwen/internal/terminal"
)

// Reject is a file, or a part of one, that can't be read.
type Reject struct {
	File   string `json:"file"`
	Line   int    `json:"line"` // from 1; 1 also for the whole file
	Reason string `json:"reason"`

	// Records is how many records the reject stands for, if it is more than one.
	Records int `json:"records,omitempty"`
}

// Count returns how many inputs or records were rejected.
func (r Reject) Count() int { return max(r.Records, 1) }

// String returns the line by which a reject is reported.
func (r Reject) String() string {
	return fmt.Sprintf("%s:%d: %s", OneLine(r.File), max(r.Line, 1), OneLine(r.Reason))
}

// OneLine escapes what would break a report or make a name look like another: control
// characters, and invisible ones such as those for bidirectional text.
func OneLine(s string) string { return terminal.Line(s) }

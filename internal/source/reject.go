package source

import (
	"fmt"
	"strings"

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

// maxShown bounds a reason, and the name of a file, in bytes: the one can quote what is in a file,
// and an archive can name a file with 64 KB.
const maxShown = 2000

func shortened(s string) string {
	if len(s) <= maxShown {
		return s
	}
	return strings.ToValidUTF8(s[:maxShown], "") + "…"
}

// validName returns a file name, which can have any bytes, with those escaped that are not UTF-8, so
// that it can be written as JSON and still tells which file it is.
func validName(s string) string { return terminal.Valid(s) }

// OneLine escapes what would break a report or make a name look like another: control
// characters, and invisible ones such as those for bidirectional text.
func OneLine(s string) string { return terminal.Line(s) }

// Package terminal makes the texts of strangers, such as file names and what errors quote
// of an input, safe to show on a terminal and in a log: control characters could move the
// cursor or begin a line of their own, and invisible ones (bidirectional controls) could
// make a name look like another.
//
// It must not import any other package of this module. Read escape.go first.
package terminal

package main

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"syscall"

	"github.com/spf13/cobra"

	"xunwen/internal/build"
	"xunwen/internal/cli"
	"xunwen/internal/generation"
	"xunwen/internal/opensearch/client"
	"xunwen/internal/search"
)

// failure is what a command prints on standard output with --json if it fails.
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

// noFailures is the annotation of commands whose output is records and nothing else.
const noFailures = "no failures on standard output"

// printFailure prints an error as an object if the command line has --json and nothing was
// printed: what verify found, or what was published before an error, is all that a program
// reads.
func printFailure(out *countingWriter, cmd *cobra.Command, args []string, err error) error {
	if _, none := cmd.Annotations[noFailures]; none || !cli.AsksForJSON(args) || out.n > 0 {
		return nil
	}
	f := failure{Error: err.Error()}
	var b *buildError
	if errors.As(err, &b) {
		f.Rejected = &b.rejected
	}
	return json.NewEncoder(out).Encode(f)
}

// actions say what to do about errors. The first one that an error wraps counts.
var actions = []struct {
	err  error
	what string
}{
	{generation.ErrBusy, "wait until the other process has ended; the lock ends with it, never delete the file"},
	{generation.ErrNone, "correct the folder, or build an index: indexer build --out FOLDER PATH"},
	{errNotIntact, "roll back to an undamaged generation, restore the files, or build the index again"},
	{generation.ErrDamaged, "roll back to an undamaged generation, restore the files, or build the index again"},
	{generation.ErrFormat, "build the index again with this release, without --append"},
	{build.ErrSpace, "free some space, or indexer prune --keep 1, or pass a smaller --reserve"},
	{syscall.ENOSPC, "free some space, or indexer prune --keep 1"},
	{build.ErrMemory, "pass a larger --memory"},
	{build.ErrEmpty, "correct the inputs that were rejected, or the paths"},
	{build.ErrNothingNew, "nothing, if the same input was appended before"},
	{build.ErrAllRemoved, "stop searchd to serve nothing: an index has at least one article"},
	{errInterrupted, "run the command again"},
	{errNothingPublished, "run the command again"},
	{fs.ErrPermission, "run the command as the user that owns the files"},
}

const clusterAction = "look at the state of the cluster and at the rights of the user, then "

// action returns what to do about an error, "" if that is unknown.
func action(err error) string {
	for _, a := range actions {
		if errors.Is(err, a.err) {
			return a.what
		}
	}
	var lacks *unpublishedError
	var unknown *build.UnknownError
	var refused *client.StatusError
	switch {
	case errors.As(err, &unknown):
		return "use the article_id that searches return"
	case errors.As(err, &lacks):
		return clusterAction + lacks.command
	case errors.Is(err, search.ErrUnavailable), errors.As(err, &refused), client.IsTemporary(err):
		return clusterAction + "run the command again"
	}
	return ""
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

// Package source turns the paths that a user names into article records: it
// expands paths, opens files and archives, detects their format and has the package
// of the format (page, jsonl, html, pdf) read them. Read read.go first.
//
// Input that can't be read becomes a Reject, and reading continues with the next.
// The package must not import indexes, analyzers or commands.
package source

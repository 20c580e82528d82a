// Package source turns what the user names into article records: it expands
// paths, opens files and archives, finds out their format and has the format's
// own package (page, jsonl, html, pdf) read them.
//
// What can't be read becomes a Reject and nothing else is lost for it. The
// package knows nothing of indexes, analyzers or commands.
package source

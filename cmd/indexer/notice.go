package main

import (
	"fmt"
	"io"
	"log/slog"

	"xunwen/internal/opensearch/publication"
	"xunwen/internal/source"
	"xunwen/internal/terminal"
)

// notice is something to know about an input: a line, or an entry of the log where that is
// JSON.
type notice struct {
	line    string
	message string
	attrs   []any
}

// write writes a notice to w or to the log.
func (n notice) write(w io.Writer, log *slog.Logger, asJSON bool) {
	if asJSON {
		log.Warn(n.message, n.attrs...)
		return
	}
	fmt.Fprintln(w, n.line)
}

func rejectNotice(r *source.Reject) notice {
	return notice{r.String(), "rejected",
		[]any{"file", r.File, "line", max(r.Line, 1), "reason", r.Reason, "records", r.Count()}}
}

func leftOutNotice(l *source.LeftOut) notice {
	return notice{l.String(), "left out of the articles", []any{"file", l.File, "members", l.Members}}
}

func lowConfidenceNotice(f lowConfidenceFile) notice {
	return notice{f.String(), "read with a low confidence", []any{"file", f.File, "confidence", f.Confidence,
		"action", "check it with indexer parse --explain"}}
}

func refusedNotice(r publication.Reject) notice {
	return notice{terminal.Line(fmt.Sprintf("article %s: the cluster refused it: %s", r.Article, r.Reason)),
		"the cluster refused an article", []any{"article", r.Article, "reason", r.Reason}}
}

package param

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"xunwen/internal/citation"
	"xunwen/internal/server/problem"
	"xunwen/internal/wording"
)

// maxContext is the most characters of context on each side of a match: a line or
// two.
const maxContext = 200

// ExportNames are the parameters of an export.
var ExportNames = append([]string{"q", "by", "sort", "match", "collapse", "format", "context"}, filterNames...)

// Export is a search to export and the format of the export.
type Export struct {
	Search
	Format  string // csv, jsonl, parquet or a style of citations
	Context int    // characters on each side of a match; -1 for one row per hit
}

// exportFormats are the formats of an export; the first is the default.
func exportFormats() []string {
	formats := []string{"csv", "jsonl", "parquet"}
	for _, s := range citation.Styles {
		formats = append(formats, string(s))
	}
	return formats
}

// Style returns the style of an export of references, "" for another export.
func (x Export) Style() citation.Style {
	if s := citation.Style(x.Format); slices.Contains(citation.Styles, s) {
		return s
	}
	return ""
}

// ReadExport decodes a request for an export.
func ReadExport(values url.Values) (Export, error) {
	x := Export{Context: -1}
	if err := OnlyOnce(values, []string{"format", "context"}); err != nil {
		return x, err
	}
	var err error
	if x.Format, err = OneOf("format", values.Get("format"), exportFormats()...); err != nil {
		return x, err
	}
	if v := values.Get("context"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 0 || n > maxContext {
			return x, problem.BadValue("context",
				fmt.Sprintf("context: %q is not a number from 0 to %d", v, maxContext),
				func(w *wording.Words) string { return w.BadContext(maxContext) })
		}
		x.Context = n
	}
	if x.Search, err = ReadSearch(values); err != nil {
		return x, err
	}
	if x.Style() != "" {
		err = x.checkCited()
	}
	return x, err
}

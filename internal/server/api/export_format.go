package api

import (
	"cmp"
	"io"
	"net/http"
	"time"

	"github.com/klauspost/compress/gzhttp"

	"xunwen/internal/citation"
	"xunwen/internal/search"
	"xunwen/internal/server/param"
)

// exportFormat writes an export in one format.
type exportFormat interface {
	begin(exportHead) error
	row(exportRow) error
	flush() error
}

// newExportFormat returns what writes an export of a server, called base, at a time.
func newExportFormat(x param.Export, w io.Writer, base string, now time.Time) exportFormat {
	if style := x.Style(); style != "" {
		return references{citation.NewWriter(w, style), func(h search.Hit) citation.Reference {
			r := citation.New(h.Article, param.CitedAddress(h.Article, base), now)
			r.Title = cmp.Or(r.Title, h.Opening)
			return r
		}}
	}
	switch x.Format {
	case "jsonl":
		return newJSONLines(w, x.Context >= 0)
	case "parquet":
		return newParquet(w, x.Context >= 0)
	}
	return newCSVLines(w, x.Context >= 0)
}

// writeFileHeader begins a response that is a file in a format.
func writeFileHeader(response http.ResponseWriter, name, format string) {
	contentType, ending := fileType(format)
	header := response.Header()
	header.Set("Content-Disposition", `attachment; filename="`+name+"."+ending+`"`)
	header.Set("Content-Type", contentType)
	if format == "parquet" {
		header.Set(gzhttp.HeaderNoCompression, "compressed already")
	}
	response.WriteHeader(http.StatusOK)
}

// fileType returns the type of a file in a format and the ending of its name.
func fileType(format string) (contentType, ending string) {
	switch format {
	case "csv":
		return "text/csv; charset=utf-8; header=present", format
	case "jsonl":
		return "application/jsonl; charset=utf-8", format
	case "parquet":
		return "application/vnd.apache.parquet", format
	}
	style := citation.Style(format)
	return style.ContentType(), style.Ending()
}

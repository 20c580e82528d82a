package api

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/search"
	"xunwen/internal/server/caller"
	"xunwen/internal/server/param"
)

const (
	// exportTime bounds an export: the largest archives take a few minutes.
	exportTime = 15 * time.Minute
	// exportPause is how long a client may take no part of an export.
	exportPause = 30 * time.Second
	// exportBuffer is how much is written at a time.
	exportBuffer = 32 << 10
)

// serveExport streams every hit. What fails before the first line is a problem;
// what fails after it ends the connection without its end, so that nobody takes
// a part for the whole.
func (a *API) serveExport(c *gin.Context) error {
	values, err := param.KnownValues(c, param.ExportNames)
	if err != nil {
		return err
	}
	x, err := param.ReadExport(values)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), exportTime)
	defer cancel()
	out := a.newExportWriter(c, x)
	if c.Request.Method == http.MethodHead {
		out.announce()
		return nil
	}
	err = a.export(ctx, x, out)
	if err == nil {
		err = out.finish()
	}
	if err != nil && out.begun {
		a.Log.Warn("an export was cut off", "request_id", caller.RequestID(c), "error", err)
		panic(http.ErrAbortHandler)
	}
	return err
}

func (a *API) export(ctx context.Context, x param.Export, out *exportWriter) error {
	if x.MatchesNothing() {
		resp, err := param.NoHits(a.Engine)
		if err != nil {
			return err
		}
		return out.Begin(search.Origin{Generation: resp.Generation})
	}
	return a.Engine.Export(ctx, search.ExportRequest{Search: x.Request(), Marks: x.Context >= 0}, out)
}

// exportWriter writes an export as it comes; it is a search.Sink.
type exportWriter struct {
	param.Export
	c      *gin.Context
	day    string
	buffer *bufio.Writer
	lines  lineWriter
	begun  bool
	rows   int
}

// lineWriter is one of the two formats.
type lineWriter interface {
	begin(exportHead) error
	row(exportRow) error
	flush() error
}

// exportHead is the first line of an export.
type exportHead struct {
	Query      string `json:"query"`
	Generation string `json:"generation"`
	Analyzer   string `json:"analyzer"`
	Day        string `json:"day"`
	Total      int    `json:"total"`
}

func (a *API) newExportWriter(c *gin.Context, x param.Export) *exportWriter {
	w := &exportWriter{Export: x, c: c, day: a.Now().Format(time.DateOnly)}
	w.buffer = bufio.NewWriterSize(extending{w}, exportBuffer)
	if x.Format == "jsonl" {
		enc := json.NewEncoder(w.buffer)
		enc.SetEscapeHTML(false)
		w.lines = jsonLines{enc, x.Context >= 0}
	} else {
		w.lines = csvLines{csv.NewWriter(w.buffer), w.buffer, x.Context >= 0}
	}
	return w
}

// extending gives the client time for each part anew: an export may take longer
// than an answer, but a client that takes nothing is gone.
type extending struct{ *exportWriter }

func (e extending) Write(b []byte) (int, error) {
	err := http.NewResponseController(e.c.Writer).SetWriteDeadline(time.Now().Add(exportPause))
	if err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return e.c.Writer.Write(b)
}

// announce writes the headers.
func (w *exportWriter) announce() {
	w.c.Header("Content-Disposition", `attachment; filename="xunwen-`+w.day+"."+w.Format+`"`)
	if w.Format == "jsonl" {
		w.c.Header("Content-Type", "application/jsonl; charset=utf-8")
	} else {
		w.c.Header("Content-Type", "text/csv; charset=utf-8; header=present")
	}
	w.c.Status(http.StatusOK)
}

// Begin implements search.Sink.
func (w *exportWriter) Begin(o search.Origin) error {
	w.begun = true
	w.announce()
	return w.lines.begin(exportHead{w.Text, o.Generation, o.Analyzer, w.day, o.Total})
}

// Write implements search.Sink: a row for the hit, or with context one for each
// of its matches; a hit in which nothing is marked has one without a match.
func (w *exportWriter) Write(h search.Hit, texts []search.Marked) error {
	w.rows++
	row := exportRow{number: w.rows, hit: h}
	if w.Context < 0 {
		return w.lines.row(row)
	}
	rows := 0
	for _, m := range texts {
		for _, mark := range m.Marks {
			row.match = newKeyword(m, mark, w.Context)
			if err := w.lines.row(row); err != nil {
				return err
			}
			rows++
		}
	}
	if rows == 0 {
		return w.lines.row(row)
	}
	return nil
}

func (w *exportWriter) finish() error {
	if err := w.lines.flush(); err != nil {
		return err
	}
	return w.buffer.Flush()
}

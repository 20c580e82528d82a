package api

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/netip"
	"os"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/caller"
	"xunwen/internal/server/highlight"
	"xunwen/internal/server/param"
	"xunwen/internal/server/problem"
)

const (
	// exportTime bounds an export: the largest archives take a few minutes.
	exportTime = 15 * time.Minute
	// exportPause is how long a client may read nothing of an export.
	exportPause = 30 * time.Second
	// leastRate is how many bytes, before they are compressed, a client must read in each
	// second that it is waited for, on average over exportPause: slower ones would hold a
	// place among the exports for little.
	leastRate = 32 << 10
	// exportBuffer is how many bytes are written at a time.
	exportBuffer = 32 << 10
)

// Headers that describe an export.
const (
	GenerationHeader = "X-Generation"
	AnalyzerHeader   = "X-Analyzer"
	TotalHeader      = "X-Total-Count"
	RelationHeader   = "X-Total-Relation"
)

// serveExport streams every hit. An error before the first line is answered as a
// problem; a later one aborts the connection, so that no client mistakes a part for the
// whole.
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
		out.writeHeader()
		return nil
	}
	err = a.exportFor(c, ctx, x, out)
	a.ExportEnds(exportOutcome(err))
	if err != nil && out.begun {
		a.Log.Warn("export aborted", "request_id", caller.RequestID(c), "error", err)
		panic(http.ErrAbortHandler)
	}
	return err
}

// exportFor exports for a client, which may have one export at a time.
func (a *API) exportFor(c *gin.Context, ctx context.Context, x param.Export, out *exportWriter) error {
	address, _ := netip.ParseAddr(c.ClientIP()) // the zero address for none
	end, ok := a.exports.Begin(caller.IdentityOf(c.Request).Key.Name, address)
	if !ok {
		return problem.ErrExporting
	}
	defer end()
	if err := a.export(ctx, x, out); err != nil {
		return err
	}
	return out.finish()
}

// exportOutcome names how an export ended, for metrics.
func exportOutcome(err error) string {
	switch {
	case err == nil:
		return "complete"
	case errors.Is(err, problem.ErrExporting):
		return "refused_client"
	case errors.Is(err, search.ErrBusy):
		return "refused_busy"
	case errors.Is(err, errSlowClient), errors.Is(err, os.ErrDeadlineExceeded):
		return "slow_client"
	case errors.Is(err, context.DeadlineExceeded):
		return "too_long"
	}
	return "failed"
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

// exportHead describes an export so that it can be reproduced.
type exportHead struct {
	Query         string          `json:"query"`
	Generation    string          `json:"generation"`
	Analyzer      string          `json:"analyzer"`
	Day           string          `json:"day"`
	Total         int             `json:"total"`
	TotalRelation search.Relation `json:"total_relation"`
}

// exportRow is a hit, or one match of it.
type exportRow struct {
	number int // of the hit, from 1
	hit    search.Hit
	match  keyword
}

// keyword is a match in its context (KWIC).
type keyword struct {
	N       int       `json:"n"` // of the paragraph, from 1; 0 for the title or without a match
	Section string    `json:"section"`
	Kind    news.Kind `json:"kind"`
	Left    string    `json:"left"`
	Match   string    `json:"match"`
	Right   string    `json:"right"`
}

// newKeyword returns a match with that many characters on each side.
func newKeyword(m search.Marked, mark search.Span, characters int) keyword {
	k := highlight.InContext(m, mark, characters)
	return keyword{N: m.N, Section: m.Section, Kind: m.Kind, Left: k.Left, Match: k.Match, Right: k.Right}
}

// exportWriter writes an export while it arrives; it is a search.Sink.
type exportWriter struct {
	param.Export
	response http.ResponseWriter
	day      string
	buffer   *bufio.Writer
	format   exportFormat
	begun    bool
	rows     int
}

func (a *API) newExportWriter(c *gin.Context, x param.Export) *exportWriter {
	now := a.Now()
	w := &exportWriter{Export: x, response: c.Writer, day: now.Format(time.DateOnly)}
	w.buffer = bufio.NewWriterSize(&pacedWriter{ResponseWriter: c.Writer}, exportBuffer)
	w.format = newExportFormat(x, w.buffer, a.Front.BaseURL(c.Request), now)
	return w
}

func (w *exportWriter) writeHeader() {
	writeFileHeader(w.response, "xunwen-"+w.day, w.Format)
}

// Begin implements search.Sink.
func (w *exportWriter) Begin(o search.Origin) error {
	w.begun = true
	header := w.response.Header()
	header.Set(GenerationHeader, o.Generation)
	header.Set(AnalyzerHeader, o.Analyzer)
	header.Set(TotalHeader, strconv.Itoa(o.Total))
	relation := cmp.Or(o.Relation, search.Eq)
	header.Set(RelationHeader, string(relation))
	w.writeHeader()
	return w.format.begin(exportHead{
		Query:         w.Text,
		Generation:    o.Generation,
		Analyzer:      o.Analyzer,
		Day:           w.day,
		Total:         o.Total,
		TotalRelation: relation,
	})
}

// Write implements search.Sink. It writes a row for the hit, or with context a row
// for each of its matches, at least one.
func (w *exportWriter) Write(h search.Hit, texts []search.Marked) error {
	w.rows++
	row := exportRow{number: w.rows, hit: h}
	if w.Context < 0 {
		return w.format.row(row)
	}
	rows := 0
	for _, m := range texts {
		for _, mark := range m.Marks {
			row.match = newKeyword(m, mark, w.Context)
			if err := w.format.row(row); err != nil {
				return err
			}
			rows++
		}
	}
	if rows == 0 {
		return w.format.row(row)
	}
	return nil
}

func (w *exportWriter) finish() error {
	if err := w.format.flush(); err != nil {
		return err
	}
	return w.buffer.Flush()
}

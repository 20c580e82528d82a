package api

import (
	"bufio"
	"context"
	"net/http"
	"net/netip"
	"time"

	"github.com/gin-gonic/gin"

	"xunwen/internal/batch"
	"xunwen/internal/server/caller"
	"xunwen/internal/server/param"
	"xunwen/internal/server/problem"
)

const (
	// batchTime bounds a batch: 10,000 queries of a million articles take some minutes.
	batchTime = 30 * time.Minute
	// batchPause is how long rows wait for others to be written with them.
	batchPause = 2 * time.Second
)

// serveBatch streams a row for each query of a list. An error before the first row is answered as
// a problem; a later one aborts the connection, so that no client mistakes a part for the
// whole. A batch counts as an export.
func (a *API) serveBatch(c *gin.Context) error {
	if err := a.ownPost(c.Request); err != nil {
		return err
	}
	b, err := param.ReadBatch(c)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), batchTime)
	defer cancel()
	out := a.newBatchWriter(c.Writer, b)
	err = a.batchFor(c, ctx, b, out)
	a.ExportEnds(exportOutcome(err))
	if err != nil && out.begun {
		a.Log.Warn("batch aborted", "request_id", caller.RequestID(c), "error", err)
		panic(http.ErrAbortHandler)
	}
	return err
}

// ownPost refuses a request that a page of another site makes a browser send, without a key of
// its own and unless the site is one of Origins.
func (a *API) ownPost(r *http.Request) error {
	if r.Header.Get("Authorization") != "" || a.SameSite.Check(r) == nil {
		return nil
	}
	return &problem.Fault{Kind: problem.CrossSite, Detail: "the request was sent from a page of another site"}
}

// batchFor answers a batch for a client, which may have one batch or export at a time.
func (a *API) batchFor(c *gin.Context, ctx context.Context, b param.Batch, out *batchWriter) error {
	address, _ := netip.ParseAddr(c.ClientIP()) // the zero address for none
	end, ok := a.exports.Begin(caller.IdentityOf(c.Request).Key.Name, address)
	if !ok {
		return problem.ErrExporting
	}
	defer end()
	if err := batch.Run(ctx, a.Engine, b.List, b.Request, out); err != nil {
		return err
	}
	return out.flush()
}

// batchWriter writes a batch while it arrives; it is a batch.Writer.
type batchWriter struct {
	response http.ResponseWriter
	name     string // of the format
	day      string
	now      func() time.Time
	buffer   *bufio.Writer
	format   batch.Format
	begun    bool
	flushed  time.Time
}

func (a *API) newBatchWriter(response http.ResponseWriter, b param.Batch) *batchWriter {
	w := &batchWriter{response: response, name: b.Format, day: a.Now().Format(time.DateOnly), now: a.Now}
	w.buffer = bufio.NewWriterSize(&pacedWriter{ResponseWriter: response}, exportBuffer)
	w.format = batch.NewFormat(b.Format, w.buffer, b.Request)
	return w
}

// Begin implements batch.Writer.
func (w *batchWriter) Begin(h batch.Head) error {
	w.begun, w.flushed = true, w.now()
	w.response.Header().Set(GenerationHeader, h.Generation)
	writeFileHeader(w.response, "xunwen-batch-"+w.day, w.name)
	return w.format.Begin(h)
}

// Write implements batch.Writer. What is written goes out at least every batchPause, so that no
// proxy takes the connection for dead.
func (w *batchWriter) Write(r batch.Row) error {
	if err := w.format.Write(r); err != nil {
		return err
	}
	if w.now().Sub(w.flushed) < batchPause {
		return nil
	}
	w.flushed = w.now()
	if err := w.flush(); err != nil {
		return err
	}
	return http.NewResponseController(w.response).Flush()
}

func (w *batchWriter) flush() error {
	if err := w.format.Flush(); err != nil {
		return err
	}
	return w.buffer.Flush()
}

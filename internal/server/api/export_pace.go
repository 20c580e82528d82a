package api

import (
	"errors"
	"net/http"
	"time"
)

// errSlowClient ends an export whose client reads less than leastRate.
var errSlowClient = errors.New("the client reads too slowly")

// pacedWriter extends the deadline of the connection with each write: an export may take longer
// than other responses as long as its client reads, and reads at leastRate.
type pacedWriter struct {
	http.ResponseWriter
	waited  time.Duration // for the client, since the rate was looked at
	written int           // bytes meanwhile
}

func (w *pacedWriter) Write(b []byte) (int, error) {
	start := time.Now()
	err := http.NewResponseController(w.ResponseWriter).SetWriteDeadline(start.Add(exportPause))
	if err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	n, err := w.ResponseWriter.Write(b)
	w.waited, w.written = w.waited+time.Since(start), w.written+n
	if err == nil && w.waited >= exportPause {
		if float64(w.written) < leastRate*w.waited.Seconds() {
			err = errSlowClient
		}
		w.waited, w.written = 0, 0
	}
	return n, err
}

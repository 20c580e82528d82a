package main

import (
	"log/slog"
	"net/http"
	"net/http/pprof"
	"time"

	"xunwen/internal/limit"
	"xunwen/internal/metrics"
)

// adminWriteTime is long enough for a profile of several minutes.
const adminWriteTime = 10 * time.Minute

// newAdmin serves metrics and profiles.
func newAdmin(numbers *metrics.Metrics, log *slog.Logger) *http.Server {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", numbers.Handler(log))
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	srv := newServer(mux, log)
	srv.WriteTimeout = adminWriteTime
	return srv
}

// queueMetrics returns the load of the engine for the metrics.
func queueMetrics(limited *limit.Engine) metrics.Queue {
	use := limited.Use()
	return metrics.Queue{
		InFlight:  use.Running,
		Queued:    use.Waiting,
		Exporting: use.Exporting,
		Rejected:  use.Rejected,
	}
}

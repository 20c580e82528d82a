package main

import (
	"log/slog"
	"net/http"
	"net/http/pprof"
	"time"

	"xunwen/internal/metrics"
)

// adminWriteTime leaves room for a profile of some minutes.
const adminWriteTime = 10 * time.Minute

// newAdmin serves what is for whoever runs the server and for nobody else.
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

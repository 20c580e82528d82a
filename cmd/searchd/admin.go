package main

import (
	"log/slog"
	"net"
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

// warnIfOpen says so where others than this machine can reach the admin address.
func warnIfOpen(l net.Listener, log *slog.Logger) {
	if !onlyHere(l) {
		log.Warn("--admin-listen is open to other machines: metrics and profiles tell what is asked for and what memory holds; keep it to 127.0.0.1 or a network of your own",
			"address", l.Addr().String())
	}
}

// onlyHere tells whether only this machine reaches an address.
func onlyHere(l net.Listener) bool {
	tcp, ok := l.Addr().(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}

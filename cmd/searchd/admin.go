package main

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/pprof"
	"time"

	"xunwen/internal/limit"
	"xunwen/internal/metrics"
	"xunwen/internal/server/caller"
)

// adminWriteTime is long enough for a profile of several minutes.
const adminWriteTime = 10 * time.Minute

// newAdmin serves metrics and the state of the public server, and profiles if asked. It
// answers to the same names as that one, and on a listener for this machine to no others.
func newAdmin(
	public http.Handler, numbers *metrics.Metrics, profiles bool, hosts caller.Hosts, log *slog.Logger,
) *http.Server {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", numbers.Handler(log))
	mux.Handle("GET /healthz", public)
	mux.Handle("GET /readyz", public)
	if profiles {
		mux.HandleFunc("GET /debug/pprof/", pprof.Index)
		mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
		mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
		mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
		mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	}
	srv := newServer(onlyFor(hosts, mux), log)
	srv.WriteTimeout = adminWriteTime
	return srv
}

// onlyFor answers requests for other names than those of hosts with 421.
func onlyFor(hosts caller.Hosts, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if hosts.Answers(r) {
			h.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.WriteHeader(http.StatusMisdirectedRequest)
		io.WriteString(w, "the server isn't called by the name in the Host header: use its address, "+
			"or start searchd with this name in --hosts\n")
	})
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

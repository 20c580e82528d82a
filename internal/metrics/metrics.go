package metrics

import (
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

const prefix = "xunwen_"

// latencies are the bucket bounds of histograms in seconds: a typical search takes
// about a millisecond, and every request ends after 10 seconds.
var latencies = []float64{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10}

// Metrics collects the numbers of one server. It is safe for concurrent use.
type Metrics struct {
	registry *prometheus.Registry
	requests *prometheus.HistogramVec
	inFlight prometheus.Gauge
	calls    *prometheus.HistogramVec
	searches prometheus.Counter
	zeroHits prometheus.Counter
	leftOut  *prometheus.CounterVec
	exports  *prometheus.CounterVec
	refused  *prometheus.CounterVec
}

// New returns Metrics with nothing counted; version names the program.
func New(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    prefix + "http_request_duration_seconds",
			Help:    "Time to answer an HTTP request, by route and class of status.",
			Buckets: latencies,
		}, []string{"route", "status"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: prefix + "http_requests_in_flight",
			Help: "HTTP requests being answered.",
		}),
		calls: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    prefix + "engine_duration_seconds",
			Help:    "Time of a request to the engine, including its wait in the queue, by operation and outcome.",
			Buckets: latencies,
		}, []string{"op", "outcome"}),
		searches: prometheus.NewCounter(prometheus.CounterOpts{
			Name: prefix + "searches_total",
			Help: "Searches answered; further pages of a search do not count.",
		}),
		zeroHits: prometheus.NewCounter(prometheus.CounterOpts{
			Name: prefix + "searches_without_hits_total",
			Help: "Searches answered without a hit.",
		}),
		leftOut: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: prefix + "page_parts_left_out_total",
			Help: "Parts of pages that were left out because the engine was busy or slow.",
		}, []string{"part"}),
		exports: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: prefix + "exports_total",
			Help: "Exports that ended, and those that were refused, by outcome.",
		}, []string{"outcome"}),
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: prefix + "connections_refused_total",
			Help: "Connections that were closed at once because too many are open, of their address or in total.",
		}, []string{"bound"}),
	}
	for _, bound := range []string{"address", "total"} {
		m.refused.WithLabelValues(bound) // 0 until one is refused
	}
	build := prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name:        prefix + "build_info",
		Help:        "1, labelled with the version of the program.",
		ConstLabels: prometheus.Labels{"version": version},
	}, func() float64 { return 1 })
	m.registry.MustRegister(m.requests, m.inFlight, m.calls, m.searches, m.zeroHits, m.leftOut, m.exports, m.refused,
		build, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler answers with all metrics in Prometheus's format.
func (m *Metrics) Handler(log *slog.Logger) http.Handler {
	errors := slog.NewLogLogger(log.Handler(), slog.LevelError)
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorLog: errors})
}

// LeaveOut counts parts of a page that were left out.
func (m *Metrics) LeaveOut(parts []string) {
	for _, part := range parts {
		m.leftOut.WithLabelValues(part).Inc()
	}
}

// ExportEnds counts an export by its outcome.
func (m *Metrics) ExportEnds(outcome string) { m.exports.WithLabelValues(outcome).Inc() }

// RefuseConnection counts a connection that was refused, by the bound that it is beyond.
func (m *Metrics) RefuseConnection(bound string) { m.refused.WithLabelValues(bound).Inc() }

// RequestBegins counts a request as in flight until done is called with its route,
// "" for none, and the status of the response.
func (m *Metrics) RequestBegins() (done func(route string, status int, took time.Duration)) {
	m.inFlight.Inc()
	return func(route string, status int, took time.Duration) {
		m.inFlight.Dec()
		if route == "" {
			route = "none" // any other label would let clients create endless series
		}
		m.requests.WithLabelValues(route, strconv.Itoa(status/100)+"xx").Observe(took.Seconds())
	}
}

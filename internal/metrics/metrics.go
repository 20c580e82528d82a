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

// latencies are the bounds of histograms, seconds: a search takes about a
// millisecond, and after 10 seconds it is given up.
var latencies = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}

// Metrics collects the numbers of one server. It is safe for concurrent use.
type Metrics struct {
	registry  *prometheus.Registry
	requests  *prometheus.HistogramVec
	inFlight  prometheus.Gauge
	questions *prometheus.HistogramVec
	searches  prometheus.Counter
	zeroHits  prometheus.Counter
}

// New returns Metrics with nothing counted; version names the program.
func New(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: prefix + "http_request_duration_seconds", Buckets: latencies,
			Help: "Time to answer a request, by route and class of status."}, []string{"route", "status"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{Name: prefix + "http_requests_in_flight",
			Help: "Requests that are being answered."}),
		questions: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: prefix + "engine_duration_seconds", Buckets: latencies,
			Help: "Time that a question to the engine took, waiting for its turn included, by its sort and what became of it."},
			[]string{"question", "outcome"}),
		searches: prometheus.NewCounter(prometheus.CounterOpts{Name: prefix + "searches_total",
			Help: "Searches that were answered, each once however many of its pages were asked for."}),
		zeroHits: prometheus.NewCounter(prometheus.CounterOpts{Name: prefix + "searches_without_hits_total",
			Help: "Those of them that found nothing."}),
	}
	build := prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: prefix + "build_info", Help: "1, with the version of the program.",
		ConstLabels: prometheus.Labels{"version": version}}, func() float64 { return 1 })
	m.registry.MustRegister(m.requests, m.inFlight, m.questions, m.searches, m.zeroHits, build,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler answers with all metrics as Prometheus reads them.
func (m *Metrics) Handler(log *slog.Logger) http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelError)})
}

// RequestBegins counts a request until done is called with the route that took
// it, "" for none, and the status of its answer.
func (m *Metrics) RequestBegins() (done func(route string, status int, took time.Duration)) {
	m.inFlight.Inc()
	return func(route string, status int, took time.Duration) {
		m.inFlight.Dec()
		if route == "" {
			route = "none" // whatever address was asked for: there are endless
		}
		m.requests.WithLabelValues(route, strconv.Itoa(status/100)+"xx").Observe(took.Seconds())
	}
}

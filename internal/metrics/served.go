package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"xunwen/internal/index"
	"xunwen/internal/limit"
)

// number is a metric that is read when it is collected.
type number[T any] struct {
	desc  *prometheus.Desc
	kind  prometheus.ValueType
	value func(T) float64
}

func gauge[T any](name, help string, value func(T) float64) number[T] {
	return number[T]{prometheus.NewDesc(prefix+name, help, nil, nil), prometheus.GaugeValue, value}
}

func counter[T any](name, help string, value func(T) float64) number[T] {
	return number[T]{prometheus.NewDesc(prefix+name, help, nil, nil), prometheus.CounterValue, value}
}

// reader collects numbers of one reading.
type reader[T any] struct {
	read    func() T
	numbers []number[T]

	// Metrics that are not always there or have labels; nil for none.
	moreDescs []*prometheus.Desc
	more      func(T, chan<- prometheus.Metric)
}

// Describe implements prometheus.Collector.
func (r reader[T]) Describe(out chan<- *prometheus.Desc) {
	for _, n := range r.numbers {
		out <- n.desc
	}
	for _, d := range r.moreDescs {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (r reader[T]) Collect(out chan<- prometheus.Metric) {
	now := r.read()
	for _, n := range r.numbers {
		out <- prometheus.MustNewConstMetric(n.desc, n.kind, n.value(now))
	}
	if r.more != nil {
		r.more(now, out)
	}
}

// WatchQueue collects what a limit does.
func (m *Metrics) WatchQueue(use func() limit.Use) {
	m.registry.MustRegister(reader[limit.Use]{read: use, numbers: []number[limit.Use]{
		gauge("questions_running", "Questions and exports that compute.", func(u limit.Use) float64 { return float64(u.Running) }),
		gauge("questions_waiting", "Questions that wait for their turn.", func(u limit.Use) float64 { return float64(u.Waiting) }),
		gauge("exports_running", "Exports under way, computing or being read.", func(u limit.Use) float64 { return float64(u.Exporting) }),
		counter("questions_refused_total", "Questions and exports that were answered 503 for want of a place.", func(u limit.Use) float64 { return float64(u.Refused) }),
	}})
}

// WatchIndex collects what is served; now tells the time that ages are counted to.
func (m *Metrics) WatchIndex(status func() index.Status, now func() time.Time) {
	generation := prometheus.NewDesc(prefix+"generation_info", "1 for the generation that is served, by its name.", []string{"generation"}, nil)
	age := prometheus.NewDesc(prefix+"generation_age_seconds", "How long ago the served generation was built.", nil, nil)
	m.registry.MustRegister(reader[index.Status]{read: status, numbers: []number[index.Status]{
		gauge("generation_articles", "Articles that are served.", func(s index.Status) float64 { return float64(s.Articles) }),
		gauge("generation_paragraphs", "Paragraphs that are served.", func(s index.Status) float64 { return float64(s.Paragraphs) }),
		counter("generations_taken_up_total", "Generations that were taken up, the first one too.", func(s index.Status) float64 { return float64(s.TakenUp) }),
		counter("generations_refused_total", "Times that a generation could not be opened.", func(s index.Status) float64 { return float64(s.Refused) }),
		gauge("cache_bytes", "Memory that the served generation's decoded lists take.", func(s index.Status) float64 { return float64(s.Cache.Bytes) }),
		gauge("cache_limit_bytes", "Memory that they may take.", func(s index.Status) float64 { return float64(s.Cache.Limit) }),
		counter("cache_hits_total", "Lists that were there when they were asked for; begins anew with each generation.", func(s index.Status) float64 { return float64(s.Cache.Hits) }),
		counter("cache_misses_total", "Lists that had to be decoded; begins anew with each generation.", func(s index.Status) float64 { return float64(s.Cache.Misses) }),
	}, moreDescs: []*prometheus.Desc{generation, age}, more: func(s index.Status, out chan<- prometheus.Metric) {
		if s.Generation == "" {
			return // no age at all, rather than that of nothing
		}
		out <- prometheus.MustNewConstMetric(generation, prometheus.GaugeValue, 1, s.Generation)
		out <- prometheus.MustNewConstMetric(age, prometheus.GaugeValue, now().Sub(s.Created).Seconds())
	}})
}

package metrics

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Queue is the load of the engine at one moment.
type Queue struct {
	InFlight  int // requests and exports that run
	Queued    int // those that wait for a slot
	Exporting int // exports, whether they wait, run or deliver hits
	Rejected  int // requests and exports answered 503 because the queue was full, since the start
}

// Index is what is served at one moment.
type Index struct {
	Generation string    // "" if nothing is served; then the next four are zero
	Created    time.Time // when it was built
	Articles   int
	Paragraphs int
	Checked    bool // the content of all files

	// The cache of what words of earlier queries match.
	CacheBytes, CacheLimit int64
	CacheHits, CacheMisses int64

	// Since the start.
	Swaps, LoadFailures int
}

// value is a metric that is read when it is collected.
type value[T any] struct {
	desc *prometheus.Desc
	kind prometheus.ValueType
	read func(T) float64
}

func gauge[T any](name, help string, read func(T) float64) value[T] {
	return value[T]{prometheus.NewDesc(prefix+name, help, nil, nil), prometheus.GaugeValue, read}
}

func counter[T any](name, help string, read func(T) float64) value[T] {
	return value[T]{prometheus.NewDesc(prefix+name, help, nil, nil), prometheus.CounterValue, read}
}

// source is a prometheus.Collector that collects values of one reading.
type source[T any] struct {
	read   func() T
	values []value[T]

	// Metrics that are not always there or have labels; nil for none.
	moreDescs []*prometheus.Desc
	more      func(T, chan<- prometheus.Metric)
}

// Describe implements prometheus.Collector.
func (s source[T]) Describe(out chan<- *prometheus.Desc) {
	for _, v := range s.values {
		out <- v.desc
	}
	for _, d := range s.moreDescs {
		out <- d
	}
}

// Collect implements prometheus.Collector.
func (s source[T]) Collect(out chan<- prometheus.Metric) {
	now := s.read()
	for _, v := range s.values {
		out <- prometheus.MustNewConstMetric(v.desc, v.kind, v.read(now))
	}
	if s.more != nil {
		s.more(now, out)
	}
}

// WatchQueue collects the load of the engine.
func (m *Metrics) WatchQueue(read func() Queue) {
	m.registry.MustRegister(source[Queue]{read: read, values: []value[Queue]{
		gauge("engine_requests_in_flight", "Requests and exports that run in the engine.",
			func(q Queue) float64 { return float64(q.InFlight) }),
		gauge("engine_requests_queued", "Requests that wait for the engine.",
			func(q Queue) float64 { return float64(q.Queued) }),
		gauge("engine_exports_in_flight", "Exports that run or are being read.",
			func(q Queue) float64 { return float64(q.Exporting) }),
		counter("engine_requests_rejected_total", "Requests and exports answered 503 because the queue was full.",
			func(q Queue) float64 { return float64(q.Rejected) }),
	}})
}

// WatchIndex collects what is served; the age of the generation is computed with
// now.
func (m *Metrics) WatchIndex(read func() Index, now func() time.Time) {
	generation := prometheus.NewDesc(prefix+"generation_info",
		"1, labelled with the name of the generation that is served.", []string{"generation"}, nil)
	age := prometheus.NewDesc(prefix+"generation_age_seconds",
		"Time since the generation that is served was built.", nil, nil)
	m.registry.MustRegister(source[Index]{
		read:      read,
		values:    indexValues(),
		moreDescs: []*prometheus.Desc{generation, age},
		more: func(i Index, out chan<- prometheus.Metric) {
			if i.Generation == "" {
				return // nothing has an age
			}
			out <- prometheus.MustNewConstMetric(generation, prometheus.GaugeValue, 1, i.Generation)
			out <- prometheus.MustNewConstMetric(age, prometheus.GaugeValue, now().Sub(i.Created).Seconds())
		},
	})
}

func indexValues() []value[Index] {
	return []value[Index]{
		gauge("generation_articles", "Articles in the generation that is served.",
			func(i Index) float64 { return float64(i.Articles) }),
		gauge("generation_paragraphs", "Paragraphs in the generation that is served.",
			func(i Index) float64 { return float64(i.Paragraphs) }),
		gauge("generation_checked", "1 when all files of the generation that is served were checked, else 0.",
			func(i Index) float64 { return oneIf(i.Checked) }),
		counter("generation_swaps_total", "Generations loaded and put into service, including the first.",
			func(i Index) float64 { return float64(i.Swaps) }),
		counter("generation_load_failures_total", "Failed attempts to load a generation.",
			func(i Index) float64 { return float64(i.LoadFailures) }),
		gauge("cache_bytes", "Memory used by what words of earlier queries match.",
			func(i Index) float64 { return float64(i.CacheBytes) }),
		gauge("cache_limit_bytes", "Memory that what words of earlier queries match may use.",
			func(i Index) float64 { return float64(i.CacheLimit) }),
		counter("cache_hits_total", "Matches of words found in the cache; starts again with each generation.",
			func(i Index) float64 { return float64(i.CacheHits) }),
		counter("cache_misses_total", "Matches of words that had to be computed; starts again with each generation.",
			func(i Index) float64 { return float64(i.CacheMisses) }),
	}
}

// oneIf returns 1 for true and 0 for false.
func oneIf(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

package e2e

import (
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// floorRequests are enough for a p99 of the empty handler.
const floorRequests = 2000

// BenchmarkNewsServe measures what a client of searchd sees: milliseconds per request of
// real queries, ten hits with snippets, not compressed, over connections that stay open.
// floor is a handler that does nothing. first is the first time that a searchd gets each
// query, again the second time; two is over two connections. cpu-ms is the processor time
// of searchd per request, anonymous-MB its own memory afterwards.
func BenchmarkNewsServe(b *testing.B) {
	dir, queries := newsIndex(b)
	paths := make([]string, len(queries))
	for i, q := range queries {
		paths[i] = "/api/v1/search?size=10&q=" + url.QueryEscape(q)
	}
	floor := slices.Repeat([]string{"/healthz"}, floorRequests)
	one := launch(b, dir, io.Discard)
	b.Run("floor", func(b *testing.B) { one.serve(b, floor, 1) })
	b.Run("first", func(b *testing.B) { one.serve(b, paths, 1) })
	b.Run("again", func(b *testing.B) { one.serve(b, paths, 1) })
	b.Run("two-again", func(b *testing.B) { one.serve(b, paths, 2) })
	two := launch(b, dir, io.Discard)
	b.Run("two-floor", func(b *testing.B) { two.serve(b, floor, 2) })
	b.Run("two-first", func(b *testing.B) { two.serve(b, paths, 2) })
}

// serve requests each path once per operation, over connections that share them.
func (p *process) serve(b *testing.B, paths []string, connections int) {
	var took []time.Duration
	cpu := p.processorTime(b)
	began := time.Now()
	for b.Loop() {
		took = append(took, p.request(b, paths, connections)...)
	}
	passed, n := time.Since(began), len(took)
	cpu = p.processorTime(b) - cpu
	slices.Sort(took)
	sum := time.Duration(0)
	for _, d := range took {
		sum += d
	}
	b.ReportMetric(0, "ns/op")
	for name, d := range map[string]time.Duration{"p50-ms": took[n/2], "p95-ms": took[n*95/100],
		"p99-ms": took[n*99/100], "mean-ms": sum / time.Duration(n), "cpu-ms": cpu / time.Duration(n)} {
		b.ReportMetric(d.Seconds()*1000, name)
	}
	b.ReportMetric(float64(n)/passed.Seconds(), "requests/s")
	_, own := p.resident()
	b.ReportMetric(float64(own), "anonymous-MB")
}

// request requests each path once, over connections that share them, and returns how long
// each took.
func (p *process) request(b *testing.B, paths []string, connections int) []time.Duration {
	took := make([]time.Duration, len(paths))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range connections {
		wait.Go(func() {
			c := client{base: p.base, uncompressed: true}
			defer c.close()
			for i := next.Add(1) - 1; i < int64(len(paths)); i = next.Add(1) - 1 {
				status, d, err := c.ask(paths[i])
				if err != nil || status != 200 {
					b.Errorf("%s: %d %v", paths[i], status, err)
					return
				}
				took[i] = d
			}
		})
	}
	wait.Wait()
	return took
}

// tick is the unit of the times in /proc/PID/stat.
const tick = 10 * time.Millisecond

// processorTime returns how long the process has run; 0 on a system without /proc.
func (p *process) processorTime(b *testing.B) time.Duration {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.pid))
	if err != nil {
		return 0
	}
	const user, system = 11, 12 // fields after the name, which may have spaces
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	ticks := 0
	for _, field := range []int{user, system} {
		n, err := strconv.Atoi(fields[field])
		if err != nil {
			b.Fatal(err)
		}
		ticks += n
	}
	return time.Duration(ticks) * tick
}

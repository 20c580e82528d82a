package e2e

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"xunwen/internal/build"
	"xunwen/internal/news"
)

// longArticle is more than any input is read as: 30 MB in one paragraph.
const longArticle = 30 << 20

// BenchmarkBesideLongArticle measures a plain search beside three clients that ask for one
// article again and again: its page and similar articles. ratio is the median time of the search
// beside those of an article of 30 MB to that beside those of a usual one; cpu-ms is the processor
// time of searchd for each answer to the three, in the same order.
func BenchmarkBesideLongArticle(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "news")
	if err := buildLong(dir); err != nil {
		b.Fatal(err)
	}
	p := launch(b, dir, io.Discard)
	for b.Loop() {
		alone, _ := p.besideClients(b, "")
		usual, usualCPU := p.besideClients(b, "usual")
		long, longCPU := p.besideClients(b, "long")
		b.ReportMetric(0, "ns/op")
		for name, d := range map[string]time.Duration{"alone-ms": alone, "beside-usual-ms": usual,
			"beside-long-ms": long, "usual-cpu-ms": usualCPU, "long-cpu-ms": longCPU} {
			b.ReportMetric(d.Seconds()*1000, name)
		}
		b.ReportMetric(float64(long)/float64(usual), "ratio")
	}
}

// buildLong publishes an index of the samples, a usual article and a long one.
func buildLong(dir string) error {
	r := rand.New(rand.NewPCG(1, 2))
	text := func(bytes int) string {
		var t strings.Builder
		for t.Len() < bytes {
			fmt.Fprintf(&t, "青禾大桥的%c%c%c今天在渡口开放，", '一'+r.Int32N(3000), '一'+r.Int32N(3000), '一'+r.Int32N(3000))
		}
		return t.String()
	}
	_, err := build.Index(context.Background(), build.Options{Out: dir, Log: quiet},
		func(yield func(*news.Article, error) bool) {
			for a, err := range readFile(samples[0]) {
				if !yield(a, err) {
					return
				}
			}
			for id, bytes := range map[string]int{"usual": 2 << 10, "long": longArticle} {
				a := &news.Article{ID: id, Title: "大桥", Paragraphs: []news.Paragraph{{Text: text(bytes)}}}
				if !yield(a, a.Normalize()) {
					return
				}
			}
		})
	return err
}

// besideClients returns the median time of a search beside three clients of an article, "" for
// none, and the processor time for each of their answers.
func (p *process) besideClients(b *testing.B, id string) (median, cpu time.Duration) {
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	var clients sync.WaitGroup
	var answers [3]int
	paths := []string{"/articles/" + id + "?q=" + url.QueryEscape("大桥"), "/api/v1/articles/" + id + "/similar"}
	before := p.processorTime(b)
	for i := range answers {
		if id == "" {
			break
		}
		clients.Go(func() {
			c := client{base: p.base, uncompressed: true}
			defer c.close()
			for n := i; ctx.Err() == nil; n++ {
				if status, _, err := c.ask(paths[n%len(paths)]); err != nil || status != 200 {
					b.Errorf("%s: %d %v", paths[n%len(paths)], status, err)
					return
				}
				answers[i]++
			}
		})
	}
	const searches = 200
	c := client{base: p.base, uncompressed: true}
	defer c.close()
	var took []time.Duration
	for range searches {
		status, d, err := c.ask("/api/v1/search?q=" + url.QueryEscape("渡口 开放"))
		if err != nil || status != 200 {
			b.Fatalf("a search: %d %v", status, err)
		}
		took = append(took, d)
	}
	stop()
	clients.Wait()
	slices.Sort(took)
	if n := answers[0] + answers[1] + answers[2]; n > 0 {
		cpu = (p.processorTime(b) - before) / time.Duration(n)
	}
	return took[searches/2], cpu
}

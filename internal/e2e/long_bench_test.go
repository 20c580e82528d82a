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
// article again and again: its page and similar articles. The figures are medians of the search
// alone, beside clients of a usual article and beside those of one of 30 MB, in turns; cpu-ms is
// the processor time of searchd for each answer to the three. ratio is that beside those of the
// long article to alone, usual-ratio that beside those of the usual one.
func BenchmarkBesideLongArticle(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "news")
	if err := buildLong(dir); err != nil {
		b.Fatal(err)
	}
	p := launch(b, dir, io.Discard)
	articles := []string{"", "usual", "long"}
	var took [3][]time.Duration
	var cpu [3]time.Duration
	rounds := 0
	for b.Loop() {
		for i, id := range articles {
			times, each := p.besideClients(b, id)
			took[i] = append(took[i], times...)
			cpu[i] += each
		}
		rounds++
	}
	median := func(i int) float64 {
		slices.Sort(took[i])
		return took[i][len(took[i])/2].Seconds() * 1000
	}
	for name, x := range map[string]float64{
		"ns/op": 0, "alone-ms": median(0), "beside-usual-ms": median(1), "beside-long-ms": median(2),
		"usual-cpu-ms": cpu[1].Seconds() * 1000 / float64(rounds),
		"long-cpu-ms":  cpu[2].Seconds() * 1000 / float64(rounds),
		"usual-ratio":  median(1) / median(0), "ratio": median(2) / median(0),
	} {
		b.ReportMetric(x, name)
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

// besideClients returns the times of searches beside three clients of an article, "" for none,
// and the processor time for each of their answers.
func (p *process) besideClients(b *testing.B, id string) (took []time.Duration, cpu time.Duration) {
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
	const searches = 50 // in a turn
	c := client{base: p.base, uncompressed: true}
	defer c.close()
	for range searches {
		status, d, err := c.ask("/api/v1/search?q=" + url.QueryEscape("云汀湖"))
		if err != nil || status != 200 {
			b.Fatalf("a search: %d %v", status, err)
		}
		took = append(took, d)
	}
	stop()
	clients.Wait()
	if n := answers[0] + answers[1] + answers[2]; n > 0 {
		cpu = (p.processorTime(b) - before) / time.Duration(n)
	}
	return took, cpu
}

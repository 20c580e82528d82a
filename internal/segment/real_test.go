package segment

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// BenchmarkRealSegments reads the segments of XUNWEN_SEGMENTS, a pattern of paths, and reports
// the sizes of fields and how long reading takes.
func BenchmarkRealSegments(b *testing.B) {
	pattern := os.Getenv("XUNWEN_SEGMENTS")
	if pattern == "" {
		b.Skip("XUNWEN_SEGMENTS names no segments")
	}
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		b.Fatal(paths, err)
	}
	for _, path := range paths {
		s, err := Open(path)
		if err != nil {
			b.Fatal(err)
		}
		defer s.Close() // read only
		fmt.Printf("%s: %d documents, %.1f MB\n", path, s.Documents(), float64(s.Size())/1e6)
		if err := s.Check(); err != nil {
			b.Fatal(err)
		}
		for _, f := range s.Fields() {
			measure(b, f)
		}
	}
}

// measure prints sizes, and the least time of three runs.
func measure(b *testing.B, f *Field) {
	dictionary, lists, rest := f.Sizes()
	var terms []Term
	var words []string
	blocks := map[string]int{}
	var sizes, counts [3]int // of lists by length
	for it := f.Terms("", ""); it.Next(); {
		t := it.Term()
		terms = append(terms, t)
		words = append(words, string(it.Bytes()))
		class := 0
		if t.Documents >= blockSize {
			class = 2
		} else if t.Documents > 1 {
			class = 1
		}
		sizes[class] += int(t.list.size)
		counts[class] += t.Documents
	}
	run := func(n int, work func()) float64 {
		best := time.Hour
		for range 3 {
			start := time.Now()
			work()
			best = min(best, time.Since(start))
		}
		return float64(best.Nanoseconds()) / float64(max(n, 1))
	}
	var c Cursor
	read := func(frequencies bool) func() {
		return func() {
			for _, t := range terms {
				c.Reset(t)
				for docs, err := c.Next(); len(docs) > 0; docs, err = c.Next() {
					if err != nil {
						b.Fatal(err)
					}
					if frequencies {
						c.Frequencies()
					}
				}
			}
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	const lookups = 20_000
	lookup := run(lookups, func() {
		for range lookups {
			f.Lookup(words[r.IntN(len(words))])
		}
	})
	_ = blocks
	fmt.Printf("%-12s %8d terms %9d postings, dictionary %7.3f MB (%.1f bytes a term), lists %7.3f MB (%.2f bits), rest %.3f MB; "+
		"docs %.2f ns, with frequencies %.2f ns, lookup %.0f ns\n%s\n",
		f.Name(), f.Len(), f.Postings(), float64(dictionary)/1e6, float64(dictionary)/float64(f.Len()),
		float64(lists)/1e6, float64(lists)*8/float64(f.Postings()), float64(rest)/1e6,
		run(f.Postings(), read(false)), run(f.Postings(), read(true)), lookup,
		strings.TrimSpace(fmt.Sprintf("   1: %d; 2 to 127: %d postings in %.3f MB; 128 or more: %d in %.3f MB",
			counts[0], counts[1], float64(sizes[1])/1e6, counts[2], float64(sizes[2])/1e6)))
}

package segment

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// BenchmarkRealSegments reports the sizes of the fields of the segments that XUNWEN_SEGMENTS, a
// pattern of paths, names, and how long reading them takes: the least of many runs, as other
// programs may be running.
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
		if err := s.Check(); err != nil {
			b.Fatal(err)
		}
		fmt.Printf("%s: %d documents, %.1f MB\n", path, s.Documents(), float64(s.Size())/1e6)
		for _, f := range s.Fields() {
			dictionary, lists, rest := f.Sizes()
			fmt.Printf("%s: %d terms, %d postings; MB: dictionary %.2f, lists %.2f, rest %.2f\n",
				f.Name(), f.Len(), f.Postings(), float64(dictionary)/1e6, float64(lists)/1e6, float64(rest)/1e6)
			if f.HasFrequencies() {
				measureField(f)
			}
		}
	}
}

// least returns the least nanoseconds per operation of runs with n operations each.
func least(n int, run func()) float64 {
	best := time.Hour
	for range 100 {
		start := time.Now()
		run()
		best = min(best, time.Since(start))
	}
	return float64(best.Nanoseconds()) / float64(n)
}

func measureField(f *Field) {
	var terms []Term
	var texts []string
	for it := f.Terms("", ""); it.Next(); {
		terms, texts = append(terms, it.Term()), append(texts, string(it.Bytes()))
	}
	r := rand.New(rand.NewPCG(1, 1))
	const lookups, steps = 500, 5000
	fmt.Printf("  lookup %.0f ns, next term %.1f ns\n",
		least(lookups, func() {
			for range lookups {
				f.Lookup(texts[r.IntN(len(texts))])
			}
		}),
		least(steps, func() {
			it := f.Terms("", "")
			for range steps {
				it.Next()
			}
		}))
	slices.SortFunc(terms, func(a, b Term) int { return a.Documents - b.Documents })
	// ofLength returns terms in n documents or slightly more, with 20,000 postings in all.
	ofLength := func(n int) (some []Term, postings int) {
		at, _ := slices.BinarySearchFunc(terms, n, func(t Term, n int) int { return t.Documents - n })
		for at < len(terms) && postings < 20_000 {
			some, postings = append(some, terms[at]), postings+terms[at].Documents
			at++
		}
		return some, postings
	}
	var c Cursor
	for _, n := range []int{3, 20, 127, 1000, 10_000, 60_000} {
		some, postings := ofLength(n)
		read := func(frequencies bool) func() {
			return func() {
				for _, t := range some {
					c.Reset(t)
					for docs, _ := c.Next(); len(docs) > 0; docs, _ = c.Next() {
						if frequencies {
							c.Frequencies()
						}
					}
				}
			}
		}
		fmt.Printf("  lists of %d: documents %.2f ns a posting, with frequencies %.2f\n",
			n, least(postings, read(false)), least(postings, read(true)))
	}
	for _, pair := range [][2]int{{100, 10_000}, {1000, 10_000}, {1000, 60_000}, {10_000, 60_000}} {
		short, _ := ofLength(pair[0])
		long, _ := ofLength(pair[1])
		if len(short) == 0 || len(long) == 0 {
			continue
		}
		docs, _ := short[0].AppendDocs(nil, &c)
		buffer := make([]uint32, len(docs))
		name := fmt.Sprintf("%d in %d", len(docs), long[0].Documents)
		fmt.Printf("  intersecting %s: %.1f ns for one of the shorter\n", name, least(len(docs), func() {
			copy(buffer, docs)
			long[0].Retain(buffer, &c)
		}))
	}
}

package segment

import (
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"
)

// benchLists are lists of 100,000 documents, one in a given number.
func benchLists(b *testing.B, frequencies bool) (*Field, map[int]Term) {
	const documents, n = 12_800_000, 100_000
	r := rand.New(rand.NewPCG(1, 1))
	var lists []testList
	gaps := []int{1, 2, 4, 8, 16, 32, 64, 128}
	for _, gap := range gaps {
		l := randomList(r, n, uint32(n*gap), 0.2, 5)
		lists = append(lists, l)
	}
	data := write(b, documents, lists, FieldOptions{Frequencies: frequencies})
	f := parse(b, data).Field("f")
	terms := map[int]Term{}
	for i, gap := range gaps {
		terms[gap] = lookup(b, f, fmt.Sprintf("%06d", i))
	}
	return f, terms
}

// BenchmarkDecode reports nanoseconds and bits per posting.
func BenchmarkDecode(b *testing.B) {
	_, terms := benchLists(b, true)
	for _, gap := range []int{1, 2, 4, 8, 16, 32, 64, 128} {
		for _, frequencies := range []bool{false, true} {
			name := fmt.Sprintf("1in%d", gap)
			if frequencies {
				name += "+frequencies"
			}
			b.Run(name, func(b *testing.B) {
				var c Cursor
				postings := 0
				for b.Loop() {
					c.Reset(terms[gap])
					for docs, _ := c.Next(); len(docs) > 0; docs, _ = c.Next() {
						postings += len(docs)
						if frequencies {
							c.Frequencies()
						}
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(postings), "ns/posting")
				b.ReportMetric(float64(terms[gap].list.size)*8/float64(terms[gap].Documents), "bits/posting")
			})
		}
	}
}

// BenchmarkIntersect seeks the documents of one list in another.
func BenchmarkIntersect(b *testing.B) {
	_, terms := benchLists(b, true)
	for _, pair := range [][2]int{{128, 1}, {128, 16}, {64, 32}} {
		b.Run(fmt.Sprintf("1in%d,1in%d", pair[0], pair[1]), func(b *testing.B) {
			var c, d Cursor
			seeks := 0
			for b.Loop() {
				c.Reset(terms[pair[0]])
				d.Reset(terms[pair[1]])
				for docs, _ := c.Next(); len(docs) > 0; docs, _ = c.Next() {
					for _, doc := range docs {
						seeks++
						d.Seek(doc)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(seeks), "ns/seek")
		})
	}
}

// BenchmarkLookup looks up two-character keys among a million.
func BenchmarkLookup(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	keys := randomTerms(r, 1_000_000)
	w, data := newTestWriter(1000)
	w.StartField("f", FieldOptions{})
	for _, k := range keys {
		w.Term([]byte(k), []uint32{r.Uint32N(1000)}, nil)
	}
	w.EndField()
	if err := w.Close(); err != nil {
		b.Fatal(err)
	}
	f := parse(b, data.Bytes()).Field("f")
	b.Run("random", func(b *testing.B) {
		for b.Loop() {
			f.Lookup(keys[r.IntN(len(keys))])
		}
	})
	b.Run("iterate", func(b *testing.B) {
		for b.Loop() {
			for it := f.Terms("", ""); it.Next(); {
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(len(keys)), "ns/term")
	})
	b.ReportMetric(float64(f.blocks.size+f.index.size)/float64(f.terms), "bytes/term")
}

// BenchmarkWrite reports nanoseconds per posting of lists of different lengths.
func BenchmarkWrite(b *testing.B) {
	const documents, postings = 400_000, 400_000
	r := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{1, 10, 100, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			var lists []testList
			for range min(postings/n, 1000) {
				lists = append(lists, randomList(r, n, documents, 0.2, 4))
			}
			b.ResetTimer()
			for b.Loop() {
				w := NewWriter(io.Discard, documents)
				w.StartField("f", FieldOptions{Frequencies: true})
				var term [8]byte
				for i := range postings / n {
					binary.BigEndian.PutUint64(term[:], uint64(i))
					l := lists[i%len(lists)]
					w.Term(term[:], l.docs, l.frequencies)
				}
				w.EndField()
				if err := w.Close(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/postings, "ns/posting")
		})
	}
}

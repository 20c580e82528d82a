package segment

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// testList is the slow twin of a posting list.
type testList struct {
	docs        []uint32
	frequencies []uint16
}

// randomList makes a list of n documents below documents. Frequencies are 1 but for a share
// of at most most.
func randomList(r *rand.Rand, n int, documents uint32, share float64, most int) testList {
	l := testList{docs: make([]uint32, 0, n), frequencies: make([]uint16, n)}
	if uint64(n)*4 > uint64(documents) {
		for doc := uint32(0); doc < documents; doc++ {
			if r.Uint64N(uint64(documents-doc)) < uint64(n-len(l.docs)) {
				l.docs = append(l.docs, doc)
			}
		}
	} else {
		seen := map[uint32]bool{}
		for len(l.docs) < n {
			if doc := r.Uint32N(documents); !seen[doc] {
				seen[doc] = true
				l.docs = append(l.docs, doc)
			}
		}
		slices.Sort(l.docs)
	}
	for i := range l.frequencies {
		l.frequencies[i] = 1
		if r.Float64() < share {
			l.frequencies[i] = uint16(1 + r.IntN(most))
		}
	}
	return l
}

// clustered makes a list with runs and gaps.
func clustered(r *rand.Rand, n int, documents uint32) testList {
	var l testList
	for doc := r.Uint32N(100); len(l.docs) < n && doc < documents; {
		l.docs, l.frequencies = append(l.docs, doc), append(l.frequencies, uint16(1+r.IntN(3)))
		if r.IntN(20) == 0 {
			doc += r.Uint32N(10000)
		}
		doc++
	}
	return l
}

func randomLists(r *rand.Rand) (documents uint32, lists []testList) {
	documents = 300_000
	for _, n := range []int{1, 2, 3, 7, 8, 9, 127, 128, 129, 255, 256, 257, 1000, 20_000, 200_000, 300_000} {
		shares := []float64{0, 0.01, 0.3, 1}
		if n > 1000 {
			shares = shares[1:3]
		}
		for _, share := range shares {
			lists = append(lists, randomList(r, n, documents, share, []int{2, 5, 300, 65535}[r.IntN(4)]))
		}
		lists = append(lists, clustered(r, n, documents))
	}
	return documents, lists
}

// write writes lists as the terms of a field. Term i is named fmt.Sprintf("%06d", i).
func write(t testing.TB, documents uint32, lists []testList, o FieldOptions) []byte {
	var out bytes.Buffer
	w := NewWriter(&out, documents)
	w.StartField("f", o)
	for i, l := range lists {
		w.Term(fmt.Appendf(nil, "%06d", i), l.docs, l.frequencies)
	}
	w.EndField()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func parse(t testing.TB, data []byte) *Segment {
	s, err := Parse("test", data)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func lookup(t testing.TB, f *Field, term string) Term {
	found, ok, err := f.Lookup(term)
	if err != nil || !ok {
		t.Fatalf("Lookup(%q): %v, %v", term, ok, err)
	}
	return found
}

func TestLists(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	documents, lists := randomLists(r)
	for _, frequencies := range []bool{true, false} {
		f := parse(t, write(t, documents, lists, FieldOptions{Frequencies: frequencies})).Field("f")
		var c Cursor
		for i, l := range lists {
			want := l.frequencies
			if !frequencies {
				want = slices.Repeat([]uint16{1}, len(want))
			}
			term := lookup(t, f, fmt.Sprintf("%06d", i))
			docs, got, err := term.Append(nil, nil, &c)
			if err != nil || !slices.Equal(docs, l.docs) || !slices.Equal(got, want) {
				t.Fatalf("list %d of %d: %d documents, error %v", i, len(l.docs), len(docs), err)
			}
			if docs, err = term.AppendDocs(docs[:0], &c); err != nil || !slices.Equal(docs, l.docs) {
				t.Fatalf("list %d of %d: documents differ, error %v", i, len(l.docs), err)
			}
			seekAll(t, r, &c, term, l, want)
		}
	}
}

// seekAll seeks random documents in rising order and compares with a search in the list.
func seekAll(t *testing.T, r *rand.Rand, c *Cursor, term Term, l testList, frequencies []uint16) {
	for _, step := range []uint32{1, 100, 10_000, 1_000_000} {
		if err := c.Reset(term); err != nil {
			t.Fatal(err)
		}
		last := l.docs[len(l.docs)-1]
		doc := uint64(max(0, int64(last)-200*int64(step)))
		for ; doc <= uint64(last); doc += 1 + uint64(r.Uint32N(step)) {
			docs, err := c.Seek(uint32(doc))
			if err != nil {
				t.Fatal(err)
			}
			f, err := c.Frequencies()
			if err != nil {
				t.Fatal(err)
			}
			at, _ := slices.BinarySearch(docs, uint32(doc))
			want, _ := slices.BinarySearch(l.docs, uint32(doc))
			if at == len(docs) || docs[at] != l.docs[want] || f[at] != frequencies[want] {
				t.Fatalf("Seek(%d) in a list of %d: got index %d of %d, want %d", doc, len(l.docs), at, len(docs), want)
			}
		}
		if last < 1<<32-1 {
			if docs, err := c.Seek(last + 1); err != nil || len(docs) > 0 {
				t.Fatalf("Seek past the end: %d, %v", len(docs), err)
			}
		}
	}
}

func TestGreatDocuments(t *testing.T) {
	const documents = 1<<32 - 1
	r := rand.New(rand.NewPCG(3, 4))
	lists := []testList{
		{[]uint32{documents - 1}, []uint16{65535}},
		{[]uint32{0, documents - 1}, []uint16{1, 65535}},
		{[]uint32{documents - 3, documents - 2, documents - 1}, []uint16{1, 1, 1}},
		randomList(r, 5000, documents, 0.5, 65535),
	}
	for i := range lists[3].docs[4800:] { // a dense end
		lists[3].docs[4800+i] = documents - 200 + uint32(i)
	}
	f := parse(t, write(t, documents, lists, FieldOptions{Frequencies: true})).Field("f")
	var c Cursor
	for i, l := range lists {
		term := lookup(t, f, fmt.Sprintf("%06d", i))
		docs, frequencies, err := term.Append(nil, nil, &c)
		if err != nil || !slices.Equal(docs, l.docs) || !slices.Equal(frequencies, l.frequencies) {
			t.Errorf("list %d: error %v", i, err)
		}
		seekAll(t, r, &c, term, l, l.frequencies)
	}
}

// TestPack compares unpack with bits read one at a time, for every width and length.
func TestPack(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for width := uint(0); width <= maxWidth; width++ {
		if usableWidth(width) != width {
			continue
		}
		for n := 1; n <= BlockSize; n++ {
			values := make([]uint32, n)
			for i := range values {
				values[i] = uint32(r.Uint64() & (1<<width - 1))
			}
			packed := appendPacked(nil, values, width)
			if len(packed) != packedSize(n, width) {
				t.Fatalf("width %d, %d values: %d bytes, want %d", width, n, len(packed), packedSize(n, width))
			}
			var got [BlockSize]uint32
			unpack(&got, n, append(packed, make([]byte, padding)...), width, 0)
			if !slices.Equal(got[:n], values) {
				t.Fatalf("width %d, %d values differ", width, n)
			}
		}
	}
}

// TestReadingAllocatesNothing guards the fast path.
func TestReadingAllocatesNothing(t *testing.T) {
	documents, lists := randomLists(rand.New(rand.NewPCG(7, 8)))
	f := parse(t, write(t, documents, lists, FieldOptions{Frequencies: true})).Field("f")
	var c Cursor
	n := testing.AllocsPerRun(10, func() {
		term, _, _ := f.Lookup("000070")
		c.Reset(term)
		for docs, _ := c.Next(); len(docs) > 0; docs, _ = c.Next() {
			c.Frequencies()
		}
		c.Reset(term)
		for doc := uint32(0); ; doc += 1000 {
			if docs, _ := c.Seek(doc); len(docs) == 0 {
				break
			}
		}
	})
	if n > 0 {
		t.Errorf("%g allocations", n)
	}
}

func TestRetain(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	documents, lists := randomLists(r)
	f := parse(t, write(t, documents, lists, FieldOptions{Frequencies: true})).Field("f")
	var c Cursor
	for i, l := range lists {
		other := lists[r.IntN(len(lists))].docs
		var want []uint32
		for _, doc := range other {
			if _, found := slices.BinarySearch(l.docs, doc); found {
				want = append(want, doc)
			}
		}
		got, err := lookup(t, f, fmt.Sprintf("%06d", i)).Retain(slices.Clone(other), &c)
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("%d documents in a list of %d: %d, error %v; want %d",
				len(other), len(l.docs), len(got), err, len(want))
		}
	}
}

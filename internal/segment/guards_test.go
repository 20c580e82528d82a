package segment

import (
	"math/rand/v2"
	"testing"
)

// likeGrams writes 4,000 terms of two characters that are as frequent as those of a language, in
// 30,000 documents, of which five each belong together.
func likeGrams(t testing.TB) *Field {
	const documents = 30_000
	r := rand.New(rand.NewPCG(21, 22))
	w, out := newTestWriter(documents)
	w.StartField("f", FieldOptions{Frequencies: true})
	for i := range 4000 {
		var l testList
		n := 1 + 20_000/(1+r.IntN(20_000))
		for doc := r.Uint32N(1 + 2*documents/uint32(n)); len(l.docs) < n && doc < documents; {
			l.docs, l.frequencies = append(l.docs, doc), append(l.frequencies, uint16(1+r.IntN(8)/6))
			doc += 1 + r.Uint32N(3)
			if r.IntN(3) > 0 {
				doc += r.Uint32N(1 + 2*documents/uint32(n))
			}
		}
		if len(l.docs) > 0 {
			term := string([]rune{'一' + int32(i/60), '一' + int32(i%60*12) + r.Int32N(12)})
			w.Term([]byte(term), l.docs, l.frequencies)
		}
	}
	w.EndField()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return parse(t, out.Bytes()).Field("f")
}

// TestBytes bounds the size of a dictionary and of lists, by about a tenth more than they have
// today. Where a bound is exceeded for a reason, raise it.
func TestBytes(t *testing.T) {
	f := likeGrams(t)
	dictionary, lists, _ := f.Sizes()
	for _, tc := range []struct {
		name      string
		got, most float64
	}{
		{"bytes of the dictionary for a term", float64(dictionary) / float64(f.Len()), 4},
		{"bits of the lists for a posting", 8 * float64(lists) / float64(f.Postings()), 11},
	} {
		if tc.got > tc.most {
			t.Errorf("%s: %.2f, at most %.2f are expected", tc.name, tc.got, tc.most)
		}
	}
}

// TestBlocksDecoded bounds how many blocks an intersection decodes: none that it can skip.
func TestBlocksDecoded(t *testing.T) {
	const documents = 100_000
	r := rand.New(rand.NewPCG(23, 24))
	long, short := randomList(r, 50_000, documents, 0, 1), testList{docs: []uint32{7, 8, 9, 50_000, 99_000}}
	f := parse(t, write(t, documents, []testList{long}, FieldOptions{})).Field("f")
	var c Cursor
	if _, err := lookup(t, f, "000000").Retain(short.docs, &c); err != nil {
		t.Fatal(err)
	}
	if c.Decoded != 3 {
		t.Errorf("%d of %d blocks are decoded, want 3", c.Decoded, blocksOf(len(long.docs)))
	}
}

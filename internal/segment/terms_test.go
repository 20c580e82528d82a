package segment

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"sort"
	"strings"
	"testing"
)

func newTestWriter(documents uint32) (*Writer, *bytes.Buffer) {
	var out bytes.Buffer
	return NewWriter(&out, documents), &out
}

// randomTerms returns n two-character keys in byte order.
func randomTerms(r *rand.Rand, n int) []string {
	set := map[string]bool{}
	for len(set) < n {
		set[string([]rune{0x4e00 + r.Int32N(3000), 0x4e00 + r.Int32N(3000)})] = true
	}
	keys := make([]string, 0, n)
	for k := range set {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// termSets are dictionaries of different shapes, each sorted and without duplicates.
func termSets() map[string][]string {
	r := rand.New(rand.NewPCG(1, 1))
	sets := map[string][]string{"none": nil, "empty": {""}, "one": {"大桥"}, "grams": randomTerms(r, 5000)}
	for range 3000 {
		b := make([]byte, r.IntN(12))
		for i := range b {
			b[i] = []byte{0, 1, 'a', 0xff}[r.IntN(4)]
		}
		sets["few bytes"] = append(sets["few bytes"], string(b))
	}
	for range 3000 {
		pieces := []string{
			"a", "一", "丁", "\u4e60", "\u6e2f", "\u6e30", "\u0800", "\uffff", "𠀀", "\xe4\xb8", "\x80", "\xe4",
		}
		text := ""
		for range r.IntN(5) {
			text += pieces[r.IntN(len(pieces))]
		}
		sets["parts of characters"] = append(sets["parts of characters"], text)
		sets["far characters"] = append(sets["far characters"], "人"+string(0x800+r.Int32N(0xF000)))
	}
	for i := range 500 {
		long := strings.Repeat("长", r.IntN(300))
		sets["long"] = append(sets["long"], long, long+fmt.Sprint(i), "same beginning of blocks"+fmt.Sprint(i%70)+long)
	}
	for name, set := range sets {
		slices.Sort(set)
		sets[name] = slices.Compact(set)
	}
	return sets
}

// writeTerms writes term i with the documents i%7, …, at most 4 of them.
func writeTerms(t testing.TB, terms []string) *Field {
	w, out := newTestWriter(20)
	w.StartField("f", FieldOptions{Frequencies: true})
	for i, term := range terms {
		docs, frequencies := termDocs(i)
		w.Term([]byte(term), docs, frequencies)
	}
	w.EndField()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return parse(t, out.Bytes()).Field("f")
}

func termDocs(i int) (docs []uint32, frequencies []uint16) {
	for n := range uint32(i%4 + 1) {
		docs, frequencies = append(docs, uint32(i%7)+n*3), append(frequencies, uint16(1+i%3+int(n)*1000))
	}
	return docs, frequencies
}

func TestTerms(t *testing.T) {
	for name, terms := range termSets() {
		t.Run(name, func(t *testing.T) {
			f := writeTerms(t, terms)
			if f.Len() != len(terms) {
				t.Fatalf("%d terms, want %d", f.Len(), len(terms))
			}
			var c Cursor
			for i, want := range terms {
				term := lookup(t, f, want)
				docs, frequencies, err := term.Append(nil, nil, &c)
				wantDocs, wantFrequencies := termDocs(i)
				if err != nil || term.Ordinal != i || term.Documents != len(wantDocs) ||
					!slices.Equal(docs, wantDocs) || !slices.Equal(frequencies, wantFrequencies) {
					t.Fatalf("%q: ordinal %d, %v × %v, error %v; want %d, %v × %v",
						want, term.Ordinal, docs, frequencies, err, i, wantDocs, wantFrequencies)
				}
				shorter := want[:max(len(want)-1, 0)]
				for _, other := range []string{want + "\x00", want + "\xff", want[:len(want)/2], shorter + "b"} {
					at, exists := slices.BinarySearch(terms, other)
					term, found, err := f.Lookup(other)
					if err != nil || found != exists || found && term.Ordinal != at {
						t.Fatalf("Lookup(%q) next to %q: %v, %v", other, want, found, err)
					}
				}
			}
		})
	}
}

func TestTermRanges(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	for name, terms := range termSets() {
		t.Run(name, func(t *testing.T) {
			f := writeTerms(t, terms)
			for range 200 {
				from, to := "", ""
				if len(terms) > 0 && r.IntN(10) > 0 {
					from, to = terms[r.IntN(len(terms))], terms[r.IntN(len(terms))]+"b"
				}
				want := terms[sort.SearchStrings(terms, from):]
				if to != "" {
					want = want[:max(0, sort.SearchStrings(terms, to)-sort.SearchStrings(terms, from))]
				}
				var got []string
				it := f.Terms(from, to)
				for it.Next() {
					got = append(got, string(it.Bytes()))
					docs, _ := termDocs(it.Term().Ordinal)
					if it.Term().Documents != len(docs) {
						t.Fatalf("%q has %d documents, want %d", it.Bytes(), it.Term().Documents, len(docs))
					}
				}
				if it.Err() != nil || !slices.Equal(got, want) {
					t.Fatalf("from %q to %q: %d terms, error %v; want %d", from, to, len(got), it.Err(), len(want))
				}
			}
		})
	}
}

func TestInverse(t *testing.T) {
	ids := []string{"a", "c", "d", "x", "y"}
	for _, docs := range [][]uint32{{0, 1, 2, 3, 4}, {4, 2, 0, 1, 3}} {
		w, out := newTestWriter(5)
		w.StartField("id", FieldOptions{Inverse: true})
		for i, id := range ids {
			w.Term([]byte(id), docs[i:i+1], nil)
		}
		w.EndField()
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		f := parse(t, out.Bytes()).Field("id")
		for i, id := range ids {
			if got, err := f.TermOf(docs[i]); err != nil || string(got) != id {
				t.Errorf("document %d: %q, error %v; want %q", docs[i], got, err, id)
			}
		}
		if _, err := f.TermOf(5); err == nil {
			t.Error("a document that does not exist has a term")
		}
	}
}

// TestNumbered compares pairs of numbers as terms with the same ones in a field with an
// ordinary dictionary.
func TestNumbered(t *testing.T) {
	r := rand.New(rand.NewPCG(15, 16))
	for _, groups := range []int{1, 2, 40, 300} {
		var ids []string
		for g := range groups {
			for m := range 1 + r.IntN(9) {
				ids = append(ids, string(binary.BigEndian.AppendUint64(nil, uint64(g)<<32|uint64(m))))
			}
		}
		w, out := newTestWriter(uint32(len(ids)))
		for _, inverse := range []bool{true, false} {
			w.StartField(fmt.Sprint(inverse), FieldOptions{Inverse: inverse})
			for i, id := range ids {
				w.Term([]byte(id), []uint32{uint32(i)}, nil)
			}
			w.EndField()
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		s := parse(t, out.Bytes())
		numbered, plain := s.Field("true"), s.Field("false")
		if dictionary, _, rest := numbered.Sizes(); dictionary > 0 || rest > uint64(8+2*groups) {
			t.Errorf("%d bytes, %d of them a dictionary, for %d groups", dictionary+rest, dictionary, groups)
		}
		asked := slices.Clone(ids)
		for _, id := range ids {
			asked = append(asked, id[:4], id+"a", id[:7]+"\xff", id[:3]+"\xff"+id[4:])
		}
		for _, id := range append(asked, "", "a", "\xff\xff\xff\xff\xff\xff\xff\xff\xff") {
			got, found, err := numbered.Lookup(id)
			want, wanted, _ := plain.Lookup(id)
			if err != nil || found != wanted || got.doc != want.doc || got.Ordinal != want.Ordinal {
				t.Errorf("Lookup(%x): document %d, %v, error %v; want %d, %v",
					id, got.doc, found, err, want.doc, wanted)
			}
			a, b := numbered.Terms(id, ""), plain.Terms(id, "")
			for range 40 {
				next := b.Next()
				if a.Next() != next || next && (!bytes.Equal(a.Bytes(), b.Bytes()) || a.Term().doc != b.Term().doc) {
					t.Fatalf("terms from %x: %x, want %x", id, a.Bytes(), b.Bytes())
				}
			}
		}
		for i, id := range ids {
			if got, err := numbered.TermOf(uint32(i)); err != nil || string(got) != id {
				t.Errorf("document %d has the id %x, error %v, want %x", i, got, err, id)
			}
		}
	}
}

func TestLengths(t *testing.T) {
	for _, lengths := range [][]uint32{nil, {7, 0, 7}, {1, 2, 3}, {1, 2, 300}, {1, 2, 1 << 20}} {
		w, out := newTestWriter(3)
		w.StartField("f", FieldOptions{Lengths: lengths})
		w.EndField()
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		f := parse(t, out.Bytes()).Field("f")
		for doc := range uint32(3) {
			want := uint32(1)
			if lengths != nil {
				want = lengths[doc]
			}
			got, err := f.Length(doc)
			if err != nil || got != want && want != 0 {
				t.Errorf("%v: document %d has %d, error %v", lengths, doc, got, err)
			}
		}
	}
}

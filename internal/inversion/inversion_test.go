package inversion_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"xunwen/internal/inversion"
)

// lists are posting lists as a Sink gets them, in text.
type lists struct {
	text  strings.Builder
	last  string
	fails error
}

func (l *lists) StartField(name string) error {
	l.last = ""
	fmt.Fprintf(&l.text, "field %s\n", name)
	return l.fails
}

func (l *lists) Term(term []byte, docs []uint32, frequencies []uint16) error {
	if l.last != "" && string(term) <= l.last {
		return fmt.Errorf("%q comes after %q", term, l.last)
	}
	l.last = string(term)
	fmt.Fprintf(&l.text, "%q %d %d\n", term, docs, frequencies)
	return nil
}

func (l *lists) EndField() error {
	fmt.Fprintln(&l.text, "end")
	return nil
}

// document is the terms of a document, by field.
type document [][]string

// slowLists inverts documents by maps.
func slowLists(fields []string, documents []document) string {
	type list struct {
		docs        []uint32
		frequencies []uint16
	}
	var out lists
	for i, name := range fields {
		all := map[string]*list{}
		for doc, d := range documents {
			counts := map[string]int{}
			for _, term := range d[i] {
				counts[term]++
			}
			for term, n := range counts {
				if all[term] == nil {
					all[term] = new(list)
				}
				all[term].docs = append(all[term].docs, uint32(doc))
				all[term].frequencies = append(all[term].frequencies, uint16(min(n, math.MaxUint16)))
			}
		}
		out.StartField(name)
		for _, term := range slices.Sorted(maps.Keys(all)) {
			out.Term([]byte(term), all[term].docs, all[term].frequencies)
		}
		out.EndField()
	}
	return out.text.String()
}

// invert inverts documents by so many workers, and returns also how many runs there were.
func invert(t *testing.T, fields []string, documents []document, workers int, memory int64) (string, int) {
	t.Helper()
	dir := t.TempDir()
	v := inversion.New(fields, workers, inversion.Options{Dir: dir, Memory: memory})
	var all sync.WaitGroup
	for i, w := range v.Workers() {
		part := documents[len(documents)*i/workers : len(documents)*(i+1)/workers]
		all.Go(func() {
			for _, d := range part {
				for field, terms := range d {
					for _, term := range terms {
						w.Add(field, term, 1)
					}
				}
				if err := w.EndDocument(t.Context()); err != nil {
					t.Error(err)
				}
			}
			if err := w.End(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if v.Documents() != len(documents) {
		t.Errorf("%d documents, want %d", v.Documents(), len(documents))
	}
	runs, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out lists
	if err := v.WriteTo(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	if err := v.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%d files are left (%v)", len(left), err)
	}
	return out.text.String(), len(runs)
}

// vocabulary has terms of each kind: short and long ones, one a part of another, of one to
// four bytes a character, and some that are no UTF-8.
func vocabulary(random *rand.Rand) []string {
	all := []string{"", "a", "ab", "abc", "\t九一", "九", "九一", "九一八", "é", "éa", "𠮷", "𠮷野", "野𠮷", "\x00", "a\x00",
		"a\x00b", "\uffff", "\uffff\uffff", "\ufffd", "\ufffd渡", "\xff", "\xe9\x80", "\xe0\x80\x80", "\xed\xa0\x80渡",
		"渡\xed\xa0\x80", "\u07ff", "\u0800", "\u0800\u0800", "ab\x80abc", strings.Repeat("长", 3000)}
	for range 3000 {
		term := string('一' + rune(random.IntN(400)))
		for random.IntN(3) > 0 {
			term += string('一' + rune(random.IntN(40)))
		}
		all = append(all, term)
	}
	return all
}

// randomDocuments returns documents with terms of two fields, the frequent ones first in the
// vocabulary. Some have none, and some have many.
func randomDocuments(random *rand.Rand, n int) []document {
	words := vocabulary(random)
	documents := make([]document, n)
	for i := range documents {
		documents[i] = make(document, 2)
		for field := range documents[i] {
			size := random.IntN(60)
			if random.IntN(100) == 0 {
				size = 5000
			}
			for range size {
				word := words[int(random.Float64()*random.Float64()*float64(len(words)))]
				documents[i][field] = append(documents[i][field], word)
			}
		}
	}
	return documents
}

// TestEqualsMaps checks that any number of workers and runs gives the lists that maps give.
func TestEqualsMaps(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	documents := randomDocuments(random, 1500)
	documents[5][0] = append(documents[5][0], slices.Repeat([]string{"渡口", "渡口停航"}, 1<<16)...)
	documents[7][0] = append(documents[7][0], slices.Repeat([]string{"渡口", "渡口停航", "渡口停航"}, 1022)...)
	fields := []string{"words", "grams"}
	want := slowLists(fields, documents)
	for _, tt := range []struct {
		workers  int
		memory   int64
		manyRuns bool
	}{{1, 1 << 30, false}, {2, 1 << 30, false}, {7, 1 << 30, false}, {1, 0, true}, {3, 0, true}} {
		got, runs := invert(t, fields, documents, tt.workers, tt.memory)
		if got != want {
			t.Errorf("%d workers with %d bytes: other lists than maps", tt.workers, tt.memory)
		}
		if tt.manyRuns != (runs > 2*tt.workers) {
			t.Errorf("%d workers with %d bytes made %d runs", tt.workers, tt.memory, runs)
		}
	}
}

// TestNothing checks workers without documents and documents without terms.
func TestNothing(t *testing.T) {
	t.Parallel()
	for _, documents := range [][]document{nil, {{nil}}, {{nil}, {{"渡"}}}, {{{"渡"}}, {nil}, {nil}}} {
		fields := []string{"words"}
		if got, _ := invert(t, fields, documents, 3, 0); got != slowLists(fields, documents) {
			t.Errorf("%v gives %s", documents, got)
		}
	}
}

// FuzzTerms checks that a text cut into terms at every byte gives the lists of maps.
func FuzzTerms(f *testing.F) {
	f.Add("渡口停航abc\xff", uint8(2))
	f.Add("\u07ff\u0800\uffff\U00010000", uint8(3))
	f.Fuzz(func(t *testing.T, text string, size uint8) {
		var documents []document
		for i := range min(len(text), 200) {
			for k := i; k < min(i+int(size%12), len(text)); k++ {
				documents = append(documents, document{{text[i : k+1], text[i:k]}})
			}
		}
		fields := []string{"f"}
		if got, _ := invert(t, fields, documents, 2, 0); got != slowLists(fields, documents) {
			t.Error("other lists than maps")
		}
	})
}

// TestErrors checks that errors of a sink, a cancelled context, and damaged runs are
// returned, and that Close removes the runs then.
func TestErrors(t *testing.T) {
	t.Parallel()
	failed := errors.New("failed")
	for _, tt := range []struct {
		name   string
		damage func(dir string)
		sink   inversion.Sink
		cancel bool
	}{
		{name: "sink", sink: &lists{fails: failed}},
		{name: "sink in a field", sink: &failingSink{after: 3}},
		{name: "cancelled", sink: new(lists), cancel: true},
		{name: "shortened", sink: new(lists), damage: func(path string) { os.Truncate(path, 10) }},
		{name: "overwritten", sink: new(lists), damage: func(path string) {
			os.WriteFile(path, bytes.Repeat([]byte{0xff}, 1<<20), 0o600)
		}},
	} {
		dir := t.TempDir()
		v := inversion.New([]string{"f", "g"}, 1, inversion.Options{Dir: dir})
		w := v.Workers()[0]
		for _, d := range randomDocuments(rand.New(rand.NewPCG(3, 4)), 300) {
			for _, term := range d[0] {
				w.Add(0, term, 1)
				w.Add(1, term, 2)
			}
			if err := w.EndDocument(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.End(t.Context()); err != nil {
			t.Fatal(err)
		}
		files, err := os.ReadDir(dir)
		if err != nil || len(files) == 0 {
			t.Fatal(err)
		}
		if tt.damage != nil {
			tt.damage(dir + "/" + files[0].Name())
		}
		ctx, cancel := context.WithCancel(t.Context())
		if tt.cancel {
			cancel()
		}
		if err := v.WriteTo(ctx, tt.sink); err == nil {
			t.Errorf("%s: no error", tt.name)
		}
		cancel()
		if err := v.Close(); err != nil {
			t.Errorf("%s: %v", tt.name, err)
		}
		if files, err = os.ReadDir(dir); err != nil || len(files) > 0 {
			t.Errorf("%s: %d files are left (%v)", tt.name, len(files), err)
		}
	}
}

// failingSink fails after some terms.
type failingSink struct {
	lists
	after int
}

func (s *failingSink) Term(term []byte, docs []uint32, frequencies []uint16) error {
	if s.after--; s.after < 0 {
		return errors.New("failed")
	}
	return s.lists.Term(term, docs, frequencies)
}

// TestAddDoesNotAllocate checks that only documents with new terms take memory.
func TestAddDoesNotAllocate(t *testing.T) {
	v := inversion.New([]string{"f"}, 1, inversion.Options{Dir: t.TempDir(), Memory: 1 << 30})
	defer v.Close()
	w := v.Workers()[0]
	words := vocabulary(rand.New(rand.NewPCG(5, 6)))[:300]
	document := func() {
		for _, word := range words {
			w.Add(0, word, 1)
		}
		if err := w.EndDocument(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	document()
	const documents, postings = 1000, 300 << 3
	if n := testing.AllocsPerRun(documents, document); n > 1 { // blocks, a slab of which has 32,768 postings
		t.Errorf("%v allocations for a document of %d bytes", n, postings)
	}
}

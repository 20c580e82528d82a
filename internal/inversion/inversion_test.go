package inversion_test

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"xunwen/internal/inversion"
)

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

package segment

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
)

// TestWriterRefuses checks that what a reader could not make sense of isn't written.
func TestWriterRefuses(t *testing.T) {
	for _, c := range []struct {
		want  string
		write func(w *Writer)
	}{
		{"is in no field", func(w *Writer) { w.Term([]byte("a"), []uint32{1}, nil) }},
		{"two fields", func(w *Writer) { start(w, "f"); w.EndField(); start(w, "f") }},
		{"begins in field", func(w *Writer) { start(w, "f"); start(w, "g") }},
		{"has not ended", func(w *Writer) { w.StartField("f", FieldOptions{}) }},
		{"no field has begun", func(w *Writer) { w.EndField() }},
		{`"a" follows "b"`, inField(func(w *Writer) { term(w, "b"); term(w, "a") })},
		{`"b" follows "b"`, inField(func(w *Writer) { term(w, "b"); term(w, "b") })},
		{"has 0 documents", inField(func(w *Writer) { w.Term([]byte("a"), nil, nil) })},
		{"and 1 frequencies", inField(func(w *Writer) { w.Term([]byte("a"), []uint32{1, 2}, []uint16{1}) })},
		{"document 10 of 10", inField(func(w *Writer) { w.Term([]byte("a"), []uint32{1, 10}, nil) })},
		{"document 1 follows 1", inField(func(w *Writer) { w.Term([]byte("a"), []uint32{1, 1}, nil) })},
		{"frequency 0", inField(func(w *Writer) { w.Term([]byte("a"), []uint32{1, 2}, []uint16{1, 0}) })},
		{"at most 65536", inField(func(w *Writer) { w.Term(make([]byte, MaxTerm+1), []uint32{1}, nil) })},
		{"3 lengths for 10", func(w *Writer) { w.StartField("f", FieldOptions{Lengths: make([]uint32, 3)}) }},
		{"has no term", func(w *Writer) { w.StartField("f", FieldOptions{Inverse: true}); w.EndField() }},
		{"has two terms", func(w *Writer) {
			w.StartField("f", FieldOptions{Inverse: true})
			w.Term([]byte("a"), []uint32{1}, nil)
			w.Term([]byte("b"), []uint32{1}, nil)
		}},
	} {
		w, _ := newTestWriter(10)
		c.write(w)
		if err := w.Close(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v, want one with %q", err, c.want)
		}
	}
}

func start(w *Writer, name string) { w.StartField(name, FieldOptions{}) }

func term(w *Writer, text string) { w.Term([]byte(text), []uint32{1}, nil) }

func inField(write func(w *Writer)) func(w *Writer) {
	return func(w *Writer) {
		w.StartField("f", FieldOptions{Frequencies: true})
		write(w)
		w.EndField()
	}
}

// TestWriterKeepsErrors checks that an error of the disk ends the writing.
func TestWriterKeepsErrors(t *testing.T) {
	full := errors.New("no space left")
	w := NewWriter(failingWriter{full}, 100_000)
	w.StartField("f", FieldOptions{})
	for i := range 40 {
		w.Term([]byte{byte(i)}, everyNth(100_000, i+2), nil)
	}
	w.EndField()
	if err := w.Close(); !errors.Is(err, full) {
		t.Errorf("error %v, want %v", err, full)
	}
	if _, err := Create(filepath.Join(t.TempDir(), "missing", "file"), 1); err == nil {
		t.Error("a file is created in a folder that does not exist")
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

// everyNth returns every nth document.
func everyNth(documents, n int) []uint32 {
	var docs []uint32
	for doc := 0; doc < documents; doc += n {
		docs = append(docs, uint32(doc))
	}
	return docs
}

// TestFileRoundTrip writes to a file, and opens it.
func TestFileRoundTrip(t *testing.T) {
	path := filepath.Join(t.TempDir(), "segment")
	w, err := Create(path, 3)
	if err != nil {
		t.Fatal(err)
	}
	w.StartField("f", FieldOptions{Frequencies: true})
	w.Term([]byte("大桥"), []uint32{0, 2}, []uint16{1, 7})
	w.EndField()
	w.StartField("g", FieldOptions{})
	w.EndField()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close() // read only
	if s.Documents() != 3 || len(s.Fields()) != 2 || s.Path() != path {
		t.Errorf("%d documents, %d fields, path %s", s.Documents(), len(s.Fields()), s.Path())
	}
	if lookup(t, s.Field("f"), "大桥").Documents != 2 {
		t.Error("the term has other documents")
	}
	for _, name := range []string{"g", "missing"} {
		if _, found, err := s.Field(name).Lookup("大桥"); found || err != nil {
			t.Errorf("%s: found %v, error %v", name, found, err)
		}
		if s.Field(name).Terms("", "").Next() {
			t.Errorf("%s has a term", name)
		}
	}
	if err := s.Check(); err != nil {
		t.Error(err)
	}
}

package inversion_test

import (
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

package index

import (
	"bytes"
	"fmt"
	"testing"

	"xunwen/internal/engine"
	"xunwen/internal/segment"
)

// A filter loses no term, and saves nearly all look-ups of missing ones.
func TestFiltersOfTerms(t *testing.T) {
	var file bytes.Buffer
	w := segment.NewWriter(&file, 1)
	fields := []string{engine.Words, engine.Grams, engine.SectionGrams, engine.ArticleID}
	for _, field := range fields {
		w.StartField(field, segment.FieldOptions{})
		for i := range 1000 {
			w.Term(fmt.Appendf(nil, "\t%03d", i), []uint32{0}, nil)
		}
		w.Term([]byte("长江"), []uint32{0}, nil)
		w.EndField()
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	opened, err := segment.Parse("test", file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	s := openSegment{Segment: opened, filters: newFilters()}
	for _, field := range fields {
		for _, term := range []string{"\t000", "\t017", "\t999", "长江"} {
			if _, found, err := s.lookup(field, term); !found || err != nil {
				t.Errorf("%s:%q is missing, error %v", field, term, err)
			}
		}
		if _, found, err := s.lookup(field, "大桥"); found || err != nil {
			t.Errorf("%s: found what isn't there, error %v", field, err)
		}
		b := s.filters[field]
		if b == nil {
			continue
		}
		looked := 0
		for i := range 1000 {
			may, err := b.mayHave(s.Field(field), fmt.Sprintf("\tx%d", i))
			if err != nil {
				t.Fatal(err)
			}
			if may {
				looked++
			}
		}
		if looked > 80 {
			t.Errorf("%s: %d of 1,000 missing terms have to be looked up", field, looked)
		}
	}
	if n := len(s.filters); n != 3 {
		t.Errorf("%d fields have a filter", n)
	}
}

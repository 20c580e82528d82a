package scorchplugin

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"

	indexapi "github.com/blevesearch/bleve_index_api"
	segmentapi "github.com/blevesearch/scorch_segment_api/v2"

	"xunwen/internal/segment"
)

// NewUsing makes a segment of documents that are analyzed.
func (plugin) NewUsing(documents []indexapi.Document, _ map[string]any) (segmentapi.Segment, uint64, error) {
	if file := finishedFile(documents); file != "" {
		return openFinished(file)
	}
	documents = slices.SortedFunc(slices.Values(documents), func(a, b indexapi.Document) int {
		return cmp.Compare(a.ID(), b.ID())
	})
	in := inverter{fields: map[string]*invertedField{}, documents: len(documents)}
	for i, d := range documents {
		if err := in.add(uint32(i), d); err != nil {
			return nil, 0, fmt.Errorf("document %q: %w", d.ID(), err)
		}
	}
	var out bytes.Buffer
	w := segment.NewWriter(&out, uint32(len(documents)))
	for _, name := range in.names() {
		in.fields[name].write(w, name)
	}
	if err := w.Close(); err != nil {
		return nil, 0, err
	}
	s, err := segment.Parse("a segment in memory", out.Bytes())
	if err != nil {
		return nil, 0, err
	}
	return &memorySegment{reader{s}}, uint64(out.Len()), nil
}

// inverter collects the postings of documents by field and term.
type inverter struct {
	fields    map[string]*invertedField
	documents int
}

type invertedField struct {
	frequencies bool
	terms       map[string]int // numbers
	postings    []posting
	lengths     []uint32 // by document
}

// posting is one of a field. Those of a document follow one another.
type posting struct {
	term      int
	doc       uint32
	frequency uint16
}

// add adds the fields of a document.
func (in *inverter) add(doc uint32, d indexapi.Document) error {
	if nested, ok := d.(indexapi.NestedDocument); ok {
		inner := 0
		nested.VisitNestedDocuments(func(indexapi.Document) { inner++ })
		if inner > 0 {
			return fmt.Errorf("it has %d nested documents, which segments of type %s don't support", inner, Type)
		}
	}
	var err error
	visit := func(f indexapi.Field) {
		if err == nil {
			err = in.addField(doc, f)
		}
	}
	if d.HasComposite() {
		d.VisitComposite(func(f indexapi.CompositeField) { visit(f) })
	}
	d.VisitFields(visit)
	return err
}

// refuse returns an error for a field of which a segment would lose a part.
func refuse(f indexapi.Field) error {
	name, options := f.Name(), f.Options()
	_, synonyms := f.(indexapi.SynonymField)
	lost := ""
	switch {
	case name == idField:
	case options.IncludeTermVectors() && len(f.AnalyzedTokenFrequencies()) > 0:
		lost = "term vectors"
	case options.IsStored():
		lost = "a stored value"
	case options.IncludeDocValues():
		lost = "doc values"
	case f.EncodedFieldType() == 'v':
		lost = "a vector"
	case synonyms:
		lost = "synonyms"
	}
	if lost == "" {
		return nil
	}
	return fmt.Errorf("the field %q has %s, which segments of type %s don't support: switch it off in the mapping",
		name, lost, Type)
}

func (in *inverter) addField(doc uint32, f indexapi.Field) error {
	if err := refuse(f); err != nil {
		return err
	}
	if !f.Options().IsIndexed() {
		return nil
	}
	field := in.fields[f.Name()]
	if field == nil {
		field = &invertedField{terms: map[string]int{}, lengths: make([]uint32, in.documents)}
		in.fields[f.Name()] = field
	}
	field.frequencies = field.frequencies || !f.Options().SkipFreqNorm() && f.Name() != idField
	field.lengths[doc] += uint32(f.AnalyzedLength())
	first := len(field.postings)
	for first > 0 && field.postings[first-1].doc == doc {
		first-- // the document has another field of the same name
	}
	earlier := field.postings[first:]
	for term, tf := range f.AnalyzedTokenFrequencies() {
		number, ok := field.terms[term]
		if !ok {
			number = len(field.terms)
			field.terms[term] = number
		}
		frequency := max(1, min(tf.Frequency(), math.MaxUint16))
		at := slices.IndexFunc(earlier, func(p posting) bool { return p.term == number })
		if at >= 0 {
			earlier[at].frequency = uint16(min(int(earlier[at].frequency)+frequency, math.MaxUint16))
			continue
		}
		field.postings = append(field.postings, posting{number, doc, uint16(frequency)})
		earlier = field.postings[first : first+len(earlier)]
	}
	return nil
}

// names lists the fields, that of the ids first.
func (in *inverter) names() []string {
	var names []string
	for name := range in.fields {
		names = append(names, name)
	}
	slices.SortFunc(names, compareFields)
	return names
}

func compareFields(a, b string) int {
	first := func(name string) int {
		if name == idField {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(first(a), first(b)), cmp.Compare(a, b))
}

// write writes a field. The Writer keeps errors.
func (f *invertedField) write(w *segment.Writer, name string) {
	ends := make([]int, len(f.terms)) // by term, the end of its postings in those below
	for _, p := range f.postings {
		ends[p.term]++
	}
	for i := 1; i < len(ends); i++ {
		ends[i] += ends[i-1]
	}
	docs, frequencies := make([]uint32, len(f.postings)), make([]uint16, len(f.postings))
	starts := slices.Clone(ends)
	for _, p := range slices.Backward(f.postings) {
		starts[p.term]--
		docs[starts[p.term]], frequencies[starts[p.term]] = p.doc, p.frequency
	}
	terms := make([]string, 0, len(f.terms))
	for term := range f.terms {
		terms = append(terms, term)
	}
	slices.Sort(terms)
	w.StartField(name, segment.FieldOptions{
		Frequencies: f.frequencies, Inverse: name == idField, Lengths: f.lengths,
	})
	for _, term := range terms {
		n := f.terms[term]
		w.Term([]byte(term), docs[starts[n]:ends[n]], frequencies[starts[n]:ends[n]])
	}
	w.EndField()
}

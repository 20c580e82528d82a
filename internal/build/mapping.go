package build

import (
	"fmt"

	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	indexapi "github.com/blevesearch/bleve_index_api"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
)

// directMapping gives bleve documents whose terms are counted already, which
// spares it the token stream: bleve would build locations for every token, and
// the index keeps none.
type directMapping struct{ *mapping.IndexMappingImpl }

// newMapping returns the mapping that is stored in each shard. It names the
// registered analyzers, so that plain bleve analyzes a query as the texts were
// analyzed: a match query without a field searches the words of the paragraphs.
//
// It names no folder of dictionaries, since an index may be moved and generations
// share volumes. So bleve segments queries by the program's own dictionaries, even
// if the index has a user dictionary.
func newMapping() directMapping {
	fields := mapping.NewDocumentStaticMapping()
	add := func(analyzer string, names ...string) {
		for _, name := range names {
			f := mapping.NewTextFieldMapping()
			f.Analyzer = analyzer
			f.Store, f.IncludeTermVectors, f.IncludeInAll, f.DocValues = false, false, false, false
			fields.AddFieldMappingsAt(name, f)
		}
	}
	add(analyzer.WordsAnalyzer, engine.Words)
	add(analyzer.GramsAnalyzer, engine.Grams, engine.SectionGrams)
	add(keyword.Name, engine.ArticleID, engine.Date, engine.Publication, engine.Page, engine.PageName,
		engine.Source, engine.Byline, engine.Kind, engine.Section)
	m := mapping.NewIndexMapping()
	m.DefaultMapping = fields
	m.DefaultAnalyzer = analyzer.WordsAnalyzer
	m.DefaultField = engine.Words
	return directMapping{m}
}

// MapDocument adds the fields of data, a []document.Field, to doc.
func (directMapping) MapDocument(doc *document.Document, data any) error {
	fields, ok := data.([]document.Field)
	if !ok {
		return fmt.Errorf("mapping %T: not a list of fields", data)
	}
	for _, f := range fields {
		doc.AddField(f)
	}
	return nil
}

// termField is a field with its terms counted.
type termField struct {
	name    string
	options indexapi.FieldIndexingOptions
	length  int
	terms   indexapi.TokenFrequencies
	bytes   int
}

func (f *termField) Name() string                                        { return f.name }
func (f *termField) Value() []byte                                       { return nil }
func (f *termField) ArrayPositions() []uint64                            { return nil }
func (f *termField) EncodedFieldType() byte                              { return 't' }
func (f *termField) Analyze()                                            {}
func (f *termField) Options() indexapi.FieldIndexingOptions              { return f.options }
func (f *termField) AnalyzedLength() int                                 { return normLength }
func (f *termField) AnalyzedTokenFrequencies() indexapi.TokenFrequencies { return f.terms }
func (f *termField) NumPlainTextBytes() uint64                           { return uint64(f.bytes) }
func (f *termField) Size() int                                           { return f.bytes + f.terms.Size() }

// normLength is stored in each posting as the length of its document. The
// columns have the true lengths; this takes one byte, and they would take two.
const normLength = 1

// expect allocates the map of terms for a text.
func (f *termField) expect(folded string) {
	const (
		size = 3    // bytes of a character, most of which begin a term
		most = 4096 // longer texts repeat their terms
	)
	if f.terms == nil {
		f.terms = make(indexapi.TokenFrequencies, min(len(folded)/size, most))
	}
}

// add counts a token. One that begins before byte boosted counts twice in its
// frequency and once in the length.
func (f *termField) add(t analyzer.Token, boosted int) {
	if f.terms == nil {
		f.terms = make(indexapi.TokenFrequencies)
	}
	tf := f.terms[t.Term]
	if tf == nil {
		tf = &indexapi.TokenFreq{Term: []byte(t.Term)}
		f.terms[t.Term] = tf
	}
	times := 1
	if t.Start < boosted {
		times = 2
	}
	tf.SetFrequency(tf.Frequency() + times)
	f.bytes += len(t.Term)
	if !analyzer.IsJoint(t.Term) { // a joint gram is another way to write what is counted already
		f.length++
	}
}

// keywordField makes a field with one unanalyzed value, without frequencies.
func keywordField(name, value string) *termField {
	f := &termField{
		name:    name,
		options: indexapi.IndexField | indexapi.SkipFreqNorm,
		terms:   make(indexapi.TokenFrequencies, 1),
	}
	f.add(analyzer.Token{Term: value}, 0)
	return f
}

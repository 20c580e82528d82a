package build

import (
	"github.com/blevesearch/bleve/v2/analysis/analyzer/keyword"
	"github.com/blevesearch/bleve/v2/mapping"

	"xunwen/internal/analyzer"
	"xunwen/internal/document"
	"xunwen/internal/engine"
)

// idField is the field with bleve's ids of documents. All are written when the documents are
// known (postings.go).
const idField = "_id"

// newMapping returns the mapping that is stored in each bleve index. It names the
// registered analyzers, so that plain bleve analyzes a query as the texts were
// analyzed: a match query without a field searches the words of the paragraphs.
//
// It names no folder of dictionaries, since an index may be moved and generations
// share volumes. So bleve segments queries by the program's own dictionaries, even
// if the index has a user dictionary.
func newMapping() *mapping.IndexMappingImpl {
	fields := mapping.NewDocumentStaticMapping()
	for _, name := range document.FieldNames() {
		f := mapping.NewTextFieldMapping()
		switch name {
		case engine.Words:
			f.Analyzer = analyzer.WordsAnalyzer
		case engine.Grams, engine.SectionGrams:
			f.Analyzer = analyzer.GramsAnalyzer
		default:
			f.Analyzer = keyword.Name
		}
		f.Store, f.IncludeTermVectors, f.IncludeInAll, f.DocValues = false, false, false, false
		fields.AddFieldMappingsAt(name, f)
	}
	m := mapping.NewIndexMapping()
	m.DefaultMapping = fields
	m.DefaultAnalyzer = analyzer.WordsAnalyzer
	m.DefaultField = engine.Words
	return m
}

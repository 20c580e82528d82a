package document

import "xunwen/internal/engine"

// Fields of a document by number, in byte order of their names.
const (
	ArticleField = iota
	BylineField
	BylineNameField
	DateField
	GramsField
	KindField
	PageField
	PageNameField
	PublicationField
	SectionField
	SectionGramsField
	SourceField
	WordsField
)

// FieldNames returns the names of all fields by number.
func FieldNames() []string {
	return []string{engine.ArticleID, engine.Byline, engine.BylineName, engine.Date, engine.Grams,
		engine.Kind, engine.Page, engine.PageName, engine.Publication, engine.Section, engine.SectionGrams,
		engine.Source, engine.Words}
}

// IsAnalyzed reports whether a field has terms of texts, with frequencies, and not values.
func IsAnalyzed(name string) bool {
	return name == engine.Words || name == engine.Grams || name == engine.SectionGrams
}

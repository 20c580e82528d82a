package build

import (
	"fmt"
	"iter"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/mapping"
	indexapi "github.com/blevesearch/bleve_index_api"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
	"xunwen/internal/news"
)

// directMapping hands bleve documents whose terms are counted already, which
// spares it the token stream: bleve builds locations for every token there,
// and we keep none.
type directMapping struct{ *mapping.IndexMappingImpl }

func newMapping() directMapping { return directMapping{mapping.NewIndexMapping()} }

// MapDocument fills doc with the fields of data, a []document.Field.
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

// normLength is written with each posting as its document's length. The true
// ones are in the columns; this takes one byte, and they would take two.
const normLength = 1

// expect makes room for the terms of a text.
func (f *termField) expect(folded string) {
	const (
		size = 3    // bytes of a character, most of which begin a term
		most = 4096 // longer texts repeat their terms
	)
	if f.terms == nil {
		f.terms = make(indexapi.TokenFrequencies, min(len(folded)/size, most))
	}
}

// count adds a token. One that begins before byte lead counts twice in its
// frequency and once in the length.
func (f *termField) count(t analyzer.Token, lead int) {
	if f.terms == nil {
		f.terms = make(indexapi.TokenFrequencies)
	}
	tf := f.terms[t.Term]
	if tf == nil {
		tf = &indexapi.TokenFreq{Term: []byte(t.Term)}
		f.terms[t.Term] = tf
	}
	times := 1
	if t.Start < lead {
		times = 2
	}
	tf.SetFrequency(tf.Frequency() + times)
	f.bytes += len(t.Term)
	f.length++
}

// keyword makes a field of one value as it is, without frequencies.
func keyword(name, value string) *termField {
	f := &termField{name: name, options: indexapi.IndexField | indexapi.SkipFreqNorm,
		terms: make(indexapi.TokenFrequencies, 1)}
	f.count(analyzer.Token{Term: value}, 0)
	return f
}

// cutter makes the documents of articles.
type cutter struct{ words *analyzer.Analyzer }

// cut is a document ready for bleve, with its lengths for the columns.
type cut struct {
	fields       []document.Field
	words, grams uint32
}

// leadRunes is how many characters of an article's text are its lead, whose
// words count twice: news says first what it is about. It is counted in
// characters and not in paragraphs, so that an article whose paragraphs were
// not kept apart ranks as it would with them (docs/measurements/ranking.md).
const leadRunes = 200

// documents gives an article's documents one by one, since an article may have
// any number of them: the head, then each paragraph.
func (c cutter) documents(a *news.Article) iter.Seq2[int, cut] {
	return func(yield func(int, cut) bool) {
		if !yield(0, c.document(a, nil, 0, a.Title, a.Kicker, a.Subtitle)) {
			return
		}
		lead := leadRunes
		for i := range a.Paragraphs {
			p := &a.Paragraphs[i]
			own := 0
			if p.Kind == news.Body || p.Kind == "" {
				own = lead
				lead -= min(lead, utf8.RuneCountInString(p.Text))
			}
			if !yield(i+1, c.document(a, p, own, p.Text)) {
				return
			}
		}
	}
}

// document cuts texts apart, so that no gram spans two of them. The first lead
// characters of each belong to the article's lead.
func (c cutter) document(a *news.Article, p *news.Paragraph, lead int, texts ...string) cut {
	words := &termField{name: engine.Words, options: indexapi.IndexField}
	grams := &termField{name: engine.Grams, options: indexapi.IndexField}
	for _, text := range texts {
		folded := c.words.FoldString(text)
		end := len(firstRunes(folded, lead))
		words.expect(folded)
		c.words.EachWord(folded, func(t analyzer.Token) { words.count(t, end) })
		grams.expect(folded)
		analyzer.EachGram(folded, func(t analyzer.Token) { grams.count(t, end) })
	}
	d := cut{words: uint32(words.length), grams: uint32(grams.length)}
	d.fields = append(d.fields, words, grams)
	if p == nil {
		d.add(engine.ArticleID, a.ID)
	}
	d.add(engine.Date, a.Date)
	d.add(engine.Publication, a.Publication)
	d.add(engine.Page, a.Page)
	d.add(engine.PageName, a.PageName)
	d.add(engine.Source, a.Source)
	d.add(engine.Byline, a.Byline)
	if p != nil {
		d.add(engine.Kind, string(p.Kind))
		d.add(engine.Section, p.Section)
		if p.Section != "" {
			section := &termField{name: engine.SectionGrams, options: indexapi.IndexField}
			analyzer.EachGram(c.words.FoldString(p.Section), func(t analyzer.Token) { section.count(t, 0) })
			d.fields = append(d.fields, section)
		}
	}
	return d
}

func (d *cut) add(name, value string) {
	if value != "" {
		d.fields = append(d.fields, keyword(name, value))
	}
}

package index

import (
	"fmt"
	"iter"
	"strings"
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
func (f *termField) AnalyzedLength() int                                 { return f.length }
func (f *termField) AnalyzedTokenFrequencies() indexapi.TokenFrequencies { return f.terms }
func (f *termField) NumPlainTextBytes() uint64                           { return uint64(f.bytes) }
func (f *termField) Size() int                                           { return f.bytes + f.terms.Size() }

// counted makes a field of analysed tokens, with frequencies.
func counted(name string, tokens []analyzer.Token) *termField {
	f := &termField{name: name, options: indexapi.IndexField}
	f.add(tokens, 0)
	return f
}

// add counts more tokens; those that begin before byte lead count twice in
// their frequencies and once in the length.
func (f *termField) add(tokens []analyzer.Token, lead int) {
	if f.terms == nil {
		f.terms = make(indexapi.TokenFrequencies, len(tokens))
	}
	f.length += len(tokens)
	for _, t := range tokens {
		f.count(t.Term)
		if t.Start < lead {
			f.count(t.Term)
		}
	}
}

func (f *termField) count(term string) {
	tf := f.terms[term]
	if tf == nil {
		tf = &indexapi.TokenFreq{Term: []byte(term)}
		f.terms[term] = tf
	}
	tf.SetFrequency(tf.Frequency() + 1)
	f.bytes += len(term)
}

// keyword makes a field of one value as it is, without frequencies.
func keyword(name, value string) *termField {
	f := &termField{name: name, options: indexapi.IndexField | indexapi.SkipFreqNorm, length: 1,
		terms: make(indexapi.TokenFrequencies, 1)}
	f.count(value)
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
// not kept apart ranks as it would with them (docs/relevance.md).
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
		end := len(firstRunes(folded, lead)) // within the first piece
		for piece := range pieces(folded) {
			words.add(c.words.Words(piece), end)
			grams.add(analyzer.Grams(piece), end)
			end = 0
		}
	}
	d := cut{words: uint32(words.length), grams: uint32(grams.length)}
	d.fields = append(d.fields, words, grams, keyword(engine.ArticleID, a.ID))
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
			d.fields = append(d.fields, counted(engine.SectionGrams, analyzer.Grams(c.words.FoldString(p.Section))))
		}
	}
	return d
}

func (d *cut) add(name, value string) {
	if value != "" {
		d.fields = append(d.fields, keyword(name, value))
	}
}

// pieceSize is from where on a text is cut in pieces: its tokens, which are
// gone once they are counted, take some 20 times its size. Paragraphs of
// newspapers are hardly ever as long.
const pieceSize = 256 << 10

// pieces gives a folded text in pieces that have the tokens of the whole: each
// ends with a blank or a full stop, which is in no word and no gram.
func pieces(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for len(text) > pieceSize {
			end := strings.IndexAny(text[pieceSize:], " 。")
			if end < 0 {
				break
			}
			_, size := utf8.DecodeRuneInString(text[pieceSize+end:])
			end += pieceSize + size
			if !yield(text[:end]) {
				return
			}
			text = text[end:]
		}
		yield(text)
	}
}

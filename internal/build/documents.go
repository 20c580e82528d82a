package build

import (
	"iter"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/document"
	indexapi "github.com/blevesearch/bleve_index_api"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
	"xunwen/internal/index"
	"xunwen/internal/neardup"
	"xunwen/internal/news"
	"xunwen/internal/suggest"
	"xunwen/internal/textnorm"
)

// documentMaker makes the documents of articles.
type documentMaker struct {
	words *analyzer.Analyzer
	mined *suggest.Miner  // gets the words of each text; nil for none
	sign  *neardup.Signer // gets each article; nil for none
}

// analyzedDocument is a document for bleve, with its columns.
type analyzedDocument struct {
	fields  []document.Field
	columns index.DocumentColumns
}

// boostedRunes is how much of an article's text counts twice, from its beginning: news
// says first what it is about. It is counted in characters and not in
// paragraphs, so that an article without paragraph breaks ranks the same as with
// them (docs/measurements/ranking.md).
const boostedRunes = 200

// of yields an article's documents: the head, then each paragraph. An article
// may have any number of them, so it makes one at a time.
func (m documentMaker) of(a *news.Article) iter.Seq2[int, analyzedDocument] {
	return func(yield func(int, analyzedDocument) bool) {
		headings := []string{
			m.words.FoldString(a.Title), m.words.FoldString(a.Kicker), m.words.FoldString(a.Subtitle),
		}
		if m.sign != nil {
			for _, h := range headings {
				m.sign.AddHeading(h)
			}
		}
		if !yield(0, m.document(a, nil, 0, headings...)) {
			return
		}
		boosted := boostedRunes
		for i := range a.Paragraphs {
			p := &a.Paragraphs[i]
			own := 0
			if p.Kind == news.Body || p.Kind == "" {
				own = boosted
				boosted -= min(boosted, utf8.RuneCountInString(p.Text))
			}
			folded := m.words.FoldString(p.Text)
			if m.sign != nil {
				m.sign.AddParagraph(folded)
			}
			if !yield(i+1, m.document(a, p, own, folded)) {
				return
			}
		}
	}
}

// document analyzes folded texts separately, so that no gram spans two of them. The
// terms in the first boosted characters of each count twice.
func (m documentMaker) document(a *news.Article, p *news.Paragraph, boosted int, texts ...string) analyzedDocument {
	words := &termField{name: engine.Words, options: indexapi.IndexField}
	grams := &termField{name: engine.Grams, options: indexapi.IndexField}
	for _, folded := range texts {
		end := len(firstRunes(folded, boosted))
		words.expect(folded)
		joined := textnorm.Join(folded)
		if m.mined != nil {
			m.mined.Begin(joined)
		}
		m.words.EachWord(folded, func(t analyzer.Token) {
			words.add(t, end)
			if m.mined != nil {
				m.mined.Add(t.Start, t.End)
			}
		})
		grams.expect(folded)
		analyzer.EachGram(folded, func(t analyzer.Token) { grams.add(t, end) })
		analyzer.EachJoinedGram(folded, joined, func(t analyzer.Token) { grams.add(t, end) })
	}
	d := analyzedDocument{columns: index.DocumentColumns{Words: uint32(words.length), Grams: uint32(grams.length)}}
	d.fields = append(d.fields, words, grams)
	if p == nil {
		d.addKeyword(engine.ArticleID, a.ID)
	} else {
		d.columns.EndsSentence = engine.EndsSentence(p.Text)
	}
	d.addKeyword(engine.Date, a.Date)
	d.addKeyword(engine.Publication, a.Publication)
	d.addKeyword(engine.Page, a.Page)
	d.addKeyword(engine.PageName, a.PageName)
	d.addKeyword(engine.Source, a.Source)
	d.addKeyword(engine.Byline, a.Byline)
	if p != nil {
		d.addKeyword(engine.Kind, string(p.Kind))
		d.addKeyword(engine.Section, p.Section)
		if p.Section != "" {
			section := &termField{name: engine.SectionGrams, options: indexapi.IndexField}
			folded := m.words.FoldString(p.Section)
			analyzer.EachGram(folded, func(t analyzer.Token) { section.add(t, 0) })
			analyzer.EachJointGram(folded, func(t analyzer.Token) { section.add(t, 0) })
			d.fields = append(d.fields, section)
		}
	}
	return d
}

// addKeyword adds a field with one value, unless that is empty.
func (d *analyzedDocument) addKeyword(name, value string) {
	if value != "" {
		d.fields = append(d.fields, keywordField(name, value))
	}
}

// firstRunes returns the first n characters of s.
func firstRunes(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i]
		}
	}
	return s
}

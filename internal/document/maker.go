package document

import (
	"iter"
	"unicode/utf8"

	"xunwen/internal/analyzer"
	"xunwen/internal/engine"
	"xunwen/internal/index"
	"xunwen/internal/neardup"
	"xunwen/internal/news"
	"xunwen/internal/segment"
	"xunwen/internal/suggest"
	"xunwen/internal/textnorm"
)

// Maker makes the documents of articles.
type Maker struct {
	Words *analyzer.Analyzer
	Mined *suggest.Miner  // gets the words of each text; nil for none
	Sign  *neardup.Signer // gets each article; nil for none
	Terms Counter
}

// Counter gets the terms of a document.
type Counter interface {
	// Add adds to the frequency of a term in a field. The term may change afterwards.
	Add(field int, term string, times int)
}

// boostedRunes is how much of an article's text counts twice, from its beginning: news
// says first what it is about. It is counted in characters and not in
// paragraphs, so that an article without paragraph breaks ranks the same as with
// them (docs/measurements/ranking.md).
const boostedRunes = 200

// Of yields an article's documents when all their terms are counted: the head, then each
// paragraph. An article may have any number of them, so it makes one at a time.
func (m Maker) Of(a *news.Article) iter.Seq2[int, index.DocumentColumns] {
	return func(yield func(int, index.DocumentColumns) bool) {
		headings := []string{
			m.Words.FoldString(a.Title), m.Words.FoldString(a.Kicker), m.Words.FoldString(a.Subtitle),
		}
		if m.Sign != nil {
			for _, h := range headings {
				m.Sign.AddHeading(h)
			}
		}
		if !yield(0, m.document(a, nil, 0, headings...)) {
			return
		}
		boosted := boostedRunes
		for i := range a.Paragraphs {
			p := &a.Paragraphs[i]
			own := 0
			if boosted > 0 && (p.Kind == news.Body || p.Kind == "") {
				own = boosted
				boosted -= min(boosted, utf8.RuneCountInString(p.Text))
			}
			folded := m.Words.FoldString(p.Text)
			if m.Sign != nil {
				m.Sign.AddParagraph(folded)
			}
			if !yield(i+1, m.document(a, p, own, folded)) {
				return
			}
		}
	}
}

// document analyzes folded texts separately, so that no gram spans two of them. The
// terms in the first boosted characters of each count twice.
func (m Maker) document(
	a *news.Article, p *news.Paragraph, boosted int, texts ...string,
) index.DocumentColumns {
	var c index.DocumentColumns
	for _, folded := range texts {
		end, joined := len(textnorm.First(folded, boosted)), textnorm.Join(folded)
		c.Words += m.addWords(folded, joined, end)
		c.Grams += m.addGrams(GramsField, folded, joined, end)
	}
	if m.Mined != nil {
		m.Mined.EndDocument()
	}
	if p == nil {
		m.addKeyword(ArticleField, a.ID)
		for _, name := range engine.BylineNames(m.Words, a.Byline) {
			m.addKeyword(BylineNameField, name)
		}
	}
	m.addKeyword(DateField, a.Date)
	m.addKeyword(PublicationField, a.Publication)
	m.addKeyword(PageField, a.Page)
	m.addKeyword(PageNameField, a.PageName)
	m.addKeyword(SourceField, a.Source)
	m.addKeyword(BylineField, a.Byline)
	if p != nil {
		m.addKeyword(KindField, string(p.Kind))
		m.addKeyword(SectionField, p.Section)
		if p.Section != "" {
			folded := m.Words.FoldString(p.Section)
			m.addGrams(SectionGramsField, folded, textnorm.Join(folded), 0)
		}
	}
	return c
}

// addWords adds the words of a folded text, and returns its length in words. One that
// begins before byte boosted counts twice in its frequency and once in the length.
func (m Maker) addWords(folded string, joined textnorm.Joined, boosted int) (length uint32) {
	if m.Mined != nil {
		m.Mined.Begin(joined)
	}
	m.Words.EachJoinedWord(folded, joined, func(t analyzer.Token, mayBeGuessed bool) {
		m.add(WordsField, t, boosted)
		if m.Mined != nil {
			m.Mined.Add(t.Start, t.End, mayBeGuessed)
		}
		if !analyzer.IsJoint(t.Term) { // another way to write what is counted already
			length++
		}
	})
	return length
}

// addGrams adds the grams of a folded text to a field, and returns its length in grams.
func (m Maker) addGrams(field int, folded string, joined textnorm.Joined, boosted int) (length uint32) {
	analyzer.EachGram(folded, func(t analyzer.Token) {
		m.add(field, t, boosted)
		length++
	})
	analyzer.EachJoinedGram(folded, joined, func(t analyzer.Token) { m.add(field, t, boosted) })
	return length
}

// add adds a token to a field, twice if it begins before byte boosted.
func (m Maker) add(field int, t analyzer.Token, boosted int) {
	times := 1
	if t.Start < boosted {
		times = 2
	}
	m.Terms.Add(field, t.Term, times)
}

// addKeyword adds a field with one value, unless that is empty. Of one that is too long for a
// segment it keeps the beginning.
func (m Maker) addKeyword(field int, value string) {
	if value != "" {
		m.Terms.Add(field, value[:min(len(value), segment.MaxTerm)], 1)
	}
}

package engine

import "xunwen/internal/search"

// Statistics are those of a collection of which an index has only some articles. Scores are then
// computed by them, so that they are what an index of the whole collection would give.
type Statistics interface {
	Sizes() Sizes
	// Term returns how many documents and articles have a term of a channel, direct or joint. Of
	// Operands, these are the documents with all grams of a text.
	Term(channel, text string) (documents, articles int)
	// Units returns for each unit how many members have it, in any text: by article of the
	// items and other articles, by paragraph of the paragraphs. With synonyms, what has these
	// instead counts, too.
	Units(by search.By, of UnitsOf, synonyms bool) []int
}

// Sizes are how large a collection is.
type Sizes struct {
	Articles, Items, Documents int // an article that is no round-up is one item
	Words, Grams               MeanLengths
}

// MeanLengths are the mean lengths of texts in a channel.
type MeanLengths struct{ Article, Paragraph, Head float64 }

// Operands is the channel of whole operands.
const Operands = operandChannel

// Sizes returns the sizes of an index.
func (c *Columns) Sizes() Sizes {
	means := func(l *lengths) MeanLengths { return MeanLengths{l.whole.mean, l.paragraph.mean, l.head.mean} }
	return Sizes{
		Articles: len(c.Day), Items: len(c.items.start), Documents: len(c.Article),
		Words: means(c.words), Grams: means(c.grams),
	}
}

// setMeans replaces the mean lengths of the index by others.
func (c *Columns) setMeans(s Sizes) {
	c.words.setMeans(s.Words)
	c.grams.setMeans(s.Grams)
}

func (l *lengths) setMeans(m MeanLengths) {
	l.whole, l.paragraph, l.head = newNorms(m.Article), newNorms(m.Paragraph), newNorms(m.Head)
}

// sizes returns the sizes of the collection.
func (sn *snapshot) sizes() Sizes {
	if sn.statistics != nil {
		return sn.statistics.Sizes()
	}
	return Sizes{
		Articles: len(sn.columns.Day), Items: len(sn.columns.items.start), Documents: len(sn.columns.Article),
	}
}

// documentFrequency returns how many documents of the collection have a word.
func (sn *snapshot) documentFrequency(word string) (int, error) {
	if sn.statistics != nil {
		documents, _ := sn.statistics.Term(Words, word)
		return documents, nil
	}
	return sn.postings.Count(Words, word)
}

// articlesWith returns how many articles of the collection have a word, whose postings in the index are given.
func (sn *snapshot) articlesWith(word string, l *postings) int {
	if sn.statistics != nil {
		_, articles := sn.statistics.Term(Words, word)
		return articles
	}
	n, last := 0, -1
	for _, doc := range l.docs {
		if a := int(sn.columns.Article[doc]); a != last {
			n, last = n+1, a
		}
	}
	return n
}

// members returns how many members of a scope the collection has: one more than the highest number
// that one can have.
func (sn *snapshot) members(s scope) int {
	if sn.statistics == nil {
		return s.size()
	}
	sizes := sn.statistics.Sizes()
	switch {
	case s.by == search.ByParagraph:
		return sizes.Documents
	case s.items:
		return sizes.Items
	}
	return sizes.Articles
}

// frequencies returns how many documents and articles of the collection have the term of a list.
func (sn *snapshot) frequencies(l *postingList, t term) (documents, articles int) {
	if sn.statistics != nil {
		return sn.statistics.Term(t.field, t.text)
	}
	return l.documents, l.articles
}

package engine

import (
	"cmp"

	"github.com/RoaringBitmap/roaring/v2"
)

// Columns has the values of every document and article that searches need in memory,
// by number.
type Columns struct {
	// By document.
	Article    []uint32 // the article it belongs to, in rising order
	WordLength []uint32 // tokens in the words channel
	GramLength []uint32 // tokens in the grams channel

	// The documents that begin items of round-ups, in order.
	ItemStarts []uint32

	// By article.
	Day        []int32           // days since 1970-01-01, NoDay without a date
	Characters []uint32          // of the texts of its paragraphs, without white space
	Sequence   []uint32          // its place in the order in which articles were read
	Group      []uint32          // the first article of its group of near-duplicates; itself if it has none
	ID         map[uint32]string // of the articles with near-duplicates
	first      []uint32          // its head; one more entry at the end

	heads          *roaring.Bitmap // the documents with paragraph 0
	nearDuplicates *nearDuplicates
	values         map[string]*lazy[*Values] // by field
	items          items

	words, grams *lengths
}

// NoDay is the day of an article without a date; it sorts before all others.
const NoDay = -1 << 31

// lengths are the lengths in one channel and their norms, for BM25.
type lengths struct {
	document []uint32 // by document
	article  []uint32 // by article, head included

	whole, paragraph, head norms // of articles, paragraphs, heads
}

// norms are the norms of texts with some mean length.
type norms struct {
	mean float64
	few  [fewLengths]float64 // of the lengths from 0 on
}

// fewLengths is the number of lengths with norms that are ready: more than most texts have.
const fewLengths = 2048

func newNorms(mean float64) norms {
	n := norms{mean: mean}
	for length := range n.few {
		n.few[length] = norm(uint32(length), mean)
	}
	return n
}

func (n *norms) of(length uint32) float64 {
	if length < fewLengths {
		return n.few[length]
	}
	return norm(length, n.mean)
}

// Index completes c once the exported fields are filled.
func (c *Columns) Index() {
	n := len(c.Day)
	c.first = make([]uint32, n+1)
	for _, a := range c.Article {
		c.first[a+1]++
	}
	for i := range n {
		c.first[i+1] += c.first[i]
	}
	c.heads = roaring.New()
	c.heads.AddMany(c.first[:n])
	c.items.number(c, c.ItemStarts)
	c.nearDuplicates = newNearDuplicates(c.Group, c.Sequence)
	c.words = sumLengths(c, c.WordLength)
	c.grams = sumLengths(c, c.GramLength)
}

func sumLengths(c *Columns, byDoc []uint32) *lengths {
	l := &lengths{document: byDoc, article: make([]uint32, len(c.Day))}
	var head, all uint64
	for doc, n := range byDoc {
		l.article[c.Article[doc]] += n
		all += uint64(n)
	}
	for _, doc := range c.first[:len(c.Day)] {
		head += uint64(byDoc[doc])
	}
	articles := len(c.Day)
	l.whole = newNorms(mean(all, articles))
	l.head = newNorms(mean(head, articles))
	l.paragraph = newNorms(mean(all-head, len(byDoc)-articles))
	return l
}

// mean is never 0: it is divided by.
func mean(sum uint64, n int) float64 {
	if n <= 0 || sum == 0 {
		return 1
	}
	return float64(sum) / float64(n)
}

// documents returns the range [head, end) of an article's documents.
func (c *Columns) documents(article uint32) (head, end uint32) {
	return c.first[article], c.first[article+1]
}

// sameArticles returns all documents of the articles that docs belong to.
func (c *Columns) sameArticles(docs *roaring.Bitmap) *roaring.Bitmap {
	out := roaring.New()
	for it := docs.Iterator(); it.HasNext(); {
		head, end := c.documents(c.Article[it.Next()])
		out.AddRange(uint64(head), uint64(end))
		it.AdvanceIfNeeded(end)
	}
	return out
}

// bySequence compares articles by the order in which they were read.
func (c *Columns) bySequence(a, b uint32) int { return cmp.Compare(c.Sequence[a], c.Sequence[b]) }

// isHead reports whether a document is the head of its article.
func (c *Columns) isHead(doc uint32) bool { return doc == 0 || c.Article[doc] != c.Article[doc-1] }

// paragraph is a document's number in its article: 0 for the head, else from 1.
func (c *Columns) paragraph(doc uint32) uint32 { return doc - c.first[c.Article[doc]] }

// lengths returns the lengths of a field's channel.
func (c *Columns) lengths(field string) *lengths {
	if field == Words {
		return c.words
	}
	return c.grams
}

// appendOf appends the lengths of documents. To read many at once takes much less time than each
// where it is needed: they are far from one another, and the processor waits for several at a time.
func (l *lengths) appendOf(to, docs []uint32) []uint32 {
	for _, doc := range docs {
		to = append(to, l.document[doc])
	}
	return to
}

// normOf is norm for a document with a length, the head of an article or another one.
func (l *lengths) normOf(length uint32, isHead bool) float64 {
	if isHead {
		return l.head.of(length)
	}
	return l.paragraph.of(length)
}

// ofItem is norm for an item of the article that begins with head, which is included.
func (l *lengths) ofItem(head uint32, item DocumentRange) float64 {
	length := l.document[head]
	for _, n := range l.document[item.From:item.End] {
		length += n
	}
	return l.whole.of(length)
}

// ofArticle is norm for an article.
func (l *lengths) ofArticle(a uint32) float64 { return l.whole.of(l.article[a]) }

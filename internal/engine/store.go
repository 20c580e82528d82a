package engine

import (
	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/analyzer"
	"xunwen/internal/news"
	"xunwen/internal/textnorm"
)

// The fields of a document. Words, Grams and SectionGrams are analysed and
// carry frequencies; the others hold one value as it is.
const (
	Words        = "words"
	Grams        = "grams"
	SectionGrams = "section_grams"

	ArticleID   = "article"
	Section     = "section"
	Kind        = "kind"
	Date        = "date"
	Publication = "publication"
	Page        = "page"
	PageName    = "page_name"
	Source      = "source"
	Byline      = "byline"
)

// Postings reads the inverted lists of one generation. Documents are numbered
// from 0. It is safe for concurrent use.
type Postings interface {
	// Documents returns the documents that hold term in field. The bitmap
	// must not be changed and not outlive the generation.
	Documents(field, term string) (*roaring.Bitmap, error)
	// Frequencies calls visit for each document that holds term in field
	// with the term's frequency there, in rising order of documents within
	// each of the storage's segments.
	Frequencies(field, term string, visit func(doc, frequency uint32)) error
	// Terms calls visit for each term of field in [from, to), in byte order;
	// a term may come more than once. to "" is no bound.
	Terms(field, from, to string, visit func(term string) error) error
}

// Records gives the articles back by their number.
type Records interface {
	Get(article int) (news.Article, error)
}

// Segmenter folds text and cuts folded text as the index was folded and cut.
type Segmenter interface {
	Fold(text string) textnorm.Folded
	FoldString(text string) string
	Segment(folded string) []analyzer.Token
	IsStopWord(term string) bool
}

// Columns holds what is known of every document and article, by number.
type Columns struct {
	// By document.
	Article    []uint32 // the article it belongs to
	Paragraph  []uint32 // 0 for the head, else n
	WordLength []uint32 // tokens in the words channel
	GramLength []uint32 // tokens in the grams channel

	// By article.
	Day   []int32  // days since 1970-01-01, NoDay without a date
	first []uint32 // index in order of its head; one more entry at the end

	order []uint32        // documents by article, then by paragraph
	heads *roaring.Bitmap // the documents with paragraph 0

	words, grams lengths
}

// NoDay is the day of an article without a date; it sorts before all others.
const NoDay = -1 << 31

// lengths sums up one channel's lengths, for BM25.
type lengths struct {
	article       []uint32 // by article, head included
	meanArticle   float64
	meanParagraph float64
	meanHead      float64
}

// Index completes c after the columns by document and Day were filled.
func (c *Columns) Index() {
	n := len(c.Day)
	c.first = make([]uint32, n+1)
	for _, a := range c.Article {
		c.first[a+1]++
	}
	for i := 1; i <= n; i++ {
		c.first[i] += c.first[i-1]
	}
	c.order = make([]uint32, len(c.Article))
	c.heads = roaring.New()
	for doc, a := range c.Article {
		c.order[c.first[a]+c.Paragraph[doc]] = uint32(doc)
		if c.Paragraph[doc] == 0 {
			c.heads.Add(uint32(doc))
		}
	}
	c.words = sumLengths(c, c.WordLength)
	c.grams = sumLengths(c, c.GramLength)
}

func sumLengths(c *Columns, byDoc []uint32) lengths {
	l := lengths{article: make([]uint32, len(c.Day))}
	var head, all uint64
	for doc, n := range byDoc {
		l.article[c.Article[doc]] += n
		all += uint64(n)
		if c.Paragraph[doc] == 0 {
			head += uint64(n)
		}
	}
	articles := len(c.Day)
	l.meanArticle = mean(all, articles)
	l.meanHead = mean(head, articles)
	l.meanParagraph = mean(all-head, len(byDoc)-articles)
	return l
}

// mean is never 0, so that it can divide.
func mean(sum uint64, n int) float64 {
	if n <= 0 || sum == 0 {
		return 1
	}
	return float64(sum) / float64(n)
}

// documents lists an article's documents by paragraph, the head first.
func (c *Columns) documents(article uint32) []uint32 {
	return c.order[c.first[article]:c.first[article+1]]
}

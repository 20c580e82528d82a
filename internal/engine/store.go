package engine

import (
	"math"

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
// from 0 by article and then by paragraph, the head first. It is safe for
// concurrent use.
type Postings interface {
	// Documents returns the documents that hold one of terms at least in
	// field. The bitmap is the caller's.
	Documents(field string, terms ...string) (*roaring.Bitmap, error)
	// Common returns the documents that hold all of terms in field. The bitmap
	// is the caller's; of no terms it is empty.
	Common(field string, terms ...string) (*roaring.Bitmap, error)
	// List returns the documents that hold term in field, rising, with the
	// term's frequency in each; more than MaxFrequency counts as that.
	List(field, term string) (docs []uint32, frequencies []uint16, err error)
	// Count returns how many documents hold term in field.
	Count(field, term string) (int, error)
	// Terms calls visit for each term of field in [from, to), in byte order;
	// a term may come more than once. to "" is no bound.
	Terms(field, from, to string, visit func(term string) error) error
}

// MaxFrequency is the highest frequency that is told from others: BM25 hardly
// tells so many from more.
const MaxFrequency = math.MaxUint16

// Records gives the articles back by their number.
type Records interface {
	Get(article int) (news.Article, error)
}

// Segmenter folds text and cuts folded text as the index was folded and cut.
type Segmenter interface {
	Fold(text string) textnorm.Folded
	FoldString(text string) string
	Segment(folded string) []analyzer.Token
	// Synonyms returns what parts of a folded text that was cut into tokens
	// may also stand for.
	Synonyms(folded string, tokens []analyzer.Token) []analyzer.Synonym
	IsStopWord(term string) bool
}

// Columns holds what is known of every document and article, by number.
type Columns struct {
	// By document.
	Article    []uint32 // the article it belongs to, never falling
	WordLength []uint32 // tokens in the words channel
	GramLength []uint32 // tokens in the grams channel

	// By article.
	Day   []int32           // days since 1970-01-01, NoDay without a date
	Group []uint32          // the first article of its group of near-duplicates; alone, itself
	ID    map[uint32]string // of the articles that are not alone
	first []uint32          // its head; one more entry at the end

	heads  *roaring.Bitmap // the documents with paragraph 0
	copies copies
	values map[string]*Values // by field

	words, grams lengths
}

// NoDay is the day of an article without a date; it sorts before all others.
const NoDay = -1 << 31

// lengths sums up one channel's lengths, for BM25.
type lengths struct {
	document      []uint32 // by document
	article       []uint32 // by article, head included
	meanArticle   float64
	meanParagraph float64
	meanHead      float64
}

// Index completes c after all the others were filled.
func (c *Columns) Index() {
	n := len(c.Day)
	c.first = make([]uint32, n+1)
	for _, a := range c.Article {
		c.first[a+1]++
	}
	c.heads = roaring.New()
	for i := range n {
		c.heads.Add(c.first[i])
		c.first[i+1] += c.first[i]
	}
	c.copies = newCopies(c.Group)
	c.words = sumLengths(c, c.WordLength)
	c.grams = sumLengths(c, c.GramLength)
}

func sumLengths(c *Columns, byDoc []uint32) lengths {
	l := lengths{document: byDoc, article: make([]uint32, len(c.Day))}
	var head, all uint64
	for doc, n := range byDoc {
		l.article[c.Article[doc]] += n
		all += uint64(n)
	}
	for _, doc := range c.first[:len(c.Day)] {
		head += uint64(byDoc[doc])
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

// documents returns the first of an article's documents, its head, and the one
// behind its last.
func (c *Columns) documents(article uint32) (head, end uint32) {
	return c.first[article], c.first[article+1]
}

// paragraph is a document's place in its article: 0 for the head, else n.
func (c *Columns) paragraph(doc uint32) uint32 { return doc - c.first[c.Article[doc]] }

// lengths returns the lengths that count for a field.
func (c *Columns) lengths(field string) *lengths {
	if field == Grams {
		return &c.grams
	}
	return &c.words
}

// ofDocument is norm for a document of an article that begins with head.
func (l *lengths) ofDocument(doc, head uint32) float64 {
	if doc == head {
		return norm(l.document[doc], l.meanHead)
	}
	return norm(l.document[doc], l.meanParagraph)
}

// ofArticle is norm for an article.
func (l *lengths) ofArticle(a uint32) float64 { return norm(l.article[a], l.meanArticle) }

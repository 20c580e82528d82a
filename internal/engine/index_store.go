package engine

import (
	"math"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/analyzer"
	"xunwen/internal/news"
	"xunwen/internal/textnorm"
)

// The fields of a document. Words, Grams and SectionGrams are analysed and
// have frequencies; BylineName has several values, the others have one, as it is.
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
	BylineName  = "byline_name" // of heads: the names in the byline, see BylineNames
)

// Postings reads the posting lists of one generation. Documents are numbered from 0
// by article and then by paragraph, the head first. It is safe for
// concurrent use.
type Postings interface {
	// Documents returns the documents with any of terms in field. The bitmap is the
	// caller's.
	Documents(field string, terms ...string) (*roaring.Bitmap, error)
	// Common returns the documents with all of terms in field. The bitmap is the
	// caller's; without terms it is empty.
	Common(field string, terms ...string) (*roaring.Bitmap, error)
	// Between returns the documents with any term in [from, to) in field. The bitmap is the
	// caller's.
	Between(field, from, to string) (*roaring.Bitmap, error)
	// List looks up the posting list of term in field; nil if no document has it.
	List(field, term string) (List, error)
	// Count returns the document frequency of term in field.
	Count(field, term string) (int, error)
	// Terms calls visit for each term of field in [from, to), in byte order;
	// a term may come more than once. to "" is no bound.
	Terms(field, from, to string, visit func(term string) error) error
}

// List is the posting list of a term: documents, ascending, and its frequency in each, at
// most MaxFrequency. It is safe for concurrent use.
type List interface {
	// Len returns the number of documents.
	Len() int
	// Articles returns the number of articles; ok is false if it must be counted.
	Articles() (n int, ok bool)
	// AppendDocs appends all documents.
	AppendDocs(to []uint32) ([]uint32, error)
	// Retain returns those of docs, sorted, that the list has. It changes docs.
	Retain(docs []uint32) ([]uint32, error)
	// AppendWithin appends the postings of documents in ranges, which ascend, each of
	// one article or more.
	AppendWithin(docs []uint32, frequencies []uint16, ranges []DocumentRange) ([]uint32, []uint16, error)
	// AppendIn is AppendWithin for a bit set of all documents, which has some in the range
	// alone: it reads all of the list there, but costs the same for any number of documents.
	AppendIn(docs []uint32, frequencies []uint16, set []uint64, within DocumentRange) ([]uint32, []uint16, error)
}

// MaxFrequency is the highest frequency that is kept: for BM25 a higher one makes
// hardly a difference.
const MaxFrequency = math.MaxUint16

// Records reads articles by their number.
type Records interface {
	Get(article int) (news.Article, error)
	// Texts returns a reader of single texts, which are compared with a query.
	Texts() Texts
	// Outlines returns a reader of articles of which only some texts are needed.
	Outlines() Outlines
}

// Outlines reads articles without the texts of their paragraphs, which are read one by one. It
// must not be used by two goroutines at a time.
type Outlines interface {
	// Open returns an article; its paragraphs are valid until the next call.
	Open(article int) (news.Article, error)
	// AppendText appends the text of a paragraph, from 0, of the open article, and may leave out
	// what follows its first bytes, of which most are wanted.
	AppendText(to []byte, paragraph, most int) ([]byte, error)
}

// Texts reads single texts of articles. It must not be used by two goroutines at a time.
type Texts interface {
	// Open makes an article the one whose texts are read.
	Open(article int) error
	// Announce says which articles will be opened next.
	Announce(articles []uint32)
	// AppendLoose appends a text of the article, of its paragraph from 0 or of the article
	// itself, as textnorm.Folder.Loose folds it, and says what that leaves to do.
	AppendLoose(to []byte, which Text, paragraph int) ([]byte, textnorm.Left, error)
	// Seek says what Contains looks for: a folded phrase of Han characters.
	Seek(phrase string)
	// Contains reports whether a text in normal form contains what is sought, without
	// decoding it. If it isn't sure, AppendLoose has to be asked.
	Contains(which Text, paragraph int) (found, sure bool, err error)
	// SeekAround says what Around looks for: words of Han characters that are within so many
	// characters, in any order.
	SeekAround(words []string, reach int)
	// Around calls visit with parts of a text, in normal form but for ideographic full stops
	// next to one another, until it returns false. Wherever the words may be, a part has as
	// many characters before and after the last of them. The rest isn't decoded. If it isn't
	// sure, AppendLoose has to be asked: there may be other parts.
	Around(which Text, paragraph int, visit func(part []byte) (more bool)) (sure bool, err error)
}

// Text is which text of an article or a paragraph is meant.
type Text int

// The texts that are compared with a query.
const (
	TitleText Text = iota // of an article
	KickerText
	SubtitleText
	ParagraphText // of a paragraph
	SectionText
)

// Segmenter folds text and segments folded text as the index was built.
type Segmenter interface {
	Fold(text string) textnorm.Folded
	FoldIn(memory *textnorm.Scratch, text string) textnorm.Folded
	FoldString(text string) string
	Segment(folded string) []analyzer.Token
	// Synonyms returns the synonyms of parts of a folded text with its tokens.
	Synonyms(folded string, tokens []analyzer.Token) []analyzer.Synonym
	IsStopWord(term string) bool
	// IsWord reports whether a folded term is a word of the dictionaries.
	IsWord(term string) bool
}

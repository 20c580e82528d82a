package search

import (
	"context"
	"errors"

	"xunwen/internal/news"
	"xunwen/internal/query"
)

// By says what a hit is.
type By string

// Sort says in which order hits come.
type Sort string

// The values of By and Sort. The zero values mean ByArticle and ByRelevance.
const (
	ByArticle   By = "article"
	ByParagraph By = "paragraph"

	ByRelevance Sort = "relevance"
	Newest      Sort = "newest"
	Oldest      Sort = "oldest"
)

// MaxSize is the most hits one Response may hold.
const MaxSize = 100

// Request is one question. Query nil matches everything that the filter lets
// through; then the order is by date.
type Request struct {
	Query        query.Node
	By           By
	Sort         Sort
	Size         int    // 1 to MaxSize
	Cursor       string // "" for the first hits, else Response.Cursor of the last answer
	Filter       Filter
	NoHighlights bool // hits have no marks and no paragraphs, and nothing is suggested
	Uncollapsed  bool // near-duplicates are hits of their own; else they collapse into one. By paragraph nothing collapses

	Explain     bool          // each hit has its Explanation, and the response its Plan
	Facets      *FacetRequest // nil for none
	MarkedTexts bool          // each hit has its MarkedTexts
}

// Filter narrows a search; values of one member mean either. An empty member
// filters nothing.
type Filter struct {
	Publication, Section, Source, Page, PageName, Kind []string

	From, To string // calendar days, both included, each may be ""
}

// Relation says how exact Response.Total is.
type Relation string

// Eq: exactly Total. Gte: at least Total.
const (
	Eq  Relation = "eq"
	Gte Relation = "gte"
)

// Response is the answer to one Request, all of it from one generation.
type Response struct {
	Generation string
	Total      int
	Relation   Relation
	Hits       []Hit
	Cursor     string // for the next hits; "" after the last one

	// DidYouMean is the query that was meant where words of it look misspelt,
	// in the query language; it finds something. "" for none. It comes with the first hits of an
	// order by relevance.
	DidYouMean string

	Facets *Facets // nil unless they were asked for

	// Plan says how the engine matched the query, a line a node, for people to
	// read; "" unless Explain was asked for.
	Plan string
}

// Hit is one article, or by paragraph one paragraph with its article's data.
// Near-duplicates fold into the one that comes first in the order asked for:
// those of its group that match and pass the filter themselves, so that Total
// counts the same groups with any order.
type Hit struct {
	Article        news.Article // without paragraphs
	Opening        string       // how an article without title, kicker and subtitle begins, a line at most; else ""
	Score          float64
	TitleMarks     []Span // into Article.Title
	Paragraphs     []Match
	Explanation    *Explanation    // nil unless it was asked for
	MarkedTexts    []Marked        // all that is marked in it, as in an export; nil unless it was asked for
	NearDuplicates []NearDuplicate // the near-duplicates that fold into this hit, in order of reading
}

// NearDuplicate names a near-duplicate of a hit.
type NearDuplicate struct{ ID, Publication, Date string }

// NearDuplicateIDs returns the ids of the near-duplicates that fold into the hit.
func (h Hit) NearDuplicateIDs() []string {
	ids := make([]string, len(h.NearDuplicates))
	for i, c := range h.NearDuplicates {
		ids[i] = c.ID
	}
	return ids
}

// Match is a paragraph that is shown under a hit.
type Match struct {
	N            int // from 1
	Section      string
	SectionMarks []Span // into Section
	Kind         news.Kind
	Score        float64
	Snippet      Snippet
}

// Snippet is what is shown of a paragraph: one or more fragments in the order
// of its text, with text left out between them.
type Snippet struct {
	Fragments []Fragment
	Before    bool // text was left out before the first fragment
	After     bool // and after the last
}

// Fragment is a piece of a text.
type Fragment struct {
	Start int // where Text begins in the whole, in bytes
	Text  string
	Marks []Span // into Text, in order, apart
}

// Span is a half-open range of byte offsets.
type Span struct{ Start, End int }

// ArticleRequest asks for one article; Query nil marks nothing.
type ArticleRequest struct {
	ID    string
	Query query.Node
}

// MarkedArticle is an article with the places that a query matches.
type MarkedArticle struct {
	Generation string
	Article    news.Article
	Title      []Span   // into Article.Title
	Kicker     []Span   // into Article.Kicker; a query for titles looks there too
	Subtitle   []Span   // into Article.Subtitle, likewise
	Sections   [][]Span // into the Section of each of Article.Paragraphs
	Paragraphs [][]Span // into their Text
}

// CompletionRequest asks for words of the index that begin as Text does, by
// their characters, their pinyin or both.
type CompletionRequest struct {
	Text string
	Size int // 1 to MaxSize
}

// Completion is a word of the index, folded.
type Completion struct {
	Text  string
	Count int // headings and paragraphs that hold it
}

// SimilarRequest asks for the articles most like one.
type SimilarRequest struct {
	ID   string
	Size int // 1 to MaxSize
}

// Related are articles that have to do with another: hits without marks and
// paragraphs.
type Related struct {
	Generation string
	Hits       []Hit
}

// Errors that a caller decides on; engines wrap them.
var (
	ErrNotFound      = errors.New("no such article")
	ErrNotReady      = errors.New("no index is published yet")
	ErrDamaged       = errors.New("the index was damaged on the disk while it was served")
	ErrTooBroad      = errors.New("the query's prefixes stand for too many words")
	ErrBusy          = errors.New("too many questions are asked at once")
	ErrBadCursor     = errors.New("the cursor does not belong to this query")
	ErrCursorExpired = errors.New("the cursor belongs to an earlier generation of the index")
)

// Engine answers questions over one published index. It is safe for
// concurrent use; every answer comes from one generation. Where it bounds what
// it does at once, each question may also return ErrBusy, wrapped.
type Engine interface {
	// Search returns ErrBadCursor, ErrCursorExpired, ErrTooBroad, ErrNotReady
	// or ErrDamaged, wrapped.
	Search(context.Context, Request) (Response, error)
	// Article returns ErrNotFound, ErrNotReady or ErrDamaged, wrapped.
	Article(context.Context, ArticleRequest) (MarkedArticle, error)
	// Similar returns the articles most like one by their words, the likest
	// first, each group of near-duplicates once and the article's own not at all;
	// Score says how alike, in this answer only. Errors as Article.
	Similar(context.Context, SimilarRequest) (Related, error)
	// NearDuplicates returns the other articles of an article's group of near-duplicates,
	// in order of reading. Errors as Article.
	NearDuplicates(ctx context.Context, id string) (Related, error)
	// Complete returns words that were perhaps begun, the most frequent
	// first, or ErrNotReady, wrapped.
	Complete(context.Context, CompletionRequest) ([]Completion, error)
	// Trends counts the hits of queries over time. Errors as Article but for
	// ErrNotFound, and so do the next three.
	Trends(context.Context, TrendsRequest) (Trends, error)
	// Publications lists the publications of the index.
	Publications(context.Context) (Publications, error)
	// Issues lists the days of a publication's issues.
	Issues(ctx context.Context, publication string) (Issues, error)
	// Issue lists the pages and articles of one issue.
	Issue(context.Context, IssueRequest) (Issue, error)
	// Export hands every hit to the sink, in order, all of one generation even
	// where another is published meanwhile. Nothing is handed over before the
	// first error of a request; an error of the sink ends it and is returned.
	Export(context.Context, ExportRequest, Sink) error
	// Generation names what is served now, "" before the first.
	Generation() string
}

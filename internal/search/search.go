package search

import (
	"context"
	"errors"
	"fmt"

	"xunwen/internal/news"
	"xunwen/internal/query"
)

// By is what a hit is.
type By string

// Sort is the order of hits.
type Sort string

// The values of By and Sort. The zero values mean ByArticle and ByRelevance.
const (
	ByArticle   By = "article"
	ByParagraph By = "paragraph"

	ByRelevance Sort = "relevance"
	Newest      Sort = "newest"
	Oldest      Sort = "oldest"

	// Reprinted orders hits by how many near-duplicates collapse into them, the most first;
	// equal ones, and near-duplicates among themselves, as Oldest does.
	Reprinted Sort = "reprinted"
)

// Matching is what a short operand, such as a name, needs of a text.
type Matching string

// The values of Matching. The zero value means Together.
const (
	Together Matching = "together" // its words are next to each other, or near
	Anywhere Matching = "anywhere" // its words are in any places of the article
)

// MaxSize is the most hits one Response may hold.
const MaxSize = 100

// Request is a search. A Query of nil matches everything that passes the filter;
// then relevance means newest.
type Request struct {
	Query       query.Node
	By          By
	Sort        Sort
	Size        int    // 1 to MaxSize
	Cursor      string // "" for the first hits, else Response.Cursor of the response before
	Filter      Filter
	Match       Matching
	Uncollapsed bool // near-duplicates are hits of their own, as they always are by paragraph

	NoHighlights  bool // hits have no marks and no paragraphs
	NoSuggestions bool // the response has no DidYouMean and no Named
	Internal      bool // the server asks on its own: metrics don't count a reader's search

	Explain     bool          // each hit has its Explanation, and the response its Plan
	Facets      *FacetRequest // nil for none
	MarkedTexts bool          // each hit has its MarkedTexts
}

// Filter narrows a search: a hit has one of the values of every field with values.
type Filter struct {
	Publication, Section, Source, Page, PageName, Kind []string

	From, To string // calendar days, both included; each may be ""
}

// Relation is how exact Response.Total is.
type Relation string

// Eq: exactly Total. Gte: at least Total, from engines that stop counting at a bound;
// the engine of package engine counts every hit and never returns it.
const (
	Eq  Relation = "eq"
	Gte Relation = "gte"
)

// Response is the response to one Request, all of it from one generation.
type Response struct {
	Generation string
	Total      int
	Relation   Relation
	Hits       []Hit
	Cursor     string // for the next hits; "" after the last one

	// DidYouMean is a corrected query where words look misspelt, in the query
	// language; it has hits. "" for none. It comes with the first hits of an order by
	// relevance.
	DidYouMean string

	// Named are the newspapers and the sources whose name is an operand of the query, a
	// word or phrase, in normal form and without 《》. They come with the first hits.
	Named []Named

	Facets *Facets // nil unless requested

	// Plan describes how the engine matched the query, one line per node, for people
	// to read; "" unless Explain was requested.
	Plan string
}

// Named is a value of a field, query.Publication or query.Source, that an operand of a
// query names.
type Named struct {
	Operand string // in the query language
	Field   query.FieldName
	Value   string
}

// Hit is one article, or by paragraph one paragraph with its article's data.
// Near-duplicates that match and pass the filter collapse into the one that comes
// first in the requested order, so that Total counts the same groups in any order.
type Hit struct {
	Article        news.Article // without paragraphs
	Opening        string       // the beginning of an article without any title, at most a line; else ""
	Score          float64
	TitleMarks     []Span // into Article.Title
	BylineMarks    []Span // into Article.Byline, where a word of the query is a name in it, or byline: finds it
	Paragraphs     []Match
	Explanation    *Explanation    // nil unless requested
	MarkedTexts    []Marked        // its texts with marks, as in an export; nil unless requested
	NearDuplicates []NearDuplicate // that collapse into this hit, in the order in which they were read
}

// NearDuplicate names a near-duplicate of a hit.
type NearDuplicate struct{ ID, Publication, Date string }

// NearDuplicateIDs returns the ids of the near-duplicates that collapse into the hit.
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

// Snippet is what is shown of a paragraph: one or more fragments in the order of
// its text, with text omitted between them.
type Snippet struct {
	Fragments []Fragment
	Before    bool // text was omitted before the first fragment
	After     bool // and after the last
}

// Fragment is a part of a text.
type Fragment struct {
	Start int // where Text begins in the whole, in bytes
	Text  string
	Marks []Span // into Text, sorted and disjoint
}

// Span is a half-open range of byte offsets.
type Span struct{ Start, End int }

// ArticleRequest asks for one article; a Query of nil marks nothing.
type ArticleRequest struct {
	ID    string
	Query query.Node
	Match Matching

	// Bytes is about how much of the text is wanted, 0 for all of it, and From where it begins. If
	// that is in the first part, the first part is returned.
	Bytes int
	From  Position
}

// Position is a place in the text of an article: a paragraph, from 1, and an offset in its text.
// The zero Position is before the text.
type Position struct{ Paragraph, Byte int }

// Before reports whether p is before q.
func (p Position) Before(q Position) bool {
	return p.Paragraph < q.Paragraph || p.Paragraph == q.Paragraph && p.Byte < q.Byte
}

// MarkedArticle is an article with what a query matches in it.
type MarkedArticle struct {
	Generation string
	Article    news.Article // with the paragraphs that were asked for
	First      Position     // where they begin
	Next       Position     // where the rest begins, zero if there is none
	Title      []Span       // into Article.Title
	Kicker     []Span       // into Article.Kicker; title: matches there too
	Subtitle   []Span       // into Article.Subtitle, likewise
	Byline     []Span       // into Article.Byline, as in a Hit
	Sections   [][]Span     // into the Section of each of Article.Paragraphs
	Paragraphs [][]Span     // into their Text
}

// CompletionRequest asks for words of the index that begin with Text, in
// characters, pinyin or both.
type CompletionRequest struct {
	Text string
	Size int // 1 to MaxSize
}

// Completion is a word of the index, folded.
type Completion struct {
	Text  string
	Count int // headings and paragraphs with it
}

// SimilarRequest asks for the articles most similar to one.
type SimilarRequest struct {
	ID   string
	Size int // 1 to MaxSize
}

// Related are articles related to another: hits without marks and paragraphs.
type Related struct {
	Generation string
	Hits       []Hit
}

// Errors that callers handle; engines wrap them.
var (
	ErrNotFound      = errors.New("no such article")
	ErrNotReady      = errors.New("no index is published yet")
	ErrDamaged       = errors.New("the index was damaged on disk while it was served")
	ErrTooBroad      = errors.New("the query's prefixes match too many words")
	ErrBusy          = errors.New("too many concurrent requests")
	ErrBadCursor     = errors.New("the cursor does not belong to this query")
	ErrCursorExpired = errors.New("the cursor belongs to an earlier generation of the index")
	ErrUnavailable   = errors.New("a part of the index can't be reached")
	ErrUnsupported   = errors.New("this engine can't answer the request")

	ErrTooManyExports = fmt.Errorf("%w: too many exports are running", ErrBusy)
)

// Engine answers requests over one published index. It is safe for concurrent use,
// and every response comes from one generation. If it limits concurrent requests,
// each method may also return ErrBusy, wrapped.
type Engine interface {
	// Search returns ErrBadCursor, ErrCursorExpired, ErrTooBroad, ErrNotReady or ErrDamaged, an
	// engine over a cluster also ErrUnavailable or ErrUnsupported, wrapped; the same for all methods.
	Search(context.Context, Request) (Response, error)
	// Article returns ErrNotFound, ErrNotReady or ErrDamaged, wrapped.
	Article(context.Context, ArticleRequest) (MarkedArticle, error)
	// Similar returns the articles most similar to one by their words, the most
	// similar first, each group of near-duplicates once and the article's own not at
	// all. Score is comparable within one response only. Errors as Article.
	Similar(context.Context, SimilarRequest) (Related, error)
	// NearDuplicates returns the other articles of an article's group, in the order
	// in which they were read. Errors as Article.
	NearDuplicates(ctx context.Context, id string) (Related, error)
	// Complete returns completions, the most frequent first, or ErrNotReady, wrapped.
	Complete(context.Context, CompletionRequest) ([]Completion, error)
	// Trends counts the hits of queries over time. Errors as Article, except
	// ErrNotFound; the same for the next three methods.
	Trends(context.Context, TrendsRequest) (Trends, error)
	// Publications lists the publications of the index.
	Publications(context.Context) (Publications, error)
	// Issues lists the days of a publication's issues.
	Issues(ctx context.Context, publication string) (Issues, error)
	// Issue lists the pages and articles of one issue.
	Issue(context.Context, IssueRequest) (Issue, error)
	// Export writes every hit to the sink, in order, all of one generation even if
	// another is published meanwhile. If the request fails, nothing was written; an
	// error of the sink ends the export and is returned.
	Export(context.Context, ExportRequest, Sink) error
	// Pin calls do with an engine that answers every request from one generation, even if
	// another is published meanwhile, and returns its error. The engine is not for use
	// afterwards. If requests are limited, do is one export: it may return
	// ErrTooManyExports, wrapped.
	Pin(ctx context.Context, do func(context.Context, Engine) error) error
	// Generation returns the name of the generation that is served, "" for none.
	Generation() string
}

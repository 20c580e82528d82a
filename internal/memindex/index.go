package memindex

import (
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sort"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/analyzer"
	"xunwen/internal/document"
	"xunwen/internal/engine"
	"xunwen/internal/news"
)

// Article is an article of an index.
type Article struct {
	news.Article
	Sequence uint32 // its place in the order in which articles were read; no two have the same
	Group    string // of its near-duplicates; "" for none
}

// Index implements engine.Postings and engine.Records. It is safe for concurrent use.
type Index struct {
	Columns *engine.Columns

	words    *analyzer.Analyzer
	articles []Article
	parts    []*part
	sorted   []func() ([]string, error) // the terms of each field, in byte order

	expected func(term string) bool  // the terms of texts that parts have; nil for all
	whole    func() ([]*part, error) // parts with all terms, made when another one is looked up
}

// New indexes articles, which must not be changed afterwards. It uses all processors.
func New(words *analyzer.Analyzer, articles []Article) *Index {
	x, err := NewFor(context.Background(), words, articles, nil)
	if err != nil {
		panic(err) // impossible: the context doesn't end
	}
	return x
}

// NewFor is New for callers that look up few terms of texts: at first it only indexes those that are expected. The
// first look-up of another one indexes all terms, which takes as long as New. If expected is nil, all terms are.
// The only error is that of ctx, which also ends that look-up.
func NewFor(
	ctx context.Context, words *analyzer.Analyzer, articles []Article, expected func(term string) bool,
) (*Index, error) {
	x := &Index{
		Columns: &engine.Columns{ID: map[uint32]string{}}, words: words, articles: articles, expected: expected,
	}
	var err error
	if x.parts, err = makeParts(ctx, words, articles, expected); err != nil {
		return nil, err
	}
	x.whole = sync.OnceValues(func() ([]*part, error) {
		if expected == nil {
			return x.parts, nil
		}
		return makeParts(ctx, words, articles, nil)
	})
	for n := range document.FieldNames() {
		x.sorted = append(x.sorted, sync.OnceValues(func() ([]string, error) { return x.termsOf(n) }))
	}
	groups := map[string]uint32{} // the first article of each group
	for i := range articles {
		x.add(uint32(i), groups)
	}
	for _, p := range x.parts {
		p.addColumns(x.Columns)
	}
	x.Columns.Index()
	x.Columns.SetPostings(x, words.FoldString)
	return x, nil
}

// add adds an article to the columns that have a value for each article.
func (x *Index) add(number uint32, groups map[string]uint32) {
	a, c := &x.articles[number], x.Columns
	c.Day, c.Characters = append(c.Day, engine.Day(a.Date)), append(c.Characters, uint32(a.Characters()))
	c.Sequence = append(c.Sequence, a.Sequence)
	group, grouped := groups[a.Group]
	if a.Group == "" || !grouped {
		group = number
		groups[a.Group] = group
	}
	c.Group = append(c.Group, group)
	if a.Group != "" {
		c.ID[number] = a.ID
	}
}

// field returns the number of a field.
func field(name string) int {
	n, ok := slices.BinarySearch(document.FieldNames(), name)
	if !ok {
		return -1
	}
	return n
}

// of returns the posting list of a term, nil for none.
func (x *Index) of(name, term string) (*list, error) {
	n := field(name)
	if n < 0 {
		return nil, nil
	}
	parts := x.parts
	if isText[n] && (x.expected == nil || !x.expected(term)) {
		var err error
		if parts, err = x.whole(); err != nil {
			return nil, err
		}
	}
	var out *list
	for _, p := range parts {
		out = out.append(p.fields[n][term], p.first)
	}
	return out, nil
}

// termsOf returns the terms of a field, in byte order.
func (x *Index) termsOf(n int) ([]string, error) {
	parts := x.parts
	if isText[n] {
		var err error
		if parts, err = x.whole(); err != nil {
			return nil, err
		}
	}
	var terms []string
	for _, p := range parts {
		terms = slices.AppendSeq(terms, maps.Keys(p.fields[n]))
	}
	slices.Sort(terms)
	return slices.Compact(terms), nil
}

// Documents implements engine.Postings.
func (x *Index) Documents(name string, terms ...string) (*roaring.Bitmap, error) {
	out := roaring.New()
	for _, t := range terms {
		l, err := x.of(name, t)
		if err != nil {
			return nil, err
		}
		if l != nil {
			out.AddMany(l.docs)
		}
	}
	return out, nil
}

// Common implements engine.Postings.
func (x *Index) Common(name string, terms ...string) (*roaring.Bitmap, error) {
	sets := make([]*roaring.Bitmap, len(terms))
	for i, t := range terms {
		var err error
		if sets[i], err = x.Documents(name, t); err != nil {
			return nil, err
		}
	}
	return roaring.FastAnd(sets...), nil
}

// Between implements engine.Postings.
func (x *Index) Between(name, from, to string) (*roaring.Bitmap, error) {
	out := roaring.New()
	return out, x.Terms(name, from, to, func(term string) error {
		l, err := x.of(name, term)
		if err == nil {
			out.AddMany(l.docs)
		}
		return err
	})
}

// List implements engine.Postings.
func (x *Index) List(name, term string) (engine.List, error) {
	l, err := x.of(name, term)
	if l == nil {
		return nil, err
	}
	return l, nil
}

// Count implements engine.Postings.
func (x *Index) Count(name, term string) (int, error) {
	l, err := x.of(name, term)
	if l == nil {
		return 0, err
	}
	return len(l.docs), nil
}

// Terms implements engine.Postings.
func (x *Index) Terms(name, from, to string, visit func(term string) error) error {
	n := field(name)
	if n < 0 {
		return nil
	}
	terms, err := x.sorted[n]()
	if err != nil {
		return err
	}
	for _, t := range terms[sort.SearchStrings(terms, from):] {
		if to != "" && t >= to {
			return nil
		}
		if err := visit(t); err != nil {
			return err
		}
	}
	return nil
}

// Get implements engine.Records.
func (x *Index) Get(article int) (news.Article, error) {
	if article < 0 || article >= len(x.articles) {
		return news.Article{}, fmt.Errorf("no article %d of %d", article, len(x.articles))
	}
	return x.articles[article].Article, nil
}

// Counts yields the terms of a field in byte order, each with the number of its documents. If the context of NewFor
// has ended, it may yield none.
func (x *Index) Counts(name string) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		terms, _ := x.sorted[field(name)]()
		for _, term := range terms {
			l, err := x.of(name, term)
			if err != nil || !yield(term, l.Len()) {
				return
			}
		}
	}
}

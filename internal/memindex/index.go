package memindex

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"sort"
	"strings"
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
	fields   []map[string]*list // by number of the field
	sorted   []func() []string  // its terms, in byte order
}

// New indexes articles, which must not be changed afterwards.
func New(words *analyzer.Analyzer, articles []Article) *Index {
	x := &Index{Columns: &engine.Columns{ID: map[uint32]string{}}, words: words, articles: articles}
	for range document.FieldNames() {
		terms := map[string]*list{}
		x.fields = append(x.fields, terms)
		x.sorted = append(x.sorted, sync.OnceValue(func() []string { return slices.Sorted(maps.Keys(terms)) }))
	}
	groups := map[string]uint32{}
	b := builder{index: x}
	documents := document.Maker{Words: words, Terms: &b}
	for i := range articles {
		x.add(documents, &b, uint32(i), groups)
	}
	x.Columns.Index()
	x.Columns.SetPostings(x, words.FoldString)
	return x
}

// add indexes one article; groups has the first article of each group.
func (x *Index) add(documents document.Maker, b *builder, number uint32, groups map[string]uint32) {
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
	head := b.document
	for _, columns := range documents.Of(&a.Article) {
		c.Article = append(c.Article, number)
		c.WordLength, c.GramLength = append(c.WordLength, columns.Words), append(c.GramLength, columns.Grams)
		b.document++
	}
	for _, doc := range engine.Items(&a.Article, c.GramLength[head:], x.words.FoldString) {
		c.ItemStarts = append(c.ItemStarts, head+doc)
	}
	b.endArticle()
}

// builder implements document.Counter.
type builder struct {
	index    *Index
	document uint32 // the current one
	head     uint32 // of the current article
}

// Add implements document.Counter.
func (b *builder) Add(field int, term string, times int) {
	terms := b.index.fields[field]
	l := terms[term]
	if l == nil {
		l = &list{}
		terms[strings.Clone(term)] = l
	}
	n := len(l.docs)
	if n == 0 || l.docs[n-1] != b.document {
		if n == 0 || l.docs[n-1] < b.head {
			l.articles++
		}
		l.docs, l.frequencies = append(l.docs, b.document), append(l.frequencies, 0)
		n++
	}
	l.frequencies[n-1] = uint16(min(int(l.frequencies[n-1])+times, engine.MaxFrequency))
}

func (b *builder) endArticle() { b.head = b.document }

// field returns the number of a field.
func field(name string) int {
	n, ok := slices.BinarySearch(document.FieldNames(), name)
	if !ok {
		return -1
	}
	return n
}

// of returns the posting list of a term, nil for none.
func (x *Index) of(name, term string) *list {
	if n := field(name); n >= 0 {
		return x.fields[n][term]
	}
	return nil
}

// Documents implements engine.Postings.
func (x *Index) Documents(name string, terms ...string) (*roaring.Bitmap, error) {
	out := roaring.New()
	for _, t := range terms {
		if l := x.of(name, t); l != nil {
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
		out.AddMany(x.of(name, term).docs)
		return nil
	})
}

// List implements engine.Postings.
func (x *Index) List(name, term string) (engine.List, error) {
	if l := x.of(name, term); l != nil {
		return l, nil
	}
	return nil, nil
}

// Count implements engine.Postings.
func (x *Index) Count(name, term string) (int, error) {
	if l := x.of(name, term); l != nil {
		return len(l.docs), nil
	}
	return 0, nil
}

// Terms implements engine.Postings.
func (x *Index) Terms(name, from, to string, visit func(term string) error) error {
	n := field(name)
	if n < 0 {
		return nil
	}
	terms := x.sorted[n]()
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

// Counts yields the terms of a field in byte order, each with the number of its documents.
func (x *Index) Counts(name string) iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		n := field(name)
		for _, term := range x.sorted[n]() {
			if !yield(term, len(x.fields[n][term].docs)) {
				return
			}
		}
	}
}

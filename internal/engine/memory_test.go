package engine

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/analyzer"
	"xunwen/internal/news"
)

// memory is an index in memory, as plain as can be: Postings and Records.
type memory struct {
	articles []news.Article
	fields   map[string]map[string]*memoryList
	columns  *Columns
}

type memoryList struct {
	docs        []uint32
	frequencies []uint16
}

func openAnalyzer(t *testing.T) *analyzer.Analyzer {
	dir := t.TempDir()
	if err := analyzer.Install(dir, ""); err != nil {
		t.Fatal(err)
	}
	words, err := analyzer.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(words.Close)
	return words
}

// newMemory indexes articles; group gives each the first of its copies.
func newMemory(words *analyzer.Analyzer, articles []news.Article, group func(article int) uint32) *memory {
	m := &memory{articles: articles, fields: map[string]map[string]*memoryList{}, columns: &Columns{ID: map[uint32]string{}}}
	for i := range articles {
		a := &articles[i]
		m.columns.Day = append(m.columns.Day, Day(a.Date))
		m.columns.Group = append(m.columns.Group, group(i))
		m.add(words, uint32(i), a.Title, a.Kicker, a.Subtitle)
		for _, p := range a.Paragraphs {
			doc := m.add(words, uint32(i), p.Text)
			m.count(doc, SectionGrams, analyzer.Grams(words.FoldString(p.Section)))
			if p.Section != "" {
				m.count(doc, Section, []analyzer.Token{{Term: p.Section}})
			}
		}
	}
	m.columns.Index()
	if err := m.columns.ReadValues(m); err != nil {
		panic(err) // a memory has no files that could fail it
	}
	return m
}

func (m *memory) add(words *analyzer.Analyzer, article uint32, texts ...string) (doc uint32) {
	c := m.columns
	doc = uint32(len(c.Article))
	var inWords, inGrams []analyzer.Token
	for _, text := range texts {
		folded := words.FoldString(text)
		inWords = append(inWords, words.Words(folded)...)
		inGrams = append(inGrams, analyzer.Grams(folded)...)
	}
	c.Article = append(c.Article, article)
	c.WordLength, c.GramLength = append(c.WordLength, uint32(len(inWords))), append(c.GramLength, uint32(len(inGrams)))
	m.count(doc, Words, inWords)
	m.count(doc, Grams, inGrams)
	return doc
}

func (m *memory) count(doc uint32, field string, tokens []analyzer.Token) {
	if m.fields[field] == nil {
		m.fields[field] = map[string]*memoryList{}
	}
	for _, t := range tokens {
		l := m.fields[field][t.Term]
		if l == nil {
			l = &memoryList{}
			m.fields[field][t.Term] = l
		}
		if n := len(l.docs); n == 0 || l.docs[n-1] != doc {
			l.docs, l.frequencies = append(l.docs, doc), append(l.frequencies, 0)
		}
		l.frequencies[len(l.docs)-1]++
	}
}

func (m *memory) Documents(field string, terms ...string) (*roaring.Bitmap, error) {
	out := roaring.New()
	for _, t := range terms {
		if l := m.fields[field][t]; l != nil {
			out.AddMany(l.docs)
		}
	}
	return out, nil
}

func (m *memory) Common(field string, terms ...string) (*roaring.Bitmap, error) {
	var sets []*roaring.Bitmap
	for _, t := range terms {
		set, _ := m.Documents(field, t)
		sets = append(sets, set)
	}
	return roaring.FastAnd(sets...), nil
}

func (m *memory) List(field, term string) ([]uint32, []uint16, error) {
	l := m.fields[field][term]
	if l == nil {
		return nil, nil, nil
	}
	return l.docs, l.frequencies, nil
}

func (m *memory) Count(field, term string) (int, error) {
	docs, _, err := m.List(field, term)
	return len(docs), err
}

func (m *memory) Terms(field, from, to string, visit func(string) error) error {
	for _, t := range slices.Sorted(maps.Keys(m.fields[field])) {
		if t < from || to != "" && t >= to {
			continue
		}
		if err := visit(t); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) Get(article int) (news.Article, error) {
	if article >= len(m.articles) {
		return news.Article{}, fmt.Errorf("no article %d", article)
	}
	return m.articles[article], nil
}

package engine

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/analyzer"
	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// memory is an index in memory, as plain as can be: Postings and Records.
type memory struct {
	articles []news.Article
	numbers  map[string]int // by id
	fields   map[string]map[string]*memoryList
	columns  *Columns
	fold     func(string) string
	folder   textnorm.Folder
}

type memoryList struct {
	docs        []uint32
	frequencies []uint16
	articles    int
}

// openAnalyzer is analyzertest.Open.
func openAnalyzer(t *testing.T, synonyms ...string) *analyzer.Analyzer {
	t.Helper()
	return analyzertest.Open(t, synonyms...)
}

// alone groups no articles.
func alone(article int) uint32 { return uint32(article) }

// newMemory indexes articles; group gives each the first of its near-duplicates.
func newMemory(words *analyzer.Analyzer, articles []news.Article, group func(article int) uint32) *memory {
	m := &memory{
		articles: articles,
		numbers:  map[string]int{},
		fields:   map[string]map[string]*memoryList{},
		columns:  &Columns{ID: map[uint32]string{}},
		fold:     words.FoldString,
		folder:   words.Folder,
	}
	for i := range articles {
		a := &articles[i]
		m.numbers[a.ID] = i
		first := group(i)
		m.columns.Day = append(m.columns.Day, Day(a.Date))
		m.columns.Characters = append(m.columns.Characters, uint32(a.Characters()))
		m.columns.Group = append(m.columns.Group, first)
		m.columns.Sequence = append(m.columns.Sequence, uint32(i))
		if int(first) != i {
			m.columns.ID[uint32(i)], m.columns.ID[first] = a.ID, articles[first].ID
		}
		head := m.add(words, i, 0, a.Title, a.Kicker, a.Subtitle)
		m.value(head, ArticleID, a.ID)
		for _, name := range BylineNames(words, a.Byline) {
			m.value(head, BylineName, name)
		}
		boosted := boostedRunes
		for _, p := range a.Paragraphs {
			own := 0
			if p.Kind == news.Body || p.Kind == "" {
				own = boosted
				boosted -= min(boosted, utf8.RuneCountInString(p.Text))
			}
			doc := m.add(words, i, own, p.Text)
			m.count(doc, SectionGrams, allGrams(words.FoldString(p.Section)), 0)
			m.value(doc, Section, p.Section)
			m.value(doc, Kind, string(p.Kind))
		}
		for _, doc := range Items(a, m.columns.GramLength[head:], words.FoldString) {
			m.columns.ItemStarts = append(m.columns.ItemStarts, head+doc)
		}
	}
	m.columns.Index()
	m.columns.SetPostings(m, words.FoldString)
	return m
}

// boostedRunes is how many characters of an article's text count twice.
const boostedRunes = 200

// add adds a document; terms in the first boosted characters of a text count twice.
func (m *memory) add(words *analyzer.Analyzer, article, boosted int, texts ...string) (doc uint32) {
	c, a := m.columns, &m.articles[article]
	doc = uint32(len(c.Article))
	c.Article = append(c.Article, uint32(article))
	wordLength, gramLength := 0, 0
	for _, text := range texts {
		folded := words.FoldString(text)
		end := len(string([]rune(folded)[:min(boosted, utf8.RuneCountInString(folded))]))
		wordLength += m.count(doc, Words, words.Words(folded), end)
		gramLength += m.count(doc, Grams, allGrams(folded), end)
	}
	c.WordLength = append(c.WordLength, uint32(wordLength))
	c.GramLength = append(c.GramLength, uint32(gramLength))
	m.value(doc, Date, a.Date)
	m.value(doc, Publication, a.Publication)
	m.value(doc, Page, a.Page)
	m.value(doc, PageName, a.PageName)
	m.value(doc, Source, a.Source)
	m.value(doc, Byline, a.Byline)
	return doc
}

// allGrams lists the grams of a text and its joint grams.
func allGrams(folded string) []analyzer.Token {
	all := analyzer.Grams(folded)
	analyzer.EachJointGram(folded, func(t analyzer.Token) { all = append(all, t) })
	return all
}

func (m *memory) value(doc uint32, field, value string) {
	if value != "" {
		m.count(doc, field, []analyzer.Token{{Term: value}}, 0)
	}
}

// count adds tokens to a document and returns their number. Those that begin before
// boosted count twice.
func (m *memory) count(doc uint32, field string, tokens []analyzer.Token, boosted int) int {
	if m.fields[field] == nil {
		m.fields[field] = map[string]*memoryList{}
	}
	length := 0
	for _, t := range tokens {
		if !analyzer.IsJoint(t.Term) {
			length++
		}
		l := m.fields[field][t.Term]
		if l == nil {
			l = &memoryList{}
			m.fields[field][t.Term] = l
		}
		if n := len(l.docs); n == 0 || l.docs[n-1] != doc {
			if of := m.columns.Article; n == 0 || of[l.docs[n-1]] != of[doc] {
				l.articles++
			}
			l.docs, l.frequencies = append(l.docs, doc), append(l.frequencies, 0)
		}
		l.frequencies[len(l.docs)-1]++
		if t.Start < boosted {
			l.frequencies[len(l.docs)-1]++
		}
	}
	return length
}

// member returns the number of a hit.
func (m *memory) member(h search.Hit, by search.By) uint32 {
	article := uint32(m.numbers[h.Article.ID])
	if by != search.ByParagraph {
		return article
	}
	head, _ := m.columns.documents(article)
	return head + uint32(h.Paragraphs[0].N)
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

func (m *memory) Between(field, from, to string) (*roaring.Bitmap, error) {
	out := roaring.New()
	return out, m.Terms(field, from, to, func(term string) error {
		out.AddMany(m.fields[field][term].docs)
		return nil
	})
}

func (m *memory) List(field, term string) (List, error) {
	if l := m.fields[field][term]; l != nil {
		return l, nil
	}
	return nil, nil
}

func (m *memory) Count(field, term string) (int, error) {
	if l := m.fields[field][term]; l != nil {
		return l.Len(), nil
	}
	return 0, nil
}

func (l *memoryList) Len() int { return len(l.docs) }

// Articles knows the articles of lists of some lengths.
func (l *memoryList) Articles() (int, bool) { return l.articles, len(l.docs)%4 > 0 }

func (l *memoryList) AppendDocs(to []uint32) ([]uint32, error) { return append(to, l.docs...), nil }

func (l *memoryList) Retain(docs []uint32) ([]uint32, error) {
	return slices.DeleteFunc(docs, func(doc uint32) bool { return !slices.Contains(l.docs, doc) }), nil
}

func (l *memoryList) AppendWithin(
	docs []uint32, frequencies []uint16, ranges []DocumentRange,
) ([]uint32, []uint16, error) {
	for i, doc := range l.docs {
		if slices.ContainsFunc(ranges, func(r DocumentRange) bool { return r.From <= doc && doc < r.End }) {
			docs, frequencies = append(docs, doc), append(frequencies, l.frequencies[i])
		}
	}
	return docs, frequencies, nil
}

func (l *memoryList) AppendIn(
	docs []uint32, frequencies []uint16, set []uint64, _ DocumentRange,
) ([]uint32, []uint16, error) {
	for i, doc := range l.docs {
		if set[doc/64]>>(doc%64)&1 == 1 {
			docs, frequencies = append(docs, doc), append(frequencies, l.frequencies[i])
		}
	}
	return docs, frequencies, nil
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

// Texts implements Records.
func (m *memory) Texts() Texts { return &memoryTexts{memory: m} }

type memoryTexts struct {
	*memory
	article *news.Article
}

func (t *memoryTexts) Open(article int) error {
	a, err := t.Get(article)
	t.article = &a
	return err
}

func (t *memoryTexts) AppendLoose(to []byte, which Text, paragraph int) ([]byte, textnorm.Left, error) {
	loose, left := t.folder.Loose(t.text(which, paragraph))
	return append(to, loose...), left &^ textnorm.LeftBytes, nil
}

// text returns a text of the open article.
func (t *memoryTexts) text(which Text, paragraph int) string {
	switch which {
	case TitleText:
		return t.article.Title
	case KickerText:
		return t.article.Kicker
	case SubtitleText:
		return t.article.Subtitle
	case SectionText:
		return t.article.Paragraphs[paragraph].Section
	}
	return t.article.Paragraphs[paragraph].Text
}

func (t *memoryTexts) Announce([]uint32) {}

// Seek and Contains leave it to AppendLoose.
func (t *memoryTexts) Seek(string) {}

func (t *memoryTexts) Contains(Text, int) (found, sure bool, err error) { return false, false, nil }

// SeekAround and Around yield settled texts as a whole.
func (t *memoryTexts) SeekAround([]string, int) {}

func (t *memoryTexts) Around(which Text, paragraph int, visit func([]byte) bool) (sure bool, err error) {
	loose, left, err := t.AppendLoose(nil, which, paragraph)
	if err != nil || left&^textnorm.LeftStops != 0 {
		return false, err
	}
	visit(loose)
	return true, nil
}

// Outlines implements Records.
func (m *memory) Outlines() Outlines { return &memoryOutlines{memory: m} }

type memoryOutlines struct {
	*memory
	article news.Article
}

// Open returns an article whose paragraphs have no texts.
func (o *memoryOutlines) Open(article int) (a news.Article, err error) {
	o.article, err = o.Get(article)
	a = o.article
	a.Paragraphs = slices.Clone(a.Paragraphs)
	for i := range a.Paragraphs {
		a.Paragraphs[i].Text = ""
	}
	return a, err
}

func (o *memoryOutlines) AppendText(to []byte, paragraph, most int) ([]byte, error) {
	text := o.article.Paragraphs[paragraph].Text
	return append(to, text[:min(most, len(text))]...), nil
}

// countingSegmenter counts how often a text is segmented.
type countingSegmenter struct {
	Segmenter
	segmented map[string]int
}

func (s *countingSegmenter) Segment(folded string) []analyzer.Token {
	s.segmented[folded]++
	return s.Segmenter.Segment(folded)
}

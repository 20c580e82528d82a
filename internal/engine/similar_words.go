package engine

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"unsafe"

	"xunwen/internal/news"
)

const (
	// titleWeight is how often a word of the headings counts.
	titleWeight = 2
	// comparedBytes is how much of an article's texts is compared, the headings first: its
	// beginning says what it is about, and no report is longer.
	comparedBytes = 48 << 10
	// longText is how much text an article has whose words are kept, in bytes: of the usual
	// 2 KB, they are soon counted again.
	longText = 8 << 10
)

// characteristic returns the words by which an article differs from others, the
// highest weight first: (1 + log tf) times idf. They are more than are needed, since
// some may occur nowhere else.
func (sn *snapshot) characteristic(ctx context.Context, article uint32) ([]weightedTerm, error) {
	key := cacheKey{"characteristic words", strconv.FormatUint(uint64(article), 10)}
	if kept, ok := sn.cache.get(key).([]weightedTerm); ok {
		return kept, nil
	}
	words, read, err := sn.contentWords(ctx, article)
	if err != nil {
		return nil, err
	}
	var terms []weightedTerm
	for word, tf := range words {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		df, err := sn.documentFrequency(word)
		if err != nil {
			return nil, err
		}
		w := (1 + math.Log(tf)) * idf(sn.sizes().Documents, df)
		terms = append(terms, weightedTerm{term{Words, word}, w})
	}
	slices.SortFunc(terms, func(a, b weightedTerm) int {
		return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.text, b.text))
	})
	terms = terms[:min(len(terms), 2*SimilarTerms)]
	if read >= longText {
		sn.cache.put(key, terms, fromTexts, keepTerms(terms))
	}
	return terms, nil
}

// keepTerms makes terms independent of the texts that they were read from, and returns what
// they take.
func keepTerms(terms []weightedTerm) (bytes int) {
	for i := range terms {
		terms[i].text = strings.Clone(terms[i].text)
		bytes += int(unsafe.Sizeof(terms[i])) + len(terms[i].text)
	}
	return bytes
}

// contentWords counts the words of an article, as wordCounts does, and says how many bytes it
// read.
func (sn *snapshot) contentWords(ctx context.Context, article uint32) (words map[string]float64, read int, err error) {
	o := sn.outline()
	a, err := o.Open(int(article))
	if err != nil {
		return nil, 0, err
	}
	c := newWordCounts(sn.segmenter)
	c.addHeadings(&a)
	for n := range a.Paragraphs {
		if err := ctx.Err(); err != nil {
			return nil, 0, err
		}
		text, err := o.text(n+1, c.left)
		if err != nil {
			return nil, 0, err
		}
		if c.add(strings.Clone(text), 1); c.left == 0 { // the words are parts of it
			break
		}
	}
	return c.counts, comparedBytes - c.left, nil
}

// contentWords is snapshot.contentWords for an article in memory.
func contentWords(s Segmenter, a *news.Article) map[string]float64 {
	c := newWordCounts(s)
	c.addHeadings(a)
	for _, p := range a.Paragraphs {
		c.add(p.Text, 1)
	}
	return c.counts
}

// wordCounts counts the words of an article's first comparedBytes that are no numbers, single
// characters or stop words.
type wordCounts struct {
	segmenter Segmenter
	counts    map[string]float64
	left      int // bytes
}

func newWordCounts(s Segmenter) *wordCounts {
	return &wordCounts{segmenter: s, counts: map[string]float64{}, left: comparedBytes}
}

func (c *wordCounts) addHeadings(a *news.Article) {
	for _, text := range []string{a.Title, a.Kicker, a.Subtitle} {
		c.add(text, titleWeight)
	}
}

func (c *wordCounts) add(text string, weight float64) {
	if len(text) >= c.left {
		text = beginningOf(text, c.left)
		c.left = len(text)
	}
	c.left -= len(text)
	s := c.segmenter
	for _, t := range s.Segment(s.FoldString(text)) {
		if !isNumber(t.Term) && !isSingleHan(t.Term) && !s.IsStopWord(t.Term) {
			c.counts[t.Term] += weight
		}
	}
}

// ContentWords lists the words of an article by which it is compared with others.
func ContentWords(s Segmenter, a *news.Article) []string {
	return slices.Sorted(maps.Keys(contentWords(s, a)))
}

// WeightedWord is a word with its weight.
type WeightedWord struct {
	Text   string
	Weight float64
}

// Characteristic returns the words by which an article differs from others of a collection, as Similar
// compares them.
func Characteristic(a *news.Article, s Segmenter, of Statistics) []WeightedWord {
	documents := of.Sizes().Documents
	var out []WeightedWord
	for word, tf := range contentWords(s, a) {
		df, _ := of.Term(Words, word)
		out = append(out, WeightedWord{word, (1 + math.Log(tf)) * idf(documents, df)})
	}
	slices.SortFunc(out, func(a, b WeightedWord) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), cmp.Compare(a.Text, b.Text))
	})
	return out[:min(len(out), 2*SimilarTerms)]
}

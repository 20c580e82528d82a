package engine

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// Short operands match what a slow search through all texts finds, and nothing else: by
// article and by paragraph, in titles, headings and leads, and where they are excluded,
// also from the cache.
func TestTogether(t *testing.T) {
	const articles, queries = 400, 300
	r := rand.New(rand.NewPCG(13, 5)) // the same at every run
	all := randomNews(r, articles)
	words := openAnalyzer(t)
	m := newMemory(words, all, alone)
	e := New("random", m, m, m.columns, words, Options{Cache: 1 << 20})
	slow := slowTogether{words, m}
	matched, near := 0, 0
	for range queries {
		operand := randomWord(r)
		for range r.IntN(3) {
			operand += []string{"", "", "的"}[r.IntN(3)] + randomWord(r)
		}
		o := newOperand(words, operand)
		if !isHan(operand) || !o.isShort() {
			continue
		}
		field := []string{"", "", "title:", "section:", "lead:"}[r.IntN(5)]
		in := map[string]zone{"title:": inTitle, "section:": inSection, "lead:": inLead}[field]
		for _, by := range []search.By{search.ByArticle, search.ByParagraph} {
			want, apart := slow.members(o, in, by)
			got := matchedMembers(t, e, field+operand, by)
			if !got.Equals(want) {
				t.Errorf("%s%s by %s: %v, want %v", field, operand, by, got, want)
			}
			others := roaring.AndNot(newScope(m.columns, by, true).all(), want)
			if got = matchedMembers(t, e, "-"+field+operand+" date:2022", by); !got.Equals(others) {
				t.Errorf("-%s%s by %s: %v, want %v", field, operand, by, got, others)
			}
			matched, near = matched+int(want.GetCardinality()), near+apart
		}
	}
	if matched < 1000 || near < 50 {
		t.Errorf("only %d members matched, %d of them by words near one another: this tests little", matched, near)
	}
}

// matchedMembers returns the members that a query matches.
func matchedMembers(t *testing.T, e *Engine, text string, by search.By) *roaring.Bitmap {
	t.Helper()
	s := newTestSearcher(t, e, search.Request{Query: asked(t, text), By: by, Uncollapsed: true})
	found, err := s.match(t.Context(), search.Filter{}, nil)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return found.base.members
}

var endsSentence = regexp.MustCompile(`[。!?]|\p{Han}\.`)

// slowTogether looks for operands in every text.
type slowTogether struct {
	words Segmenter
	m     *memory
}

// members returns the members that an operand matches, and how many documents match by
// words near one another alone.
func (s slowTogether) members(o *operand, in zone, by search.By) (members *roaring.Bitmap, near int) {
	docs := roaring.New()
	for number := range s.m.articles {
		a := &s.m.articles[number]
		head, end := s.m.columns.documents(uint32(number))
		for doc := head; doc < end; doc++ {
			n := int(doc - head)
			var all []string
			switch {
			case in == inSection:
				all = texts(a, SectionGrams, n)
			case in == inTitle && n > 0, in == inLead && n > 0 && n != LeadParagraph(a):
			case in == anywhere && by == search.ByArticle:
				all = append(texts(a, Grams, n), texts(a, SectionGrams, n)...)
			case in == anywhere && n == 0:
			default:
				all = texts(a, Grams, n)
			}
			whole := slices.ContainsFunc(all, func(text string) bool { return s.whole(o, text) })
			if whole || slices.ContainsFunc(all, func(text string) bool { return s.near(o, text) }) {
				docs.Add(doc)
			}
			if !whole && docs.Contains(doc) {
				near++
			}
		}
	}
	return newScope(s.m.columns, by, true).members(docs, in), near
}

func (s slowTogether) whole(o *operand, text string) bool {
	joined := textnorm.Join(s.words.FoldString(text))
	for i := range joined.Text {
		if strings.HasPrefix(joined.Text[i:], o.text) && joined.Boundary(i) && joined.Boundary(i+len(o.text)) {
			return true
		}
	}
	return false
}

// near tries every choice of an occurrence of each word.
func (s slowTogether) near(o *operand, text string) bool {
	var words []string
	for _, t := range o.tokens {
		switch {
		case s.words.IsStopWord(t.Term):
		case !s.words.IsWord(t.Term) || utf8.RuneCountInString(t.Term) < 2:
			return false
		default:
			words = append(words, t.Term)
		}
	}
	joined := textnorm.Join(s.words.FoldString(text)).Text
	var choose func(chosen []occurrence) bool
	choose = func(chosen []occurrence) bool {
		if len(chosen) == len(words) {
			start, end, length := len(joined), 0, 0
			for _, c := range chosen {
				start, end, length = min(start, c.start), max(end, c.end), length+c.end-c.start
			}
			characters := utf8.RuneCountInString(joined[start:end]) - length/len("字")
			return characters <= nearCharacters*(len(words)-1) && !endsSentence.MatchString(joined[start:end])
		}
		word := words[len(chosen)]
		for i := range joined {
			at := occurrence{start: i, end: i + len(word)}
			overlaps := func(c occurrence) bool { return c.start < at.end && at.start < c.end }
			here := strings.HasPrefix(joined[i:], word) && !slices.ContainsFunc(chosen, overlaps)
			if here && choose(append(chosen, at)) {
				return true
			}
		}
		return false
	}
	return len(words) > 1 && choose(nil)
}

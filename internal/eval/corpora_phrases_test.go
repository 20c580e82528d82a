package eval_test

import (
	"fmt"
	"index/suffixarray"
	"math/rand/v2"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// corpusText has the paragraphs of some corpora, folded, in one suffix array: an
// independent way to find every paragraph that contains a phrase.
type corpusText struct {
	fold   textnorm.Folder
	text   []byte
	starts []int    // of each paragraph, offset in text
	names  []string // of each paragraph: article#n
	array  *suffixarray.Index
}

// paragraphEnd separates paragraphs; it never occurs in folded text.
const paragraphEnd = 0

func newCorpusText(t *testing.T, fold textnorm.Folder, files ...string) *corpusText {
	c := &corpusText{fold: fold}
	for _, file := range files {
		err := readCorpus(t.Context(), func(a *news.Article) error {
			for i, p := range a.Paragraphs {
				c.starts = append(c.starts, len(c.text))
				c.names = append(c.names, fmt.Sprintf("%s#%d", a.ID, i+1))
				c.text = append(append(c.text, fold.FoldString(p.Text)...), paragraphEnd)
			}
			return nil
		}, filepath.Join(corpora(t), file))
		if err != nil {
			t.Fatal(err)
		}
	}
	c.array = suffixarray.New(c.text)
	return c
}

// paragraph returns one paragraph's folded text.
func (c *corpusText) paragraph(i int) string {
	end := len(c.text)
	if i+1 < len(c.starts) {
		end = c.starts[i+1]
	}
	return string(c.text[c.starts[i] : end-1])
}

// containing returns the paragraphs that contain the folded phrase, in order.
func (c *corpusText) containing(phrase string) []int {
	var out []int
	for _, at := range c.array.Lookup([]byte(phrase), -1) {
		i, exact := slices.BinarySearch(c.starts, at)
		if !exact {
			i--
		}
		out = append(out, i)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// maxPhrase is the longest phrase that is drawn, in characters.
const maxPhrase = 30

// draw returns n different phrases of 1 to maxPhrase characters. Every third
// includes a digit, a letter or a sign if its paragraph has one.
func (c *corpusText) draw(r *rand.Rand, n int) []string {
	seen := map[string]bool{}
	var out []string
	for len(out) < n {
		text := []rune(c.paragraph(r.IntN(len(c.starts))))
		size := 1 + r.IntN(maxPhrase)
		if len(text) < size {
			continue
		}
		at := r.IntN(len(text) - size + 1)
		if len(seen)%3 == 0 {
			if sign := slices.IndexFunc(text[at:], func(r rune) bool { return !textnorm.IsHan(r) }); sign >= 0 {
				at = min(max(0, at+sign-r.IntN(size)), len(text)-size)
			}
		}
		phrase := string(text[at : at+size])
		if !seen[phrase] && c.fold.FoldString(phrase) == phrase { // a space at an end is no part of a phrase
			seen[phrase] = true
			out = append(out, phrase)
		}
	}
	return out
}

// speller writes folded phrases in equivalent spellings.
type speller struct{ unfolded map[rune][]rune }

// newSpeller inverts the folding of Han characters, radicals and compatibility
// ideographs among them.
func newSpeller(fold textnorm.Folder) speller {
	s := speller{map[rune][]rune{}}
	for _, block := range [][2]rune{{0x2E80, 0x2FE0}, {0x3400, 0xA000}, {0xF900, 0xFB00}} {
		for r := block[0]; r < block[1]; r++ {
			text := fold.FoldString(string(r))
			folded, size := utf8.DecodeRuneInString(text)
			if size == len(text) && folded != r && textnorm.IsHan(folded) {
				s.unfolded[folded] = append(s.unfolded[folded], r)
			}
		}
	}
	return s
}

// signs are other members of the classes of signs.
var signs = map[rune][]string{
	'"': {"“", "」", "『", "＂", "’"},
	'·': {"•", "・", "‧", "∙", "●"},
	'-': {"—", "–", "－", "——", "～"},
	':': {"：", "∶"},
	'…': {"……", "......", "⋯"},
}

// spellings is how many ways of writing a phrase there are.
const spellings = 7

// write spells a phrase as it is, in capitals, in full width, in traditional or variant
// characters, with other signs, with blanks or with signs that have no width, depending
// on turn.
func (s speller) write(phrase string, turn int) string {
	each := func(spell func(r rune) string) string {
		var out strings.Builder
		for _, r := range phrase {
			out.WriteString(spell(r))
		}
		return out.String()
	}
	switch turn % spellings {
	case 1:
		return strings.Map(unicode.ToUpper, phrase)
	case 2:
		return strings.Map(func(r rune) rune {
			if '!' <= r && r <= '~' {
				return r - '!' + '！'
			}
			return r
		}, phrase)
	case 3:
		return strings.Map(func(r rune) rune {
			if others := s.unfolded[r]; len(others) > 0 {
				return others[turn%len(others)]
			}
			return r
		}, phrase)
	case 4:
		return each(func(r rune) string {
			if others := signs[r]; others != nil {
				return others[turn%len(others)]
			}
			return string(r)
		})
	case 5:
		return each(func(r rune) string {
			if textnorm.IsHan(r) {
				return string(r) + "\u3000"
			}
			return string(r)
		})
	case 6:
		invisible := []string{"\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff", "\ufe0f"}[turn%6]
		return each(func(r rune) string { return string(r) + invisible })
	}
	return phrase
}

// phraseTally is what TestEvalPhrases reports.
type phraseTally struct {
	phrases, respelt, paragraphs, sets, withSign, micros atomic.Int64
}

// TestEvalPhrases compares the results of phrases of real news with a suffix
// array over all of it: the totals, all paragraphs if one response can have them,
// otherwise those of the first hits, and the highlights.
func TestEvalPhrases(t *testing.T) {
	for _, c := range []struct {
		index   string
		edit    func(*news.Article)
		files   []string
		phrases int
	}{
		{"untitled", withoutTitle, []string{"webnews", "broadcast"}, 16_000},
		{"newspaper1998", asIs, []string{"newspaper1998"}, 5_000},
	} {
		t.Run(c.index, func(t *testing.T) {
			l := corpusIndex(t, c.index, c.edit, c.files...)
			fold := folder(t)
			text := newCorpusText(t, fold, c.files...)
			phrases := text.draw(rand.New(rand.NewPCG(19, 98)), c.phrases)
			phrases = append(phrases, "里亚布科夫", "北约东扩", "谭德塞", "神舟十五号", "c919", "2022年9月", "的是", "习")
			tally, spell := &phraseTally{}, newSpeller(fold)
			var work sync.WaitGroup
			var next atomic.Int64
			for range runtime.GOMAXPROCS(0) {
				work.Go(func() {
					for i := next.Add(1) - 1; int(i) < len(phrases); i = next.Add(1) - 1 {
						checkPhrase(t, l, text, phrases[i], spell.write(phrases[i], int(i)), tally)
					}
				})
			}
			work.Wait()
			n := tally.phrases.Load()
			t.Logf("%d phrases over %d paragraphs exact (%d in another spelling, %d with digits, letters or signs); "+
				"%d paragraphs compared one by one for %d phrases; %.2f ms each",
				n, len(text.starts), tally.respelt.Load(), tally.withSign.Load(),
				tally.paragraphs.Load(), tally.sets.Load(), float64(tally.micros.Load())/1000/float64(n))
		})
	}
}

// checkPhrase searches for one phrase in one spelling.
func checkPhrase(t *testing.T, l *served, text *corpusText, phrase, spelt string, tally *phraseTally) {
	began := time.Now()
	request := search.Request{Query: &query.Phrase{Text: spelt}, By: search.ByParagraph, Size: search.MaxSize}
	r, err := l.Search(t.Context(), request)
	tally.micros.Add(time.Since(began).Microseconds())
	if err != nil {
		t.Errorf("phrase %q: %v", spelt, err)
		return
	}
	tally.phrases.Add(1)
	if spelt != phrase {
		tally.respelt.Add(1)
	}
	if strings.ContainsFunc(phrase, func(r rune) bool { return !textnorm.IsHan(r) }) {
		tally.withSign.Add(1)
	}
	want := text.containing(phrase)
	if r.Total != len(want) || r.Relation != search.Eq {
		t.Errorf("phrase %q finds %d paragraphs (%s), %d contain it", spelt, r.Total, r.Relation, len(want))
	}
	missing := map[string]bool{}
	for _, i := range want {
		missing[text.names[i]] = true
	}
	for _, h := range r.Hits {
		p := h.Paragraphs[0]
		if name := fmt.Sprintf("%s#%d", h.Article.ID, p.N); !missing[name] {
			t.Errorf("phrase %q finds %s, which does not contain it", spelt, name)
		} else {
			delete(missing, name)
		}
		checkPhraseMarks(t, text.fold, phrase, p.Snippet)
	}
	if len(want) <= search.MaxSize {
		tally.sets.Add(1)
		tally.paragraphs.Add(int64(len(want)))
		if len(missing) > 0 {
			t.Errorf("phrase %q does not find %v", spelt, missing)
		}
	}
}

// checkPhraseMarks checks that a snippet marks the phrase, and nothing that does
// not contain it.
func checkPhraseMarks(t *testing.T, fold textnorm.Folder, phrase string, s search.Snippet) {
	marks := 0
	for _, f := range s.Fragments {
		for _, m := range f.Marks {
			marks++
			if marked := fold.FoldString(f.Text[m.Start:m.End]); !strings.Contains(marked, phrase) {
				t.Errorf("phrase %q: marked %q", phrase, marked)
			}
		}
	}
	if marks == 0 {
		t.Errorf("phrase %q: no mark in %v", phrase, s)
	}
}

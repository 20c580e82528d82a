package eval_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"unicode"
	"unicode/utf8"

	"xunwen/internal/analyzer"
	"xunwen/internal/build/buildtest"
	"xunwen/internal/index"
	"xunwen/internal/news"
	"xunwen/internal/query"
	"xunwen/internal/search"
	"xunwen/internal/textnorm"
)

// The rule by which short operands match (docs/query-syntax.md), written a second
// time.
const (
	operandCharacters = 8
	operandWords      = 4
	operandGap        = 4 // characters between two words that belong to none, on average
)

// joinedArticle has the texts of an article without joiners, folded.
type joinedArticle struct {
	id    string
	texts []textnorm.Joined
}

func joinedArticles(t *testing.T, fold textnorm.Folder, files ...string) []joinedArticle {
	t.Helper()
	var out []joinedArticle
	for _, file := range files {
		err := readCorpus(t.Context(), func(a *news.Article) error {
			texts := []string{a.Title, a.Kicker, a.Subtitle}
			section := ""
			for _, p := range a.Paragraphs {
				if p.Section != section {
					section = p.Section
					texts = append(texts, section)
				}
				texts = append(texts, p.Text)
			}
			j := joinedArticle{id: a.ID}
			for _, text := range texts {
				j.texts = append(j.texts, textnorm.Join(fold.FoldString(text)))
			}
			out = append(out, j)
			return nil
		}, filepath.Join(corpora(t), file))
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// operandRule decides which texts have an operand.
type operandRule struct {
	whole string
	words []string // that may be near one another instead; nil for none
}

func newOperandRule(words *analyzer.Analyzer, operand string) operandRule {
	rule := operandRule{whole: textnorm.Join(words.FoldString(operand)).Text}
	for _, t := range words.Segment(rule.whole) {
		latin := strings.IndexFunc(t.Term, textnorm.IsHan) < 0
		switch {
		case words.IsStopWord(t.Term) && !latin:
		case latin || utf8.RuneCountInString(t.Term) > 1 && words.IsWord(t.Term):
			rule.words = append(rule.words, t.Term)
		default:
			rule.words = nil
			return rule
		}
	}
	if len(rule.words) < 2 {
		rule.words = nil
	}
	return rule
}

func (r operandRule) in(text textnorm.Joined) bool {
	for range text.Occurrences(r.whole) {
		return true
	}
	if r.words == nil {
		return false
	}
	for _, w := range r.words {
		if !strings.Contains(text.Text, w) {
			return false
		}
	}
	return r.near(text, nil, r.words)
}

// place is an occurrence of a word, in bytes.
type place struct{ start, end int }

// near reports whether the words have places in one sentence, none of which overlap,
// with few other characters between them, given the places chosen so far.
func (r operandRule) near(text textnorm.Joined, chosen []place, words []string) bool {
	if len(words) == 0 {
		chosen = slices.SortedFunc(slices.Values(chosen), func(a, b place) int { return cmp.Compare(a.start, b.start) })
		gaps := 0
		for i, p := range chosen[1:] {
			if p.start < chosen[i].end {
				return false
			}
			gaps += utf8.RuneCountInString(text.Text[chosen[i].end:p.start])
		}
		span := text.Text[chosen[0].start:chosen[len(chosen)-1].end]
		return gaps <= operandGap*(len(chosen)-1) && !hasSentenceEnd(span)
	}
	for at := range text.Occurrences(words[0]) {
		p := place{at, at + len(words[0])}
		if len(chosen) > 0 && (p.start > chosen[0].end+200 || p.end < chosen[0].start-200) {
			continue
		}
		if r.near(text, append(slices.Clip(chosen), p), words[1:]) {
			return true
		}
	}
	return false
}

func hasSentenceEnd(text string) bool {
	for i, r := range text {
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		if strings.ContainsRune("。!?", r) || r == '.' && textnorm.IsHan(before) {
			return true
		}
	}
	return false
}

// drawOperands draws short operands from texts: neighbouring words, any characters.
func drawOperands(words *analyzer.Analyzer, all []joinedArticle, n int) []string {
	r := rand.New(rand.NewPCG(8, 4)) // the same at every run
	seen := map[string]bool{}
	var out []string
	for len(out) < n {
		a := all[r.IntN(len(all))]
		text := a.texts[r.IntN(len(a.texts))].Text
		var operand string
		if len(out)%3 > 0 {
			tokens := words.Segment(text)
			if len(tokens) < 3 {
				continue
			}
			i := r.IntN(len(tokens) - 2)
			operand = text[tokens[i].Start:tokens[i+1+r.IntN(2)].End]
		} else {
			runes := []rune(text)
			size := 2 + r.IntN(operandCharacters-1)
			if len(runes) < size {
				continue
			}
			i := r.IntN(len(runes) - size + 1)
			operand = string(runes[i : i+size])
		}
		if isDrawable(words, operand) && !seen[operand] {
			seen[operand] = true
			out = append(out, operand)
		}
	}
	return out
}

// numberCharacters are characters of numbers, which are found in digits too
// (TestEvalNumbers).
const numberCharacters = "〇一二三四五六七八九十百千万亿两零"

// isDrawable reports whether a text is one short operand of words alone, however it is
// cut, without stop words and numbers.
func isDrawable(words *analyzer.Analyzer, text string) bool {
	j := textnorm.Join(text)
	if n := utf8.RuneCountInString(text); n < 2 || n > operandCharacters || j.Text != text {
		return false
	}
	for _, r := range text {
		isWord := textnorm.IsHan(r) || textnorm.IsWordRune(r)
		if !isWord || unicode.IsDigit(r) || strings.ContainsRune(numberCharacters, r) {
			return false
		}
	}
	tokens := words.Segment(text)
	return len(tokens) <= operandWords && !slices.ContainsFunc(tokens, func(t analyzer.Token) bool {
		return words.IsStopWord(t.Term)
	})
}

// TestEvalOperands compares what short operands find in real news with a scan of every
// text by the rule: all that satisfy it are found, and no others.
func TestEvalOperands(t *testing.T) {
	l := corpusIndex(t, "operands", asIs, "broadcast", "newspaper1998")
	words := analyzerOf(t, l)
	all := joinedArticles(t, words.Folder, "broadcast", "newspaper1998")
	operands := drawOperands(words, all, 300)
	operands = append(operands, "平台经济", "马斯克", "上合组织峰会", "火箭回收", "港口吞吐量", "高铁开通", "电信诈骗", "安全生产",
		"全国统一大市场", "碳中和", "里亚布科夫", "歼20", "c919")
	var found, near atomic.Int64
	var work sync.WaitGroup
	var next atomic.Int64
	for range 2 {
		work.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(operands); i = next.Add(1) - 1 {
				rule := newOperandRule(words, operands[i])
				hits := allHits(t, l, operands[i])
				found.Add(int64(len(hits)))
				if rule.words != nil {
					near.Add(1)
				}
				checkOperand(t, rule, operands[i], all, hits)
			}
		})
	}
	work.Wait()
	t.Logf("%d operands (%d of dictionary words) over %d articles exact: %d hits",
		len(operands), near.Load(), len(all), found.Load())
}

func checkOperand(t *testing.T, rule operandRule, operand string, all []joinedArticle, hits map[string]bool) {
	missing, wrong := []string{}, []string{}
	for _, a := range all {
		switch want := slices.ContainsFunc(a.texts, rule.in); {
		case want && !hits[a.id]:
			missing = append(missing, a.id)
		case !want && hits[a.id]:
			wrong = append(wrong, a.id)
		}
	}
	if len(missing)+len(wrong) > 0 {
		t.Errorf("%s does not find %s; finds %s", operand, firstOf(missing), firstOf(wrong))
	}
}

func firstOf(ids []string) string {
	return fmt.Sprintf("%d articles %v", len(ids), ids[:min(3, len(ids))])
}

// TestEvalTogether prints how many articles of broadcast some operands find in quotes,
// as they are, and with their words anywhere.
func TestEvalTogether(t *testing.T) {
	l := corpusIndex(t, "broadcast", asIs, "broadcast")
	count := func(n query.Node, match search.Matching) int {
		request := search.Request{Query: n, By: search.ByArticle, Size: 1, Uncollapsed: true, Match: match}
		r, err := l.Search(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		return r.Total
	}
	for _, operand := range []string{"平台经济", "马斯克", "上合组织峰会", "火箭回收", "港口吞吐量", "高铁开通", "电信诈骗", "安全生产",
		"全国统一大市场", "碳中和"} {
		word := &query.Word{Text: operand}
		t.Logf("%s: %d in quotes, %d together, %d anywhere", operand, count(&query.Phrase{Text: operand}, ""),
			count(word, ""), count(word, search.Anywhere))
	}
}

// analyzerOf opens the analyzer of the published generation of an index.
func analyzerOf(t *testing.T, l *served) *analyzer.Analyzer {
	t.Helper()
	a, err := analyzer.Open(filepath.Join(buildtest.CurrentDir(t, l.dir), index.AnalyzerDir))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(a.Close)
	return a
}

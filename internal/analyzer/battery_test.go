package analyzer

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// nasty is the battery of texts that every segmenter passes.
var nasty = []string{
	"",
	" ",
	"北",
	"北约东扩",
	"俄罗斯副外长里亚布科夫12日表示，北约“东扩”是红线。",
	"谭德塞、谭德塞《谭德塞》—谭德塞…谭德塞·谭德塞",
	"，。！？《》“”—…·、（）",
	"... --- ,,,",
	"c919首飞 5g网络 covid-19 3.14 3. .5 1,000 2022.01.12 v3.14 192.168.1.1",
	"卡拉ok t恤at恤 b超5g at&t c++ c#",
	"Ｃ９１９大型客机，ＧＤＰ增速８．１％",
	"北\x00约\x00",
	"北约\xff东扩\xe4\xb8",
	"\xf0\x9f\x98 \xed\xa0\x80 \xc0\xaf 北约",
	"\uFFFD北\uFFFD约",
	"臺灣總統府發言人林鶴明",
	"𠮷野家𠮷𠮷𡈽",
	"葛\U000E0100城 神\uFE00社",
	"😀北约👨‍👩‍👧东扩🇨🇳",
	"новости дня café naïve e\u0301te\u0301 ﾆｭｰｽ ニュース 뉴스 ข่าว",
	"々〇二〇二二年〆",
	"①②Ⅳ½㎡㈱",
	"a\u200Bb\u200D\uFEFF",
	"a\tb\r\nc\u3000d\u2028e",
	strings.Repeat("里亚布科夫北约东扩", 1112), // 10,008 characters without punctuation
	strings.Repeat("𠮷", 10_000),
	strings.Repeat("x", 3*maxChunk),
	strings.Repeat("🙂", maxChunk),
	strings.Repeat("谭德塞表示，北约 ", maxChunk/8),
}

func TestWords(t *testing.T) { a := sharedAnalyzer(t); eachNasty(t, a.checkWords) }

func TestSegment(t *testing.T) { a := sharedAnalyzer(t); eachNasty(t, a.checkSegment) }

func TestGrams(t *testing.T) { eachNasty(t, checkGrams) }

func FuzzWords(f *testing.F) { a := sharedAnalyzer(f); fuzzNasty(f, a.checkWords) }

func FuzzSegment(f *testing.F) { a := sharedAnalyzer(f); fuzzNasty(f, a.checkSegment) }

func FuzzGrams(f *testing.F) { fuzzNasty(f, checkGrams) }

// eachNasty checks every text folded, as callers pass it, and not folded: that
// must not lose text or crash either.
func eachNasty(t *testing.T, check func(t *testing.T, text string)) {
	fold := sharedAnalyzer(t)
	for _, s := range nasty {
		check(t, fold.FoldString(s))
		check(t, s)
	}
}

func fuzzNasty(f *testing.F, check func(t *testing.T, text string)) {
	for _, s := range nasty {
		if len(s) < 1000 { // longer ones slow the search down
			f.Add(s)
		}
	}
	fold := sharedAnalyzer(f)
	f.Fuzz(func(t *testing.T, s string) {
		check(t, fold.FoldString(s))
		check(t, s)
	})
}

func (a *Analyzer) checkWords(t *testing.T, text string) {
	t.Helper()
	words := a.Words(text)
	checkJoint(t, text, words)
	words = slices.DeleteFunc(words, func(k Token) bool { return IsJoint(k.Term) })
	checkTokens(t, text, words)
	joined := textnorm.Join(text)
	for _, s := range a.Segment(joined.Text) {
		s.Start, s.End = joined.Span(s.Start, s.End)
		if _, has := slices.BinarySearchFunc(words, s, compareTokens); !has && len(s.Term) <= maxRun {
			t.Fatalf("%q: Words lacks %q at %d of Segment", short(text), s.Term, s.Start)
		}
	}
}

func (a *Analyzer) checkSegment(t *testing.T, text string) {
	t.Helper()
	tokens := a.Segment(text)
	checkTokens(t, text, tokens)
	for i := 1; i < len(tokens); i++ {
		if tokens[i].Start < tokens[i-1].End {
			t.Fatalf("%q: %q and %q overlap", short(text), tokens[i-1].Term, tokens[i].Term)
		}
	}
}

// checkGrams compares the grams with their definition, character by character.
func checkGrams(t *testing.T, text string) {
	t.Helper()
	grams := Grams(text)
	checkTokens(t, text, grams)
	if slices.ContainsFunc(grams, func(g Token) bool { return len(g.Term) >= maxRun-utf8.UTFMax }) {
		return // see TestLongRuns
	}
	var want []Token
	wordEnd := func(from int) int { return len(text) - len(strings.TrimLeftFunc(text[from:], textnorm.IsWordRune)) }
	for i, r := range text {
		next := i + max(1, utf8.RuneLen(r))
		after, afterSize := utf8.DecodeRuneInString(text[min(next, len(text)):])
		before, _ := utf8.DecodeLastRuneInString(text[:i])
		switch {
		case textnorm.IsHan(r) && textnorm.IsHan(after):
			want = append(want, Token{text[i : next+afterSize], i, next + afterSize})
		case textnorm.IsHan(r):
			want = append(want, Token{text[i:next], i, next})
			if end := wordEnd(next); end > next {
				want = append(want, Token{text[i:end], i, end})
			}
		case textnorm.IsWordRune(r) && !textnorm.IsWordRune(before):
			end := wordEnd(i)
			want = append(want, Token{text[i:end], i, end})
			if after, size := utf8.DecodeRuneInString(text[end:]); textnorm.IsHan(after) {
				want = append(want, Token{text[i : end+size], i, end + size})
			}
		}
	}
	if !slices.Equal(grams, want) {
		t.Fatalf("%q: grams %q, want %q", short(text), terms(grams), terms(want))
	}
}

func compareTokens(a, b Token) int {
	return span{a.Start, a.End}.compare(span{b.Start, b.End})
}

// checkTokens checks what is true of all tokens: they equal the text at their
// offsets, are sorted, without repetitions, and cover every Han character and
// every other letter, digit or mark.
func checkTokens(t *testing.T, text string, tokens []Token) {
	t.Helper()
	for i, k := range tokens {
		if k.Start >= k.End || k.End > len(text) || joinPart(text, k) != k.Term || !utf8.ValidString(k.Term) {
			t.Fatalf("%q: token %+v differs from the text", short(text), k)
		}
		if strings.IndexFunc(k.Term, isTerm) < 0 {
			t.Fatalf("%q: token %q has no letter or digit", short(text), k.Term)
		}
		if i > 0 && compareTokens(tokens[i-1], k) >= 0 {
			t.Fatalf("%q: token %+v comes after %+v", short(text), k, tokens[i-1])
		}
	}
	covered, next := 0, 0
	for i, r := range text {
		for ; next < len(tokens) && tokens[next].Start <= i; next++ {
			covered = max(covered, tokens[next].End)
		}
		if (textnorm.IsHan(r) || textnorm.IsWordRune(r)) && i >= covered {
			t.Fatalf("%q: %q at %d is in no token", short(text), string(r), i)
		}
	}
}

// joinPart returns what a token is of, without joiners.
func joinPart(text string, k Token) string {
	joined := textnorm.Join(text[k.Start:k.End]).Text
	if len(joined) < len(k.Term) {
		return text[k.Start:k.End] // its joiners depend on what is around it
	}
	return joined
}

// checkJoint checks that joint terms follow the words that have joiners, and no others.
func checkJoint(t *testing.T, text string, words []Token) {
	t.Helper()
	for i, k := range words {
		after := i+1 < len(words) && words[i+1] == Token{JointPrefix + k.Term, k.Start, k.End}
		if inside := len(k.Term) < k.End-k.Start; !IsJoint(k.Term) && inside != after {
			t.Fatalf("%q: joiners in %q: %v, a joint term after it: %v", short(text), k.Term, inside, after)
		}
	}
}

func short(text string) string {
	if len(text) > 200 {
		return text[:200] + "…"
	}
	return text
}

package analyzer

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"xunwen/internal/textnorm"
)

// shared is one analyzer with gojieba's dictionaries for all tests that only
// cut: each one takes memory.
var shared = sync.OnceValues(func() (*Analyzer, error) {
	folder, name, err := dictionaries()
	if err != nil {
		return nil, err
	}
	return open(folder, name)
})

func sharedAnalyzer(t testing.TB) *Analyzer {
	t.Helper()
	a, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// nasty is the battery that every way of cutting passes.
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
	strings.Repeat("里亚布科夫北约东扩", 1112), // 10,008 characters without a stop
	strings.Repeat("𠮷", 10_000),
	strings.Repeat("x", 3*maxPiece),
	strings.Repeat("🙂", maxPiece),
	strings.Repeat("谭德塞表示，北约 ", maxPiece/8),
}

func TestWords(t *testing.T)   { a := sharedAnalyzer(t); eachNasty(t, a.checkWords) }
func TestSegment(t *testing.T) { a := sharedAnalyzer(t); eachNasty(t, a.checkSegment) }
func TestGrams(t *testing.T)   { eachNasty(t, checkGrams) }

func FuzzWords(f *testing.F)   { a := sharedAnalyzer(f); fuzzNasty(f, a.checkWords) }
func FuzzSegment(f *testing.F) { a := sharedAnalyzer(f); fuzzNasty(f, a.checkSegment) }
func FuzzGrams(f *testing.F)   { fuzzNasty(f, checkGrams) }

// eachNasty checks every text folded, as it comes, and as it is: callers fold,
// but one who forgets must not lose text or crash.
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
	checkTokens(t, text, words)
	for _, s := range a.Segment(text) {
		if _, has := slices.BinarySearchFunc(words, s, compareTokens); !has && len(s.Term) <= maxRun {
			t.Fatalf("%q: the words lack the segment %q at %d", short(text), s.Term, s.Start)
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

// checkGrams holds the grams against their definition, character by character.
func checkGrams(t *testing.T, text string) {
	t.Helper()
	grams := Grams(text)
	checkTokens(t, text, grams)
	if slices.ContainsFunc(grams, func(g Token) bool { return len(g.Term) >= maxRun-utf8.UTFMax }) {
		return // TestEndlessRuns
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

// checkTokens holds what is true of all tokens: they are what stands at their
// offsets, in order, once each, and cover every Han character and every other
// letter, digit or mark.
func checkTokens(t *testing.T, text string, tokens []Token) {
	t.Helper()
	for i, k := range tokens {
		if k.Start >= k.End || k.End > len(text) || text[k.Start:k.End] != k.Term || !utf8.ValidString(k.Term) {
			t.Fatalf("%q: token %+v is not what stands there", short(text), k)
		}
		if strings.IndexFunc(k.Term, isTerm) < 0 {
			t.Fatalf("%q: token %q has neither letter nor digit", short(text), k.Term)
		}
		if i > 0 && compareTokens(tokens[i-1], k) >= 0 {
			t.Fatalf("%q: token %+v stands behind %+v", short(text), k, tokens[i-1])
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

func short(text string) string {
	if len(text) > 200 {
		return text[:200] + "…"
	}
	return text
}

func terms(tokens []Token) string {
	var all []string
	for _, k := range tokens {
		all = append(all, k.Term)
	}
	return strings.Join(all, "/")
}

func TestHowTextIsCut(t *testing.T) {
	a := sharedAnalyzer(t)
	for _, c := range []struct{ text, words, segment, grams string }{
		{"中华人民共和国", "中华/中华人民共和国/华人/人民/共和/共和国", "中华人民共和国",
			"中华/华人/人民/民共/共和/和国/国"},
		{"里亚布科夫", "里亚布/科夫", "里亚布/科夫", "里亚/亚布/布科/科夫/夫"},
		{"厅", "厅", "厅", "厅"},
		{"C919首飞", "c919/首飞", "c919/首飞", "c919/c919首/首飞/飞"},
		{"５Ｇ网络", "5g/网络", "5g/网络", "5g/5g网/网络/络"},
		{"covid-19", "covid/19", "covid/19", "covid/19"},
		{"增长3.14%", "增长/3/3.14/14", "增长/3.14", "增长/长/长3/3/14"},
		{"共3.", "共/3", "共/3", "共/共3/3"},
		{"AT&T", "at/at&t/t", "at&t", "at/t"},
		{"T恤", "t/t恤", "t恤", "t/t恤/恤"}, // capitals in the dictionary are folded
		{"卡拉OK", "卡拉/ok", "卡拉/ok", "卡拉/拉/拉ok/ok"},
		{"Новости, café", "новости/café", "новости/café", "новости/café"},
		{"𠮷野家", "𠮷/野家", "𠮷/野家", "𠮷野/野家/家"},
		{"，。——《》", "", "", ""},
		{"臺灣海峽兩岸", "台湾/台湾海峡/海峡/两岸", "台湾海峡/两岸", "台湾/湾海/海峡/峡两/两岸/岸"},
		{"與會者", "与会/与会者", "与会者", "与会/会者/者"},
	} {
		folded := a.FoldString(c.text)
		if got := terms(a.Words(folded)); got != c.words {
			t.Errorf("Words(%q) = %s, want %s", folded, got, c.words)
		}
		if got := terms(a.Segment(folded)); got != c.segment {
			t.Errorf("Segment(%q) = %s, want %s", folded, got, c.segment)
		}
		if got := terms(Grams(folded)); got != c.grams {
			t.Errorf("Grams(%q) = %s, want %s", folded, got, c.grams)
		}
	}
}

// A query is a name alone, the text has it between marks: both must be cut
// alike.
func TestMarksDoNotChangeTheCut(t *testing.T) {
	a := sharedAnalyzer(t)
	for _, name := range []string{"谭德塞", "里亚布科夫", "杨洁篪", "卓嘎央宗", "c919", "5g", "3.14", "новости"} {
		want := terms(a.Segment(name))
		for _, around := range [][2]string{{"“", "”"}, {"《", "》"}, {"、", "、"}, {"·", "·"}, {"😀", "😀"}, {"\u200b", "—"},
			{"㎡", "℃"}, {"\x00", "\xff"}, {"(", ")"}, {"。", "。"}} {
			folded := a.FoldString(around[0] + name + around[1])
			var inside []Token
			for _, k := range a.Segment(folded) {
				if strings.Contains(name, k.Term) {
					inside = append(inside, k)
				}
			}
			if got := terms(inside); got != want {
				t.Errorf("%s is cut %s alone and %s in %s", name, want, got, folded)
			}
		}
	}
}

// Long texts are cut in pieces; that must not show.
func TestPiecesDoNotChangeTheCut(t *testing.T) {
	a := sharedAnalyzer(t)
	const sentence = "俄罗斯副外长里亚布科夫12日表示“北约东扩”是红线、c919首飞3.14亿元。"
	text := strings.Repeat(sentence, 3*maxPiece/len(sentence))
	for name, cut := range map[string]func(string) []Token{"Words": a.Words, "Segment": a.Segment} {
		one := cut(sentence)
		var want []Token
		for at := 0; at < len(text); at += len(sentence) {
			for _, k := range one {
				want = append(want, Token{k.Term, k.Start + at, k.End + at})
			}
		}
		if got := cut(text); !slices.Equal(got, want) {
			t.Errorf("%s: %d tokens of a long text, %d of its sentences", name, len(got), len(want))
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	a := sharedAnalyzer(t)
	texts := nasty[:20]
	want := make([][]Token, len(texts))
	for i, s := range texts {
		want[i] = append(a.Words(s), a.Segment(s)...)
	}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				for i, s := range texts {
					if got := append(a.Words(s), a.Segment(s)...); !slices.Equal(got, want[i]) {
						t.Errorf("%q is cut otherwise when others cut too", s)
					}
				}
			}
		})
	}
	all.Wait()
}

func TestStopWords(t *testing.T) {
	a := sharedAnalyzer(t)
	for term, want := range map[string]bool{"的": true, "about": true, "北约": false, "": false} {
		if a.IsStopWord(term) != want {
			t.Errorf("IsStopWord(%q) = %v", term, !want)
		}
	}
}

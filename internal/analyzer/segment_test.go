package analyzer

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"xunwen/internal/textnorm"
)

// shared is one analyzer with gojieba's dictionaries for all tests that only
// segment: each one takes 120 MB.
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

func terms(tokens []Token) string {
	var all []string
	for _, k := range tokens {
		all = append(all, k.Term)
	}
	return strings.Join(all, "/")
}

func TestSegmenters(t *testing.T) {
	a := sharedAnalyzer(t)
	for _, c := range []struct{ text, words, segment, grams string }{
		{"中华人民共和国", "中华/中华人民共和国/华人/人民/共和/共和国", "中华人民共和国",
			"中华/华人/人民/民共/共和/和国/国"},
		{"里亚布科夫", "里亚布/科夫", "里亚布/科夫", "里亚/亚布/布科/科夫/夫"},
		{"厅", "厅", "厅", "厅"},
		{"C919首飞", "c/c919/919/首飞", "c919/首飞", "c919/c919首/首飞/飞"},
		{"５Ｇ网络", "5/5g/g/网络", "5g/网络", "5g/5g网/网络/络"},
		{"covid-19", "covid/covid19/\tcovid19/19", "covid19", "covid/19"},
		{"哈利·波特", "哈利/哈利波/\t哈利波/特", "哈利波/特", "哈利/利/波特/特"},
		{"iphone 15 pro max", "iphone/iphone15/\tiphone15/iphone15pro/\tiphone15pro/15/15pro/\t15pro/pro/max",
			"iphone15pro/max", "iphone/15/pro/max"},
		{"5,999", "5999/\t5999", "5999", "5/999"},
		{"增长3.14%", "增长/3/3.14/14", "增长/3.14", "增长/长/长3/3/14"},
		{"共3.", "共/3", "共/3", "共/共3/3"},
		{"AT&T", "at/at&t/t", "at&t", "at/t"},
		{"T恤", "t/t恤", "t恤", "t/t恤/恤"}, // capitals in the dictionary are folded
		{"卡拉OK", "卡拉/ok", "卡拉/ok", "卡拉/拉/拉ok/ok"},
		{"Новости, café", "новости/cafe", "новости/cafe", "новости/cafe"},
		{"𠮷野家", "𠮷/野家", "𠮷/野家", "𠮷野/野家/家"},
		{"，。——《》", "", "", ""},
		{"臺灣海峽兩岸", "台湾/台湾海峡/海峡/两岸", "台湾海峡/两岸", "台湾/湾海/海峡/峡两/两岸/岸"},
		{"與會者", "与会/与会者", "与会者", "与会/会者/者"},
	} {
		folded := a.FoldString(c.text)
		if got := terms(a.Words(folded)); got != c.words {
			t.Errorf("Words(%q) = %s, want %s", folded, got, c.words)
		}
		if got := terms(a.Segment(textnorm.Join(folded).Text)); got != c.segment {
			t.Errorf("Segment(%q) = %s, want %s", folded, got, c.segment)
		}
		if got := terms(Grams(folded)); got != c.grams {
			t.Errorf("Grams(%q) = %s, want %s", folded, got, c.grams)
		}
	}
}

// TestPunctuationDoesNotChangeWords: a query is a name alone, a text has it
// between signs, and both must be segmented alike.
func TestPunctuationDoesNotChangeWords(t *testing.T) {
	a := sharedAnalyzer(t)
	for _, name := range []string{"谭德塞", "里亚布科夫", "杨洁篪", "卓嘎央宗", "c919", "5g", "3.14", "новости"} {
		want := terms(a.Segment(name))
		for _, around := range [][2]string{{"“", "”"}, {"《", "》"}, {"、", "、"}, {"·", "·"}, {"😀", "😀"}, {"\u200b", "—"},
			{"☆", "※"}, {"\x00", "\xff"}, {"(", ")"}, {"。", "。"}} {
			folded := a.FoldString(around[0] + name + around[1])
			var inside []Token
			for _, k := range a.Segment(folded) {
				if strings.Contains(name, k.Term) {
					inside = append(inside, k)
				}
			}
			if got := terms(inside); got != want {
				t.Errorf("%s is segmented %s alone and %s in %s", name, want, got, folded)
			}
		}
	}
}

// TestChunksDoNotChangeWords: long texts are segmented in chunks, with the same
// result wherever one ends.
func TestChunksDoNotChangeWords(t *testing.T) {
	a := sharedAnalyzer(t)
	for _, sentence := range []string{
		"俄罗斯副外长里亚布科夫12日表示“北约东扩”是红线、c919首飞3.14亿元。",
		"俄罗斯副外长里亚布科夫12日说c919客机3.14秒后起飞at&t 与北约东扩无关。",
		"“俄罗斯副外长里亚布科夫”《北约》、",
		strings.Repeat("k9", 9<<10) + "、",
	} {
		n := 6*maxChunk/len(sentence) + 1
		text := strings.Repeat(sentence, n)
		for name, segment := range map[string]func(string) []Token{"Words": a.Words, "Segment": a.Segment} {
			one := segment(sentence)
			var want []Token
			for at := 0; at < len(text); at += len(sentence) {
				for _, k := range one {
					want = append(want, Token{k.Term, k.Start + at, k.End + at})
				}
			}
			if got := segment(text); !slices.Equal(got, want) {
				t.Errorf("%s of %s: %d tokens of a long text, %d of its sentences",
					name, short(sentence), len(got), len(want))
			}
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
						t.Errorf("%q is segmented differently in concurrent calls", s)
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

package glyph_test

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"xunwen/internal/source/glyph"
)

func TestClean(t *testing.T) {
	for _, tt := range []struct {
		name, in, want string
		n              glyph.Count
	}{
		{name: "nothing to do", in: "新华社北京１月１２日电　“Ｃ919”㎡①½…\r\n\t\x00", want: "新华社北京１月１２日电　“Ｃ919”㎡①½…\r\n\t\x00"},
		{name: "without width", in: "北\u200b约\u200c东\u2060扩\ufeff，\u200eNATO\u200f\u202a\u202c", want: "北约东扩，NATO",
			n: glyph.Count{Invisible: 8}},
		{name: "a soft hyphen in a word", in: "inter\u00adnational 北\u00ad约", want: "international 北约",
			n: glyph.Count{Invisible: 2}},
		{name: "a soft hyphen at a line's end", in: "an inter\u00ad\r\n  na\u00adtional e\ufb03\u00ad\ncient talk\n",
			want: "an international\r\n efficient\n talk\n", n: glyph.Count{Invisible: 3, Shapes: 1}},
		{name: "a soft hyphen before a line that goes on in Chinese", in: "NATO\u00ad\n　　北约", want: "NATO\n　　北约",
			n: glyph.Count{Invisible: 1}},
		{name: "a soft hyphen at the end", in: "NATO\u00ad\n", want: "NATO\n", n: glyph.Count{Invisible: 1}},
		{name: "Kangxi radicals", in: "⼀⽉⼗⼆⽇⽼⼈⽣⽇", want: "一月十二日老人生日", n: glyph.Count{Shapes: 9}},
		{name: "radicals of the supplement", in: "校⻓⻅⻢⻰⻓⻔⻋", want: "校长见马龙长门车", n: glyph.Count{Shapes: 7}},
		{name: "parts of characters stay", in: "亻⺅⺡", want: "亻⺅⺡"},
		{name: "compatibility ideographs", in: "不\uf967\ufa0e金\uf90a來\uf92d\U0002f800", want: "不不\ufa0e金金來來丽",
			n: glyph.Count{Shapes: 4}},
		{name: "ligatures", in: "ﬁnal oﬃce ﬂow aﬀair", want: "final office flow affair", n: glyph.Count{Shapes: 4}},
		{name: "private use stays", in: "王\ue123说\U000f0001", want: "王\ue123说\U000f0001", n: glyph.Count{Private: 2}},
		{name: "variants of a character", in: "葛\U000e0100城辻\ufe00", want: "葛城辻", n: glyph.Count{Invisible: 2}},
		{name: "emoji stay", in: "👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 北\u200d约", want: "👨\u200d👩\u200d👧 ❤\ufe0f\u200d🔥 北约",
			n: glyph.Count{Invisible: 1}},
		{name: "blanks stay", in: "第 一 版\u00a0北\u3000约\u200b\u2003x", want: "第 一 版\u00a0北\u3000约\u2003x",
			n: glyph.Count{Invisible: 1}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, n := glyph.Clean(tt.in)
			if got != tt.want || n != tt.n {
				t.Errorf("got %+q, %+v; want %+q, %+v", got, n, tt.want, tt.n)
			}
		})
	}
}

// TestEveryHanCharacterStays checks all Han characters: none is lost, and only those in the
// blocks of shapes change.
func TestEveryHanCharacterStays(t *testing.T) {
	changed := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.Is(unicode.Han, r) {
			continue
		}
		got, _ := glyph.Clean("约" + string(r) + "东")
		if got == "约"+string(r)+"东" {
			continue
		}
		changed++
		isShape := r >= 0x2e80 && r <= 0x2fd5 || r >= 0xf900 && r <= 0xfaff || r >= 0x2f800 && r <= 0x2fa1f
		to := []rune(got)
		if !isShape || len(to) != 3 || !unicode.Is(unicode.Unified_Ideograph, to[1]) {
			t.Errorf("%U became %+q", r, got)
		}
		if plain := norm.NFKC.String(string(r)); plain != string(r) && plain != string(to[1]) {
			t.Errorf("%U became %U, NFKC says %+q", r, to[1], plain)
		}
	}
	if changed < 214+1000 { // the radicals of Kangxi and two blocks of ideographs
		t.Errorf("only %d characters are shapes", changed)
	}
}

func FuzzClean(f *testing.F) {
	f.Add("校⻓⼀\u00ad\n  ab\u200d北\u200b约\ue000")
	f.Add("a\u00ad\u00ad \nb\u00ad\n\u00ad\n c")
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "")
		got, _ := glyph.Clean(s)
		if a, b := strings.Count(s, "\n"), strings.Count(got, "\n"); a != b {
			t.Fatalf("%q has %d line ends, %q has %d", s, a, got, b)
		}
		if a, b := han(s), han(got); a != b {
			t.Fatalf("the Han characters of %q were %s, became %s", s, a, b)
		}
		if again, n := glyph.Clean(got); again != got || n.Invisible+n.Shapes > 0 {
			t.Fatalf("%q cleaned again: %q, %+v", got, again, n)
		}
	})
}

// han returns the Han characters of a text in order, with shapes replaced one by one.
func han(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			plain, _ := glyph.Clean(string(r))
			b.WriteString(plain)
		}
	}
	return b.String()
}

func BenchmarkClean(b *testing.B) {
	for name, s := range map[string]string{
		"nothing to do": strings.Repeat("俄罗斯与美国举行新一轮战略稳定对话。\n", 1000),
		"shapes":        strings.Repeat("俄罗斯与美国举⾏新⼀轮战略稳\u200b定对话。\n", 1000),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				glyph.Clean(s)
			}
		})
	}
}

package textnorm

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// testFolder has the characters of these tests as OpenCC's table has them.
func testFolder(t testing.TB) Folder {
	t.Helper()
	table := map[rune]rune{'薴': '苧', '苧': '苎', '祇': '祇', '㔋': '𪟎', '𠗣': '㓆', '𫠆': '𪟎'}
	traditional, simplified := []rune("臺灣峽兩後乾長發國會議員對說話結龍這說頭條線電視"), []rune("台湾峡两后干长发国会议员对说话结龙这说头条线电视")
	for i, r := range traditional {
		table[r] = simplified[i]
	}
	f, err := NewFolder(table)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

var foldCases = []struct{ name, in, want string }{
	{"empty", "", ""},
	{"nothing to do", "北约东扩c919、\"5g\"", "北约东扩c919、\"5g\""},
	{"full width", "ＡＢＣ１２３，！（）", "abc123,!()"},
	{"half-width katakana", "ｶﾀｶﾅｶﾞﾊﾟ｡", "カタカナガパ。"},
	{"marks of other writing", "\uFE8A\uFF9F", "ي\u0654\u309A"},
	{"capitals", "C919 GDP", "c919 gdp"},
	{"capitals beyond ASCII", "ÉΣςσК", "eσσσк"},
	{"letters and diacritics", "ßİŸ naïve nai\u0308ve Đà Nẵng Łódź Ærø", "ssiy naive naive da nang lodz aero"},
	{"kelvin, angstrom, long s", "\u212A\u212Bſ", "kas"},
	{"compatibility characters", "㎡℃Ⅳ₂①㈱½㍿", "m2°civ21(株)1/2株式会社"},
	{"ideographs", "\uF900⽉⻘⻔\u2F2F", "豈月青门工"},
	{"kana", "がガか\u3099カ\u3099 \u3099か", "がガがガ \u3099か"},
	{"korean", "한국", "한국"},
	{"white-space run", "a \t\u3000\u00A0\r\nb", "a b"},
	{"single space stays", "a b 1 2", "a b 1 2"},
	{"single tab", "a\tb", "a b"},
	{"white space and Han characters", "2022 年 李\u3000强 GDP 增长", "2022年李强gdp增长"},
	{"white space and signs", "a, b ( c ) . 5 %", "a,b(c).5%"},
	{"at the ends", "  a  ", "a"},
	{"only white space", " \u3000", ""},
	{"NUL", "a\x00b", "a\uFFFDb"},
	{"invalid byte separates", "北\xff约", "北\uFFFD约"},
	{"truncated character", "北约"[:5], "北\uFFFD\uFFFD"},
	{"surrogate bytes", "a\xED\xA0\x80b", "a\uFFFD\uFFFD\uFFFDb"},
	{"invalid among spaces", "a \xff\x00 b", "a\uFFFD\uFFFDb"},
	{"replacement character stays", "a\uFFFDb", "a\uFFFDb"},
	{"beyond the BMP", "𠮷Ａ😀Ｂ", "𠮷a😀b"},
	{"signs without width", "北\u200B约\uFEFF a\u00ADb\u200D 葛\U000E0100城 \u2060", "北约ab葛城"},
	{"white space around them", "a\u200B \u200Bb a \u200B b", "a b a b"},
	{"quotation marks", "“北”‘约’「东」『扩』\"a'b＂＇«»", "\"北\"\"约\"\"东\"\"扩\"\"a\"b\"\"\"\""},
	{"book titles stay", "《北》〈约〉", "《北》〈约〉"},
	{"middle dots", "a·b•c・d‧e∙f●g･h", "a·b·c·d·e·f·g·h"},
	{"dashes", "a-b–c—d——e－f~g～h - - i−j──k", "a-b-c-d-e-f-g-h-i-j-k"},
	{"ellipses", "a…b……c⋯d...e......f。。。g···h..i。。j…。k..…l...。", "a…b…c…d…e…f…g…h..i。。j…。k..…l…。"},
	{"an ellipsis of apart dots", "a. . .b.\u200B. .c", "a…b…c"},
	{"colons", "a：b∶c:d", "a:b:c:d"},
	{"zeros", "二○一七", "二〇一七"},
	{"traditional", "臺灣海峽兩岸", "台湾海峡两岸"},
	{"simplified stays", "台湾海峡两岸", "台湾海峡两岸"},
	{"character by character", "皇后在後面，乾隆喝乾了", "皇后在后面,干隆喝干了"},
	{"a target beyond the BMP", "㔋𠗣", "𪟎㓆"},
	{"traditional in Ａ width", "ＧＤＰ增長８．１％", "gdp增长8.1%"},
	{"unchanged", "祇瞭藉覆", "祇瞭藉覆"},
	{"a target with a target", "薴苧苎", "苎苎苎"},
	{"full-width signs", "￥￠", "¥¢"},
	{"signs that would be spaces", "¨a¯", "¨a¯"},
	{"three signs of one character each", "⒈..", "1…"},
}

func TestFold(t *testing.T) {
	folder := testFolder(t)
	for _, c := range foldCases {
		t.Run(c.name, func(t *testing.T) {
			f := folder.Fold(c.in)
			if f.Text != c.want {
				t.Errorf("Fold(%q) = %q, want %q", c.in, f.Text, c.want)
			}
			checkFolded(t, folder, c.in)
			checkFolded(t, Folder{}, c.in)
		})
	}
}

func TestSpan(t *testing.T) {
	folder := testFolder(t)
	for _, c := range []struct{ in, find, want string }{
		{"《Ｃ９１９》首飞", "c919", "Ｃ９１９"},
		{"，，，首飞", "首", "首"},
		{"𠮷野家Ａ座", "a座", "Ａ座"},
		{"a \u3000 b", "a b", "a \u3000 b"},
		{"a \u3000 b", " ", " \u3000 "},
		{"北\xff\xff约", "约", "约"},
		{"x\x00ＡB", "ab", "ＡB"},
		{"ȺȺ尾", "尾", "尾"},
		{"尾  ", "尾", "尾"},
		{"訪問臺灣，海峽", "湾,海", "灣，海"},
		{"𠗣𠗣對話", "对话", "對話"},
		{"㔋㔋，對話", ",对", "，對"},
		{"㔋𠗣㔋", "㓆𪟎", "𠗣㔋"},
		{"主席李 强 出席", "李强", "李 强"},
		{"主席 李强 出席", "李强", "李强"},
		{"主席\u200B李\u200B强\u200B出席", "李强", "李\u200B强"},
		{"　2022 年，", "2022年", "2022 年"},
		{"ŀa", "·", "ŀ"},
		{"㌀ﾞa", "ア", "㌀"},
		{"㌀ﾞa", "パ", "㌀"},
		{"㌀ﾞa", "ド", "㌀ﾞ"},
		{"共100㎡地", "m", "㎡"},
		{"共100㎡地", "2地", "㎡地"},
		{"共100㎡地", "100m", "100㎡"},
		{"ǆ尾", "z尾", "ǆ尾"},
		{"中——美", "-", "——"},
		{"中 — — 美", "-", "— —"},
		{"中 — — 美", "中-美", "中 — — 美"},
		{"等...后. . . .完", "…后", "...后"},
		{"等...后. . . .完", "后…完", "后. . . .完"},
		{"等......完", "…", "......"},
		{"ｶﾞ円", "ガ", "ｶﾞ"},
		{"e\u0301té!", "ete", "e\u0301té"},
		{"e\u0301té", "e", "e"}, // what is left out after a match is not part of it
	} {
		f := folder.Fold(c.in)
		i := strings.Index(f.Text, c.find)
		if i < 0 {
			t.Fatalf("Fold(%q) = %q lacks %q", c.in, f.Text, c.find)
		}
		start, end := f.Span(i, i+len(c.find))
		if got := c.in[start:end]; got != c.want {
			t.Errorf("%q in %q maps to %q, want %q", c.find, c.in, got, c.want)
		}
	}
}

func TestFoldOfFoldedTextAllocatesNothing(t *testing.T) {
	const text = "据新华社北京1月12日电北约\"东扩\"、c919首飞。new york-歼…"
	var f Folded
	folder := testFolder(t)
	if n := testing.AllocsPerRun(100, func() { f = folder.Fold(text) }); n != 0 {
		t.Errorf("folding folded text allocates %v times", n)
	}
	if f.alignments != nil || f.Text != text {
		t.Errorf("got %q with %d alignments", f.Text, len(f.alignments))
	}
}

func FuzzFold(f *testing.F) {
	folder := testFolder(f)
	for _, c := range foldCases {
		f.Add(c.in)
	}
	f.Add("ＴＡＩＰＥＩ　１０１\x00\xe4\xb8 結束")
	f.Fuzz(func(t *testing.T, s string) { checkFolded(t, folder, s) })
}

// checkFolded checks what Fold promises for one text.
func checkFolded(t *testing.T, folder Folder, s string) {
	t.Helper()
	f := folder.Fold(s)
	if got := folder.FoldString(s); got != f.Text {
		t.Fatalf("FoldString(%q) = %q, Fold gives %q", s, got, f.Text)
	}
	if !utf8.ValidString(f.Text) || strings.ContainsAny(f.Text, "\x00\t\n") || strings.Contains(f.Text, "  ") {
		t.Fatalf("Fold(%q) = %q has NUL, invalid UTF-8, a tab, or two spaces", s, f.Text)
	}
	if again := folder.Fold(f.Text); again.Text != f.Text || again.alignments != nil {
		t.Fatalf("folding %q again gives %q", f.Text, again.Text)
	}
	if start, end := f.Span(0, len(f.Text)); folder.FoldString(s[start:end]) != f.Text {
		t.Fatalf("%q: [%d,%d) folds to %q", s, start, end, folder.FoldString(s[start:end]))
	}
	last := 0
	for i, r := range f.Text {
		start, end := f.Span(i, i+utf8.RuneLen(r))
		for _, x := range [][2]int{{i, len(f.Text)}, {i + 1, i + utf8.RuneLen(r)}, {-1, i}, {i, i}} {
			if a, b := f.Span(x[0], x[1]); a < 0 || b < a || b > len(s) {
				t.Fatalf("%q: %v maps to [%d,%d)", s, x, a, b)
			}
		}
		if start < last && !(start == end || folder.FoldString(s[start:end]) != string(r)) {
			t.Fatalf("%q: %q at %d maps to %d, before %d", s, string(r), i, start, last)
		}
		last = end
		// What it is made of folds to it, or to a text with it; a space is one between letters only.
		if whole := folder.FoldString("x" + s[start:end] + "x"); !strings.ContainsRune(whole, r) {
			t.Fatalf("%q: %q at %d maps to %q, which folds to %q", s, string(r), i, s[start:end], whole)
		}
	}
}

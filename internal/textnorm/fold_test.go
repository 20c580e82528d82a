package textnorm

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
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
	{"nothing to do", "北约东扩c919、“5g”", "北约东扩c919、“5g”"},
	{"full width", "ＡＢＣ１２３，！（）：", "abc123,!():"},
	{"half-width katakana", "ｶﾀｶﾅﾞ｡", "カタカナ\u3099。"},
	{"capitals", "C919 GDP", "c919 gdp"},
	{"capitals beyond ASCII", "ÉΣςσК", "éσσσк"},
	{"one rune each", "ßİŸ", "ßiÿ"},
	{"kelvin, angstrom, long s", "\u212A\u212Bſ", "kås"},
	{"white-space run", "a \t\u3000\u00A0\r\nb", "a b"},
	{"single space stays", "a b c", "a b c"},
	{"single tab", "a\tb", "a b"},
	{"ideographic space", "北\u3000约", "北 约"},
	{"at the ends", "  a  ", " a "},
	{"NUL", "a\x00b", "a b"},
	{"invalid byte separates", "北\xff约", "北 约"},
	{"truncated character", "北约"[:5], "北  "[:4]},
	{"surrogate bytes", "a\xED\xA0\x80b", "a b"},
	{"overlong", "a\xC0\xAFb", "a b"},
	{"invalid among spaces", "a \xff\x00 b", "a b"},
	{"replacement character stays", "a\uFFFDb", "a\uFFFDb"},
	{"beyond the BMP", "𠮷Ａ😀Ｂ", "𠮷a😀b"},
	{"zero width stays", "a\u200Bb\uFEFF", "a\u200Bb\uFEFF"},
	{"traditional", "臺灣海峽兩岸", "台湾海峡两岸"},
	{"simplified stays", "台湾海峡两岸", "台湾海峡两岸"},
	{"character by character", "皇后在後面，乾隆喝乾了", "皇后在后面,干隆喝干了"},
	{"a target beyond the BMP", "㔋𠗣", "𪟎㓆"},
	{"traditional in Ａ width", "ＧＤＰ增長８．１％", "gdp增长8.1%"},
	{"unchanged", "祇瞭藉覆", "祇瞭藉覆"},
	{"a target with a target", "薴苧苎", "苎苎苎"},
	{"grows", "Ⱥa", "ⱥa"},
	{"full-width signs", "￥￠", "¥¢"},
	{"last of the full-width forms", "～｟", "~⦅"},
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
		{"北\xff约", "北 约", "北\xff约"},
		{"x\x00ＡB", "ab", "ＡB"},
		{"ȺȺ尾", "尾", "尾"},
		{"İİ尾", "尾", "尾"},
		{"尾  ", "尾 ", "尾  "},
		{"訪問臺灣，海峽", "湾,海", "灣，海"},
		{"𠗣𠗣對話", "对话", "對話"},
		{"㔋㔋，對話", ",对", "，對"},
		{"㔋𠗣㔋", "㓆𪟎", "𠗣㔋"},
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
	const text = "据新华社北京1月12日电 北约“东扩”、c919首飞。"
	var f Folded
	folder := testFolder(t)
	if n := testing.AllocsPerRun(100, func() { f = folder.Fold(text) }); n != 0 {
		t.Errorf("folding folded text allocates %v times", n)
	}
	if f.shifts != nil || f.Text != text {
		t.Errorf("got %q with %d shifts", f.Text, len(f.shifts))
	}
}

// TestEveryRune compares the fast paths of foldRune with the definition.
func TestEveryRune(t *testing.T) {
	t.Run("width and case", func(t *testing.T) { everyRune(t, Folder{}, func(r rune) rune { return r }) })
	folder := testFolder(t)
	t.Run("script", func(t *testing.T) { everyRune(t, folder, folder.script.simplify) })
}

func everyRune(t *testing.T, folder Folder, simplify func(rune) rune) {
	for r := rune(1); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		got := folder.Fold("x" + string(r) + "x").Text
		want := ' '
		if !unicode.IsSpace(r) {
			want = r
			if n := width.LookupRune(r).Folded(); n != 0 {
				want = n
			}
			want = simplify(foldCase(want))
		}
		if got != "x"+string(want)+"x" {
			t.Fatalf("%U folds to %q, want %q", r, got, string(want))
		}
		for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
			if folder.foldRune(other) != folder.foldRune(r) {
				t.Fatalf("%U and %U differ only in case but fold differently", r, other)
			}
		}
		if low := unicode.ToLower(r); folder.foldRune(low) != folder.foldRune(r) {
			t.Fatalf("%U and its lower case %U fold differently", r, low)
		}
		if again := folder.FoldString(got); again != got {
			t.Fatalf("%U folds to %q and then to %q", r, got, again)
		}
	}
}

func TestRuneClasses(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if got, want := IsHan(r), unicode.Is(unicode.Han, r); got != want {
			t.Fatalf("IsHan(%U) = %v", r, got)
		}
		want := (unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r)) && !unicode.Is(unicode.Han, r)
		if got := IsWordRune(r); got != want {
			t.Fatalf("IsWordRune(%U) = %v", r, got)
		}
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
	if !utf8.ValidString(f.Text) || strings.ContainsRune(f.Text, 0) || strings.Contains(f.Text, "  ") {
		t.Fatalf("Fold(%q) = %q has NUL, invalid UTF-8 or two spaces", s, f.Text)
	}
	if again := folder.Fold(f.Text); again.Text != f.Text || again.shifts != nil {
		t.Fatalf("folding %q again gives %q", f.Text, again.Text)
	}
	if f.Original(-1) != 0 || f.Original(len(f.Text)) != len(s) || f.Original(len(f.Text)+1) != len(s) {
		t.Fatalf("the ends of %q map to %d and %d", s, f.Original(-1), f.Original(len(f.Text)))
	}
	at := 0 // the offset in s of the rune that r was folded from
	for i, r := range f.Text {
		if got := f.Original(i); got != at {
			t.Fatalf("%q: offset %d of the folded text maps to %d, want %d", s, i, got, at)
		}
		for k := i + 1; k < i+utf8.RuneLen(r); k++ {
			if f.Original(k) != at {
				t.Fatalf("%q: offset %d inside a character maps to %d, want its start %d", s, k, f.Original(k), at)
			}
		}
		from, size := utf8.DecodeRuneInString(s[at:])
		if r != ' ' {
			if folder.foldRune(from) != r {
				t.Fatalf("%q: %q at %d became %q", s, string(from), at, string(r))
			}
			at += size
			continue
		}
		if !isBlank(from, size) {
			t.Fatalf("%q: %q at %d became a space", s, string(from), at)
		}
		at = blankEnd(s, at)
	}
	if at != len(s) {
		t.Fatalf("%q: the folded text ends at %d of %d", s, at, len(s))
	}
}

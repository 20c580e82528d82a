package charset_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"

	"xunwen/internal/source/charset"
)

const (
	simplified = "俄罗斯与美国十二日举行新一轮战略稳定对话，双方未就主要问题达成一致。\n" +
		"会谈持续了八个小时，代表团随后离开会场，没有发表共同声明。（据新华社）\n"
	traditional = "俄羅斯與美國十二日舉行新一輪戰略穩定對話，雙方未就主要問題達成一致。\n" +
		"會談持續了八個小時，代表團隨後離開會場，沒有發表共同聲明。（據新華社）\n"
	english = "Talks ended without a joint statement on 12 January, 2022.\n"
)

var (
	gb18030 = simplifiedchinese.GB18030
	big5    = traditionalchinese.Big5
	utf16le = unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	utf16be = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
)

func encode(t testing.TB, e encoding.Encoding, s string) string {
	t.Helper()
	out, err := e.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestText(t *testing.T) {
	for _, tt := range []struct {
		name  string
		in    string
		asked charset.Encoding
		want  string
	}{
		{name: "nothing"},
		{name: "ASCII", in: english, want: english},
		{name: "UTF-8", in: simplified, want: simplified},
		{name: "UTF-8 with a mark", in: "\ufeff" + simplified, want: simplified},
		{name: "NUL and line ends stay", in: "甲\x00乙\r\n丙\r丁", want: "甲\x00乙\r\n丙\r丁"},
		{name: "GB18030", in: encode(t, gb18030, simplified), want: simplified},
		{name: "traditional characters in GB18030", in: encode(t, gb18030, traditional), want: traditional},
		{name: "GB18030 after much ASCII", in: strings.Repeat(english, 2000) + encode(t, gb18030, simplified),
			want: strings.Repeat(english, 2000) + simplified},
		{name: "a few characters", in: encode(t, gb18030, "本报讯"), want: "本报讯"},
		{name: "four bytes", in: encode(t, gb18030, simplified+"𠮷野家 ḿ €"), want: simplified + "𠮷野家 ḿ €"},
		{name: "characters that came into Unicode later",
			in: encode(t, gb18030, simplified) + "\xfe\x59\xfe\x51\xa6\xd9\xa8\xbc", want: simplified + "龴𠂇︐ḿ"},
		{name: "characters of the newspaper's own",
			in: encode(t, gb18030, simplified) +
				"\xaa\xa1\xaf\xfe\xf8\xa1\xfe\xfe\xa1\x40\xa7\xa0\xa1\x80", want: simplified +
				"\ue000\ue233\ue234\ue4c5\ue4c6\ue765\ue505"},
		{name: "U+FFFD that was written", in: encode(t, gb18030, simplified) + "\x84\x31\xa4\x37",
			want: simplified + "\ufffd"},
		{name: "Big5", in: encode(t, big5, traditional), want: traditional},
		{name: "UTF-16LE with a mark", in: "\xff\xfe" + encode(t, utf16le, simplified), want: simplified},
		{name: "UTF-16BE with a mark", in: "\xfe\xff" + encode(t, utf16be, simplified), want: simplified},
		{name: "UTF-16LE", in: encode(t, utf16le, simplified), want: simplified},
		{name: "UTF-16BE", in: encode(t, utf16be, traditional), want: traditional},
		{name: "UTF-16LE, English", in: encode(t, utf16le, english), want: english},
		{name: "UTF-16BE, English", in: encode(t, utf16be, english), want: english},
		{name: "UTF-16LE, much 一", in: encode(t, utf16le, "一一得一，一二得二，一三得三，一四得四"), want: "一一得一，一二得二，一三得三，一四得四"},
		{name: "UTF-16 beyond the first plane", in: encode(t, utf16le, simplified+"𠮷"), want: simplified + "𠮷"},

		{name: "asked: GBK", in: encode(t, gb18030, "联通"), asked: charset.GBK, want: "联通"},
		{name: "asked: Big5", in: encode(t, big5, "對話"), asked: charset.Big5, want: "對話"},
		{name: "asked: UTF-16 in either order", in: encode(t, utf16be, simplified), asked: charset.UTF16,
			want: simplified},
		{name: "asked: UTF-16LE", in: encode(t, utf16le, "甲"), asked: charset.UTF16LE, want: "甲"},
		{name: "asked: GBK, but a mark says UTF-8", in: "\ufeff" + simplified, asked: charset.GBK, want: simplified},
		{name: "asked: UTF-8", in: simplified, asked: charset.UTF8, want: simplified},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := charset.Text([]byte(tt.in), tt.asked)
			if err != nil || got != tt.want {
				t.Errorf("got %q, error %v; want %q", got, err, tt.want)
			}
		})
	}
}

func TestTextRefuses(t *testing.T) {
	const auto = "not UTF-8, GB18030, Big5 or UTF-16 (byte 0x%s): convert it or pass --encoding"
	page := strings.Repeat(simplified, 60)
	lines := strings.SplitAfter(page, "\n")
	broken := encode(t, gb18030, strings.Join(lines[:119], "")) + "\x81\x20" + encode(t, gb18030, lines[119])
	for _, tt := range []struct {
		name  string
		in    string
		asked charset.Encoding
		want  string
		line  int
	}{
		{name: "GB18030 that breaks", in: broken, want: "81", line: 120},
		{name: "GB18030 that breaks off", in: encode(t, gb18030, simplified)[:98], want: "ba", line: 2},
		{name: "UTF-8 that breaks", in: page + "甲\xe4\xb9乙" + page, want: "e4", line: 121},
		{name: "UTF-8 that breaks off", in: page[:len(page)-2], want: "cut off", line: 120},
		{name: "UTF-16 that breaks off", in: encode(t, utf16le, simplified) + "\x4e", want: "4e", line: 3},
		{name: "half of a pair in UTF-16",
			in: "\xff\xfe" + encode(t, utf16le, simplified) + "\x3d\xd8" + encode(t, utf16le,
				simplified), want: "3d", line: 3},
		{name: "lines that end with CR alone", in: "甲\r乙\r\n\xff丙丁戊", want: "ff", line: 3},
		{name: "Japanese", in: encode(t, japanese.EUCJP, strings.Repeat("日本の首相は十二日、記者会見で新しい経済対策について説明した。", 4)),
			want: "c6", line: 1},
		{name: "Japanese of Windows",
			in: encode(t, japanese.ShiftJIS,
				strings.Repeat("日本の首相は十二日、記者会見で新しい経済対策について説明した。", 4)), want: "93", line: 1},
		{name: "Korean", in: encode(t, korean.EUCKR, strings.Repeat("대통령은 십이일 기자회견에서 새로운 경제 대책에 대해 설명했다.", 4)),
			want: "b4", line: 1},
		{name: "French",
			in: encode(t, charmap.Windows1252,
				"Le président a été réélu à une large majorité, même à l'étranger."), want: "e9", line: 1},
		{name: "Russian",
			in: encode(t, charmap.Windows1251,
				"Переговоры завершились без совместного заявления сторон."), want: "cf", line: 1},
		{name: "UTF-32", in: "\xff\xfe\x00\x00\x32\x75\x00\x00\x59\x4e\x00\x00", want: "ff", line: 1},
		{name: "no text",
			in: "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x03\x00\x3e\x00" +
				"\xf0\x9a\x40\x8d\xff\xfe\x80\x81\x00\xc0", want: "f0", line: 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, err := charset.Text([]byte(tt.in), tt.asked)
			var bad *charset.Error
			if !errors.As(err, &bad) || text != "" {
				t.Fatalf("got %q, error %v", text, err)
			}
			want := strings.Replace(auto, "%s", tt.want, 1)
			if tt.want == "cut off" {
				want = "cut off within a character: get the whole text"
			}
			if err.Error() != want || bad.Line != tt.line {
				t.Errorf("line %d: %v; want line %d: %s", bad.Line, err, tt.line, want)
			}
		})
	}
	_, err := charset.Text([]byte(simplified), charset.Big5)
	if err == nil || err.Error() != "not Big5 (byte 0x84): convert it or pass another --encoding" {
		t.Errorf("another encoding than the one asked for: %v", err)
	}
}

func TestDecode(t *testing.T) {
	page := "<title>" + simplified + "</title>"
	misread, err := charset.Text([]byte("<title>"+strings.Repeat("俄国", 50)), charset.GB18030)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, in, declared, want string
		asked                    charset.Encoding
	}{
		{name: "what was asked for outweighs what it says and what it looks like",
			in: "<title>" + strings.Repeat("俄国", 50), declared: "utf-8", asked: charset.GB18030, want: misread},
		{name: "asked for, and a headline cut in the middle of a character",
			in: encode(t, gb18030, page)[:22] + "\"" + encode(t, gb18030,
				page), asked: charset.GBK, want: "<title>俄罗斯与美国十\ufffd\"" + page},
		{name: "what was asked for, but for a mark", in: "\ufeff" + page, asked: charset.Big5, want: page},
		{name: "what it says", in: encode(t, gb18030, page), declared: "GB2312", want: page},
		{name: "says nothing", in: encode(t, gb18030, page), declared: "", want: page},
		{name: "says gb2312 and is UTF-8", in: page, declared: "gb2312", want: page},
		{name: "says utf-8 and is GB18030", in: encode(t, gb18030, page), declared: "utf-8", want: page},
		{name: "says iso-8859-1 and is GB18030", in: encode(t, gb18030, page), declared: "iso-8859-1", want: page},
		{name: "says gb2312 and is Big5", in: encode(t, big5, traditional), declared: "gb2312", want: traditional},
		{name: "so short that only the page can say", in: encode(t, gb18030, "鯤鵬"), declared: "gbk", want: "鯤鵬"},
		{name: "a headline cut in the middle of a character",
			in: encode(t, gb18030, page)[:22] + "\"" + encode(t, gb18030,
				page), declared: "gbk", want: "<title>俄罗斯与美国十\ufffd\"" + page},
		{name: "UTF-8 cut in the middle of a character", in: "<title>俄\xe7\xbd" + page, declared: "gbk",
			want: "<title>俄\ufffd\ufffd" + page},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, err := charset.Decode([]byte(tt.in), tt.asked, tt.declared); err != nil || got != tt.want {
				t.Errorf("got %q, error %v; want %q", got, err, tt.want)
			}
		})
	}
	var bad *charset.Error
	if got, err := charset.Decode([]byte(strings.Repeat("甲\xe4\xb9", 50)), charset.Auto, "utf-8"); !errors.As(err,
		&bad) || bad.Byte != 0xe4 {
		t.Errorf("a page of which half is broken: %q, error %v", got, err)
	}
}

func TestParse(t *testing.T) {
	for name, want := range map[string]charset.Encoding{"": charset.Auto, "auto": charset.Auto, "UTF-8": charset.UTF8,
		"Big5": charset.Big5, "utf-16LE": charset.UTF16LE,
		"gb2312": charset.GB18030, "CP936": charset.GB18030, "utf8": charset.UTF8, "UTF16": charset.UTF16} {
		if got, ok := charset.Parse(name); !ok || got != want {
			t.Errorf("Parse(%q) = %q, %v; want %q", name, got, ok, want)
		}
	}
	if got, ok := charset.Parse("latin1"); ok {
		t.Errorf("Parse(latin1) = %q", got)
	}
}

package charset_test

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"xunwen/internal/source/charset"
)

// readLines reads a stream like a reader of lines; an invalid line is shown as its error
// in brackets.
func readLines(t testing.TB, in io.Reader, asked charset.Encoding) string {
	t.Helper()
	lines := charset.NewLines(bufio.NewReaderSize(in, charset.HeadSize), asked)
	raw, err := io.ReadAll(lines)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for line := range bytes.Lines(raw) {
		line, end := bytes.CutSuffix(line, []byte("\n"))
		if lines.Foreign() || !utf8.Valid(line) {
			if line, err = lines.UTF8(line); err != nil {
				line = []byte("[" + err.Error() + "]")
			}
		}
		out.Write(line)
		if end {
			out.WriteByte('\n')
		}
	}
	return out.String()
}

func TestLines(t *testing.T) {
	gb, five := encode(t, gb18030, simplified), encode(t, big5, traditional)
	const unicom = "联通\n" // in GB18030 well-formed UTF-8 by chance
	long := strings.Repeat(english, 2000)
	const auto = "not UTF-8, GB18030, Big5 or UTF-16 "
	const advice = ": convert it or pass --encoding]\n"
	for _, tt := range []struct {
		name, in string
		asked    charset.Encoding
		want     string
	}{
		{name: "nothing"},
		{name: "UTF-8", in: simplified, want: simplified},
		{name: "UTF-8 with a mark", in: "\ufeff" + simplified, want: simplified},
		{name: "GB18030", in: gb, want: simplified},
		{name: "GB18030, a line that is UTF-8 by chance",
			in: encode(t, gb18030, unicom) + gb + encode(t, gb18030, unicom), want: unicom + simplified + unicom},
		{name: "Big5", in: five, want: traditional},
		{name: "ASCII for longer than the head, then GB18030", in: long + gb + encode(t, gb18030, "本报\n"),
			want: long + simplified + "本报\n"},
		{name: "ASCII for longer than the head, then UTF-8", in: long + simplified, want: long + simplified},
		{name: "UTF-8 and GB18030 joined", in: simplified + gb + simplified,
			want: simplified + simplified + simplified},
		{name: "much UTF-8 and GB18030 joined", in: strings.Repeat(simplified, 400) + gb + simplified,
			want: strings.Repeat(simplified, 400) + simplified + simplified},
		{name: "a damaged line of UTF-8", in: simplified + "甲乙\xe4\xb8丙\n" + simplified,
			want: simplified + "[" + auto + "(byte 0xe4 at byte 7 of the line)" + advice + simplified},
		{name: "a damaged line of GB18030", in: gb + encode(t, gb18030, "甲乙") + "\x81\x20\n" + gb,
			want: simplified + "[" + auto + "(byte 0x81 at byte 5 of the line)" + advice + simplified},
		{name: "a damaged line of UTF-8 among GB18030", in: gb + "甲乙丙\xe4\n" + gb,
			want: simplified + "[cut off within a character: get the whole text]\n" + simplified},
		{name: "one line without an end, longer than the head", in: strings.Repeat(gb[:68], 2000),
			want: strings.Repeat(simplified[:102], 2000)},
		{name: "UTF-16LE", in: encode(t, utf16le, simplified), want: simplified},
		{name: "UTF-16BE with a mark", in: "\xfe\xff" + encode(t, utf16be, traditional), want: traditional},
		{name: "UTF-16LE, ASCII with escapes", in: encode(t, utf16le, `{"title":"\u7532"}`+"\n"),
			want: `{"title":"\u7532"}` + "\n"},
		{name: "a damaged line of UTF-16",
			in: encode(t, utf16le, simplified) + "\x3d\xd8\n\x00" + encode(t, utf16le, simplified),
			want: simplified + "[not UTF-16 (half of a character)" + strings.Replace(advice, "--", "another --", 1) +
				simplified},
		{name: "a broken line with NULs, longer than the rest",
			in:   simplified + "\xff" + strings.Repeat("\x00a", 3000) + "\n" + simplified,
			want: simplified + "[" + auto + "(byte 0xff at byte 1 of the line)" + advice + simplified},
		{name: "the same among GB18030", in: gb + "\xff" + strings.Repeat("\x00a", 3000) + "\n" + gb,
			want: simplified + "[" + auto + "(byte 0xff at byte 1 of the line)" + advice + simplified},
		{name: "ASCII with NULs, longer than the rest",
			in:   simplified + strings.Repeat("\x00a", 3000) + "\n" + simplified,
			want: simplified + strings.Repeat("\x00a", 3000) + "\n" + simplified},
		{name: "UTF-16LE with 上 in each line", in: encode(t, utf16le, strings.Repeat("上海上午，俄罗斯与美国在上海举行战略上的对话。\n", 400)),
			want: strings.Repeat("上海上午，俄罗斯与美国在上海举行战略上的对话。\n", 400)},
		{name: "asked: UTF-8", in: simplified + gb, asked: charset.UTF8, want: simplified +
			strings.Repeat("[not UTF-8 (byte 0x%s at byte 1 of the line): convert it or pass another --encoding]\n",
				2)},
		{name: "asked: GBK", in: encode(t, gb18030, unicom), asked: charset.GBK, want: unicom},
		{name: "asked: UTF-16LE", in: encode(t, utf16le, "甲\n"), asked: charset.UTF16LE, want: "甲\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			want := strings.Replace(strings.Replace(tt.want, "%s", "b6", 1), "%s", "bb", 1)
			if got := readLines(t, strings.NewReader(tt.in), tt.asked); got != want {
				t.Errorf("got\n%.300q\nwant\n%.300q", got, want)
			}
			if got := readLines(t, iotest.OneByteReader(strings.NewReader(tt.in)), tt.asked); got != want {
				t.Errorf("byte by byte: got\n%.300q\nwant\n%.300q", got, want)
			}
		})
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{simplified, traditional, english, encode(f, gb18030, simplified),
		encode(f, big5, traditional),
		encode(f, utf16le, simplified), "\xfe\xff" + encode(f, utf16be,
			simplified), "\x81\x30\x81\x30\xff\x80\xaa\xa1\xfe\x51", "\xd8\x00\xdc"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, asked := range charset.Names {
			text, err := charset.Text(b, asked)
			if (err == nil) != (text != "" || len(b) == 0) && len(bytes.Trim(b, "\xef\xbb\xbf\xff\xfe")) > 0 {
				t.Fatalf("%s: text %q, error %v", asked, text, err)
			}
			if !utf8.ValidString(text) {
				t.Fatalf("%s: not UTF-8: %q", asked, text)
			}
			if utf8.Valid(b) && asked == charset.UTF8 && text != strings.TrimPrefix(string(b), "\ufeff") {
				t.Fatalf("UTF-8 changed: %q", text)
			}
		}
		if text, err := charset.Decode(b, charset.Auto, "gbk"); err == nil && !utf8.ValidString(text) {
			t.Fatalf("Decode: not UTF-8: %q", text)
		}
		// What was encoded comes back. x/text writes private characters to
		// places where it then finds others.
		whole := strings.Map(func(r rune) rune {
			if r >= 0xe000 && r <= 0xf8ff || r == utf8.RuneError || r == 0xfeff {
				return -1
			}
			return r
		}, string(b))
		if back, err := charset.Text([]byte(encode(t, gb18030, whole)), charset.GB18030); err != nil || back != whole {
			t.Fatalf("GB18030 of %q comes back as %q, error %v", whole, back, err)
		}
	})
}

func FuzzLines(f *testing.F) {
	for _, s := range []string{simplified, encode(f, gb18030, simplified), simplified + encode(f, gb18030, simplified),
		encode(f, big5, traditional),
		encode(f, utf16le, simplified), "\n\xff\n\x00\n",
		simplified + "\xe5\x00\x00\x00" + strings.Repeat("r", 4000) +
			"\n"} { // two of these letters make a Han character in UTF-16
		f.Add([]byte(s), uint8(0))
	}
	f.Fuzz(func(t *testing.T, b []byte, asked uint8) {
		e := charset.Names[int(asked)%len(charset.Names)]
		// A good line keeps its place and its text, whatever is around it.
		const good = `{"title":"俄罗斯与美国举行新一轮战略稳定对话"}`
		in := good + "\n" + string(b) + "\n" + good + "\n"
		got := readLines(t, strings.NewReader(in), e)
		if !utf8.ValidString(got) {
			t.Fatalf("%s: not UTF-8: %q", e, got)
		}
		if e != charset.Auto && e != charset.UTF8 {
			return
		}
		if !strings.HasPrefix(got, good+"\n") || !strings.HasSuffix(got, "\n"+good+"\n") ||
			strings.Count(got, "\n") != strings.Count(in, "\n") {
			t.Fatalf("%s: a good line was lost: %q", e, got)
		}
	})
}

func BenchmarkText(b *testing.B) {
	for name, s := range map[string]string{
		"UTF-8":   strings.Repeat(simplified, 100),
		"GB18030": encode(b, gb18030, strings.Repeat(simplified, 100)),
		"Big5":    encode(b, big5, strings.Repeat(traditional, 100)),
		"UTF-16":  encode(b, utf16le, strings.Repeat(simplified, 100)),
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			for b.Loop() {
				if _, err := charset.Text([]byte(s), charset.Auto); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

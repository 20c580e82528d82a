package jsonl_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"xunwen/internal/news"
	"xunwen/internal/source/field"
	"xunwen/internal/source/jsonl"
)

// lines reads everything and returns it in readable form: title and paragraphs of each
// record, or its line and error.
func lines(t *testing.T, r *jsonl.Reader) string {
	t.Helper()
	var out strings.Builder
	for {
		a, err := r.Next()
		var bad *field.RecordError
		switch {
		case errors.As(err, &bad):
			out.WriteString(bad.Error() + "\n")
		case err == io.EOF:
			return out.String()
		case err != nil:
			t.Fatalf("Next: %v", err)
		default:
			out.WriteString(a.Article.Title)
			for _, p := range a.Article.Paragraphs {
				out.WriteString("|" + p.Text)
			}
			out.WriteString("\n")
		}
	}
}

func TestReader(t *testing.T) {
	tests := []struct {
		name, in, want string
		lenient        bool
	}{
		{name: "records",
			in: `{"title":"甲","paragraphs":[{"text":"一"},{"text":"二"}]}` + "\n" +
				`{"title":"乙","text":"三\n\n 四\r\n"}`,
			want: "甲|一|二\n乙|三|四\n"},
		{name: "empty lines, CR LF, no last line break", in: "\r\n{\"title\":\"甲\"}\r\n \t\r\n{\"title\":\"乙\"}",
			want: "甲\n乙\n"},
		{name: "nothing", in: "", want: ""},
		{name: "null is absent", in: `{"title":"甲","text":null,"paragraphs":null,"confidence":null}`, want: "甲\n"},
		{name: "unknown member", in: `{"titel":"甲"}` + "\n" + `{"title":"乙"}`,
			want: "line 1: unknown member \"titel\": pass --map title=titel to read what it seems to hold\n乙\n"},
		{name: "unknown member of a paragraph", in: `{"paragraphs":[{"txt":"甲"}]}`,
			want: "line 1: unknown member \"paragraphs/0/txt\": correct its name or pass --lenient\n"},
		{name: "another case", in: `{"Title":"甲"}`, want: "甲\n"},
		{name: "unknown member, lenient", in: `{"titel":"甲","title":"乙","paragraphs":[{"txt":"甲","text":"丙"}]}`,
			lenient: true, want: "乙|丙\n"},
		{name: "text and paragraphs", in: `{"text":"甲","paragraphs":[{"text":"甲"}]}`, lenient: true,
			want: "line 1: the record has both text and paragraphs: keep one of them\n"},
		{name: "wrong types",
			in: `{"title":5}` + "\n" + `{"paragraphs":5}` + "\n" + `{"confidence":"1"}` + "\n" +
				`{"paragraphs":[5]}` + "\n" + `{"title":["甲"]}` + "\n" + `{"confidence":1e999}`,
			want: "line 1: member title: want a string, found a number\n" +
				"line 2: member paragraphs: want a string, found a number\n" +
				"line 3: member confidence: want a number, found a string\n" +
				"line 4: member paragraphs/0: want an object, found a number\n" +
				"line 5: member title: want a string, found a list\n" +
				"line 6: member confidence: want a number between 0 and 1, found one that is too large\n"},
		{name: "other types", in: `{"id":7,"page":5,"title":"甲","paragraphs":["乙","丙"]}` + "\n" +
			`{"paragraphs":"丁"}`, want: "甲|乙|丙\n|丁\n"},
		{name: "cut off", in: `{"title":"甲"}` + "\n" + `{"title":"乙`,
			want: "甲\nline 2: the record is incomplete: it must be on one line\n"},
		{name: "twice", in: `{"title":"甲","title":"乙"}`, want: "line 1: member \"title\" occurs twice\n"},
		{name: "not JSON", in: `{"title":甲}` + "\n第5版\n[]\nnull",
			want: "line 1: not JSON at byte 10 of the line: invalid character '甲' at start of value\n" +
				"line 2: not a record: a line must be one JSON object\n" +
				"line 3: a JSON array among lines: want one object per line, or one array of them\n" +
				"line 4: not a record: a line must be one JSON object\n"},
		{name: "two on a line", in: `{"title":"甲"}{"title":"乙"}`,
			want: "line 1: not JSON at byte 16 of the line: more after the object\n"},
		{name: "not UTF-8", in: "{\"title\":\"\xb1\xb1\"}\n{\"title\":\"乙\"}",
			want: "line 1: not UTF-8 (byte 0xb1 at byte 11 of the line): convert it to UTF-8\n乙\n"},
		{
			name: "control characters as they are",
			in:   "{\"title\":\"甲\x00乙\",\t\x00\"text\":\"一\t二\"}\n\x00\x00\n{\"title\":\"丙\"}",
			want: "甲 乙|一 二\nline 2: not a record: a line must be one JSON object\n丙\n",
		},
		{name: "control characters in what isn't UTF-8", in: "{\"title\":\"\x01\xb1\xb1\"}",
			want: "line 1: not UTF-8 (byte 0xb1 at byte 12 of the line): convert it to UTF-8\n"},
		{name: "half a surrogate pair", in: `{"title":"\ud83d"}`,
			want: "line 1: not JSON at byte 11 of the line: invalid surrogate pair `\\ud83d\"}` in string\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fields := field.Reader{Lenient: tt.lenient}
			if got := lines(t, jsonl.NewReader(strings.NewReader(tt.in), fields)); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

func TestRecordKeepsEveryMember(t *testing.T) {
	in := `{"id":"a1","file":"p05.txt","publication":"新华每日电讯","date":"2022-01-12","page":"5","page_name":"国际",` +
		`"title":"题","kicker":"引","subtitle":"副","byline":"记者","source":"新华社",` +
		`"url":"https://example.com/","confidence":0.5,` +
		`"paragraphs":[{"section":"小标题","kind":"caption","text":"图"}]}`
	a, _, err := jsonl.Decode([]byte(in), field.Reader{})
	if err != nil {
		t.Fatal(err)
	}
	want := news.Article{
		ID:          "a1",
		File:        "p05.txt",
		Publication: "新华每日电讯",
		Date:        "2022-01-12",
		Page:        "5",
		PageName:    "国际",
		Title:       "题",
		Kicker:      "引",
		Subtitle:    "副",
		Byline:      "记者",
		Source:      "新华社",
		URL:         "https://example.com/",
		Confidence:  0.5,
	}
	if len(a.Paragraphs) != 1 || a.Paragraphs[0] != (news.Paragraph{Section: "小标题", Kind: news.Caption, Text: "图"}) {
		t.Errorf("paragraphs %+v", a.Paragraphs)
	}
	if a.Paragraphs = nil; !sameHead(*a, want) {
		t.Errorf("got %+v, want %+v", *a, want)
	}
	for in, want := range map[string]float64{`{"title":"甲"}`: 1, `{"title":"甲","confidence":0}`: 0} {
		if a, _, err := jsonl.Decode([]byte(in), field.Reader{}); err != nil || a.Confidence != want {
			t.Errorf("Decode(%s): confidence %v, error %v; want %v", in, a.Confidence, err, want)
		}
	}
}

func sameHead(a, b news.Article) bool {
	return a.ID == b.ID && a.File == b.File && a.Publication == b.Publication && a.Date == b.Date && a.Page == b.Page &&
		a.PageName == b.PageName && a.Title == b.Title && a.Kicker == b.Kicker && a.Subtitle == b.Subtitle &&
		a.Byline == b.Byline && a.Source == b.Source && a.URL == b.URL && a.Confidence == b.Confidence
}

func TestLongLine(t *testing.T) {
	text := strings.Repeat("长", 20<<20/3)
	in := `{"title":"甲","text":"` + text + `"}` + "\n" + `{"title":"乙"}` + "\n"
	r := jsonl.NewReader(strings.NewReader(in), field.Reader{})
	a, err := r.Next()
	if err != nil || len(a.Article.Paragraphs) != 1 || a.Article.Paragraphs[0].Text != text {
		t.Fatalf("a line of 20 MB: error %v", err)
	}
	if a, err = r.Next(); err != nil || a.Article.Title != "乙" || r.Line() != 2 {
		t.Fatalf("the line after it: %v, error %v, line %d", a, err, r.Line())
	}
}

// endless returns the same byte forever.
type endless byte

func (e endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(e)
	}
	return len(p), nil
}

func TestLineWithoutEnd(t *testing.T) {
	tooLong := io.LimitReader(endless('x'), 33<<20)
	r := jsonl.NewReader(io.MultiReader(strings.NewReader("{\"title\":\"甲\"}\n"), tooLong,
		strings.NewReader("\n{\"title\":\"乙\"}\n")), field.Reader{})
	want := "甲\nline 2: the line is longer than 32 MiB: each record must be on a line of its own\n乙\n"
	if got := lines(t, r); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// latin1 represents any other encoding.
type latin1 struct {
	io.Reader
	foreign bool
}

func (l latin1) Foreign() bool { return l.foreign }

func (l latin1) UTF8(line []byte) ([]byte, error) {
	if bytes.IndexByte(line, 0xff) >= 0 {
		return nil, errors.New("no such character")
	}
	out := make([]rune, len(line))
	for i, b := range line {
		out[i] = rune(b)
	}
	return []byte(string(out)), nil
}

func TestOtherEncodings(t *testing.T) {
	const in = "\ufeff{\"title\":\"é\"}\r\n{\"title\":\"\xe9\"}\n\ufeff{\"title\":\"e\"}\n" +
		"{\"title\":\"\xff\"}\n{\"titel\":\"\xe9\"}\n{\"titel\":\"e\"}"
	const rest = "é\ne\nline 4: no such character\n" +
		"line 5: unknown member \"titel\": correct the name, pass --map FIELD=MEMBER, or --lenient to leave it out\n" +
		"line 6: unknown member \"titel\": correct the name, pass --map FIELD=MEMBER, or --lenient to leave it out\n"
	for foreign, want := range map[bool]string{false: "é\n" + rest, true: "Ã©\n" + rest} {
		if got := lines(t, jsonl.NewReader(latin1{strings.NewReader(in), foreign}, field.Reader{})); got != want {
			t.Errorf("foreign %v: got\n%s\nwant\n%s", foreign, got, want)
		}
	}
}

func TestReadErrorEndsTheInput(t *testing.T) {
	broken := errors.New("broken disk")
	in := io.MultiReader(strings.NewReader("{\"title\":\"甲\"}\n{\"title\":\"乙\"}"), iotest.ErrReader(broken))
	r := jsonl.NewReader(in, field.Reader{})
	if a, err := r.Next(); err != nil || a.Article.Title != "甲" {
		t.Fatalf("first record: %v, error %v", a, err)
	}
	if a, err := r.Next(); !errors.Is(err, broken) || r.Line() != 2 {
		t.Errorf("got %v, error %v on line %d; want the reader's error on line 2", a, err, r.Line())
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(`{"title":"甲","text":"一\n二","date":"2022-01-12"}`, false)
	f.Add(`{"paragraphs":[{"section":"","kind":"table","text":"表"}],"x":1}`, true)
	f.Add("{\"title\":\"\xb1\"}", false)
	f.Add(`{"confidence":1e400}`, false)
	f.Fuzz(func(t *testing.T, line string, lenient bool) {
		a, _, err := jsonl.Decode([]byte(line), field.Reader{Lenient: lenient})
		if (a == nil) == (err == nil) {
			t.Fatalf("Decode(%q) = %v, %v: want either an article or an error", line, a, err)
		}
		if err != nil && strings.ContainsAny(err.Error(), "\n\r") {
			t.Errorf("Decode(%q): the reason has more than one line: %q", line, err)
		}
	})
}

func BenchmarkReader(b *testing.B) {
	text := strings.Repeat("俄罗斯与美国举行新一轮战略稳定对话。", 40)
	in := strings.Repeat(`{"id":"","date":"2022-01-12","title":"对话","text":"`+text+`"}`+"\n", 1000)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		r := jsonl.NewReader(strings.NewReader(in), field.Reader{})
		for {
			if _, err := r.Next(); err == io.EOF {
				break
			} else if err != nil {
				b.Fatal(err)
			}
		}
	}
}

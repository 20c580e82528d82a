package citation

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"xunwen/internal/news"
)

var readDay = time.Date(2026, 3, 9, 23, 0, 0, 0, time.UTC)

// written returns a file of references in a style.
func written(t testing.TB, style Style, references ...Reference) string {
	t.Helper()
	var b bytes.Buffer
	w := NewWriter(&b, style)
	for _, r := range references {
		if err := w.Write(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestStyles(t *testing.T) {
	bridge := New(news.Article{ID: "ljrb-20250918-01-1", Title: "青禾大桥通车", Byline: "本报记者 陆知夏 沈亦舟",
		Publication: "临江日报", Date: "2025-09-18", Page: "1", PageName: "要闻"}, "https://news.example/articles/a", readDay)
	bare := New(news.Article{ID: "青禾 1", Title: "题"}, "", readDay)
	for style, want := range map[Style]string{
		StyleGBT7714: `陆知夏, 沈亦舟. 青禾大桥通车[N/OL]. 临江日报, 2025-09-18(1)[2026-03-09]. https://news.example/articles/a.
题[N].
`,
		StyleGBT7714Print: `陆知夏, 沈亦舟. 青禾大桥通车[N]. 临江日报, 2025-09-18(1).
题[N].
`,
		StyleBibTeX: `@article{ljrb-20250918-01-1,
  author       = {陆知夏 and 沈亦舟},
  title        = {{青禾大桥通车}},
  journal      = {临江日报},
  year         = {2025},
  month        = sep,
  date         = {2025-09-18},
  pages        = {1},
  url          = {https://news.example/articles/a},
  urldate      = {2026-03-09},
  entrysubtype = {newspaper},
  language     = {chinese}
}

@article{1-HASH,
  title        = {{题}},
  entrysubtype = {newspaper},
  language     = {chinese}
}
`,
		StyleRIS: `TY  - NEWS
ID  - ljrb-20250918-01-1
AU  - 陆知夏
AU  - 沈亦舟
TI  - 青禾大桥通车
T2  - 临江日报
PY  - 2025
DA  - 2025/09/18
SP  - 1
SE  - 要闻
LA  - zh-CN
UR  - https://news.example/articles/a
Y2  - 2026/03/09
ER  - 

TY  - NEWS
ID  - 1-HASH
TI  - 题
LA  - zh-CN
ER  - 
`,
		StyleCSL: `[
{"id":"ljrb-20250918-01-1","type":"article-newspaper","title":"青禾大桥通车",` +
			`"author":[{"literal":"陆知夏"},{"literal":"沈亦舟"}],"container-title":"临江日报",` +
			`"issued":{"date-parts":[[2025,9,18]]},"page":"1","section":"要闻","URL":"https://news.example/articles/a",` +
			`"accessed":{"date-parts":[[2026,3,9]]},"language":"zh-CN"},
{"id":"青禾 1","type":"article-newspaper","title":"题","language":"zh-CN"}
]
`,
	} {
		got := written(t, style, bridge, bare)
		if style == StyleRIS {
			if strings.Count(got, "\r\n") != strings.Count(got, "\n") {
				t.Error("lines of RIS don't end with a carriage return and a line feed")
			}
			got = strings.ReplaceAll(got, "\r", "")
		}
		got = regexp.MustCompile(`1-[a-z2-7]{16}\b`).ReplaceAllString(got, "1-HASH")
		if got != want {
			t.Errorf("%s:\n%s\nwant\n%s", style, got, want)
		}
	}
	if got := written(t, StyleCSL); got != "[]\n" {
		t.Errorf("no reference in CSL-JSON is %q", got)
	}
}

// hostile are articles with what means something to a format.
var hostile = []news.Article{
	{ID: "a{b}", Title: `{不{成}对`, Byline: "陆知夏\nER  - "},
	{ID: "a%b", Title: `末尾是反斜线\`, Publication: `\input{x}`},
	{ID: "a b", Title: "100% & $5 #1 a_b ~ ^ \" '", Byline: "and and others"},
	{ID: "}", Title: "一\r\nER  - \r\nTY  - BOOK\r\n二", Page: "1}\n@book{x,"},
	{ID: "<&>", Title: "</script><!-- \u2028 \u0000 \u007f", URL: "https://x.example/{a}\\b c?d=青&e=%7B#f"},
	{ID: "\xff", Title: "\xff\xfe", Byline: "\xff", Publication: "\xc3\x28", Date: "2024-13-45"},
}

func TestHostileArticles(t *testing.T) {
	for _, a := range hostile {
		checkStyles(t, a)
	}
}

func FuzzStyles(f *testing.F) {
	for _, a := range hostile {
		f.Add(a.ID, a.Title, a.Byline, a.Publication, a.Page, a.URL)
	}
	f.Fuzz(func(t *testing.T, id, title, byline, publication, page, address string) {
		checkStyles(t, news.Article{ID: id, Title: title, Byline: byline, Publication: publication, Page: page,
			PageName: title, URL: address, Date: "2024-01-02"})
	})
}

// checkStyles checks that a reference stays one in each style and that its title is what it was.
func checkStyles(t *testing.T, a news.Article) {
	t.Helper()
	r := New(a, a.URL, readDay)
	entry := readBibTeX(t, r.BibTeX())
	if want := "{" + strings.ToValidUTF8(r.Title, "\uFFFD") + "}"; r.Title != "" && entry["title"] != want {
		t.Errorf("the title of %q in BibTeX is %q", r.Title, entry["title"])
	}
	if got := strings.Count(entry["author"], " and ") + 1; len(r.Authors) > 0 && got != len(r.Authors) {
		t.Errorf("%q are %d authors in BibTeX: %s", r.Authors, got, entry["author"])
	}
	for _, c := range entry["url"] {
		if c <= ' ' || c >= 0x7f || strings.ContainsRune(`{}\`, c) {
			t.Errorf("the address in BibTeX has %q: %s", c, entry["url"])
		}
	}
	lines := strings.Split(r.RIS(), "\r\n")
	tag := regexp.MustCompile(`^[A-Z][A-Z0-9]  - [^\r\n]*$`)
	for i, line := range lines[:len(lines)-1] {
		if !tag.MatchString(line) || strings.HasPrefix(line, "TY") != (i == 0) ||
			strings.HasPrefix(line, "ER") != (i == len(lines)-2) {
			t.Errorf("line %d of RIS is %q", i+1, line)
		}
	}
	var items []CSL
	if err := json.Unmarshal([]byte(written(t, StyleCSL, r)), &items); err != nil || len(items) != 1 ||
		items[0].Title != strings.ToValidUTF8(r.Title, "\uFFFD") {
		t.Errorf("CSL-JSON: %v, %+v", err, items)
	}
	for _, style := range []Style{StyleGBT7714, StyleGBT7714Print} {
		if text := written(t, style, r); strings.Count(text, "\n") != 1 {
			t.Errorf("%s is more than a line: %q", style, text)
		}
	}
	for _, style := range Styles {
		if text := written(t, style, r); !utf8.ValidString(text) {
			t.Errorf("%s is not UTF-8: %q", style, text)
		}
	}
}

// readBibTeX reads a file with one entry as BibTeX does: braces are counted, also after a
// backslash. What TeX prints of a value is returned.
func readBibTeX(t *testing.T, text string) map[string]string {
	t.Helper()
	head := regexp.MustCompile(`^@article\{([-_:.+/A-Za-z0-9]+)`).FindString(text)
	if head == "" {
		t.Fatalf("no entry of BibTeX begins so: %s", text)
	}
	rest, fields := text[len(head):], map[string]string{}
	begin := regexp.MustCompile(`^,\n  ([a-z]+) *= (\{|[a-z]{3})`)
	for rest != "\n}\n" {
		m := begin.FindStringSubmatch(rest)
		if m == nil {
			t.Fatalf("not a field of BibTeX: %q", rest)
		}
		rest = rest[len(m[0]):]
		if m[2] != "{" {
			fields[m[1]] = m[2]
			continue
		}
		depth, end := 1, 0
		for ; depth > 0; end++ {
			if end == len(rest) {
				t.Fatalf("the value of %s has no end: %s", m[1], text)
			}
			switch rest[end] {
			case '{':
				depth++
			case '}':
				depth--
			}
		}
		fields[m[1]] = printed(rest[:end-1])
		rest = rest[end:]
	}
	return fields
}

// printed undoes texText.
func printed(value string) string {
	var back []string
	for _, c := range `\{}~^"$&%#_` {
		back = append(back, texText.Replace(string(c)), string(c))
	}
	return strings.NewReplacer(back...).Replace(value)
}

// TestKeysDiffer checks that articles whose ids look the same to BibTeX have keys of their own.
func TestKeysDiffer(t *testing.T) {
	keys := map[string]string{}
	for _, id := range []string{"a", "a ", "青a", "禾a", "a%", "{a}", "", "青", "禾", "a-b", "a/b"} {
		key := Reference{ID: id}.key()
		if other, taken := keys[key]; taken || key == "" {
			t.Errorf("%q and %q have the key %q", id, other, key)
		}
		keys[key] = id
	}
}

func ExampleReference_GBT7714() {
	a := news.Article{Title: "青禾大桥通车", Byline: "陆知夏", Publication: "临江日报", Date: "2025-09-18", Page: "1"}
	fmt.Println(New(a, "https://news.example/articles/a", readDay).GBT7714())
	// Output: 陆知夏. 青禾大桥通车[N/OL]. 临江日报, 2025-09-18(1)[2026-03-09]. https://news.example/articles/a.
}

package source_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"xunwen/internal/news"
	"xunwen/internal/source"
	"xunwen/internal/source/charset"
)

// page is a newspaper page with one article.
const page = `共识难觅

　　俄罗斯与美国举行新一轮战略稳
定对话，双方未就主要问题达成一致。
会谈持续了八个小时，代表团随后离开
了会场，没有发表共同声明。

　　俄罗斯副外长里亚布科夫说，双方
同意继续接触，下一轮对话的时间和地
点将通过外交渠道商定，具体安排还要
等各自首都的指示。（据新华社）
`

const (
	recordA = `{"title":"甲","text":"甲文"}` + "\n"
	recordB = `{"title":"乙","text":"乙文"}` + "\n"
)

// tree writes files below a new folder, which it returns.
func tree(t *testing.T, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func gz(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, s); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zst(t *testing.T, s string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return string(w.EncodeAll([]byte(s), nil))
}

// read reads paths below root and returns articles and rejects; rejects are
// without root.
func read(t *testing.T, root string, opts source.Options, paths ...string) (articles []news.Article, rejects []string) {
	t.Helper()
	full := make([]string, len(paths))
	for i, p := range paths {
		if full[i] = p; p != source.Stdin {
			full[i] = root + "/" + p
		}
	}
	inputs, err := source.Expand(full)
	if err != nil {
		t.Fatal(err)
	}
	opts.CacheDir = cacheDir
	for e, err := range source.Read(t.Context(), inputs, opts) {
		switch {
		case err != nil:
			t.Fatal(err)
		case e.Article != nil:
			articles = append(articles, *e.Article)
		case e.Reject != nil:
			rejects = append(rejects, strings.TrimPrefix(e.Reject.String(), root+"/"))
		}
	}
	return articles, rejects
}

func titles(articles []news.Article) string {
	var all []string
	for _, a := range articles {
		all = append(all, a.Title)
	}
	return strings.Join(all, " ")
}

func TestRead(t *testing.T) {
	many := strings.Repeat(recordA, 2000) // larger than any buffer
	tests := []struct {
		name    string
		files   map[string]string
		stdin   string
		opts    source.Options
		paths   []string
		titles  string
		rejects []string
	}{
		{name: "a folder in the order of names, hidden files passed over",
			files: map[string]string{
				"d/2.jsonl":       recordB,
				"d/1/a.ndjson":    recordA,
				"d/.hidden.jsonl": recordB,
				"d/.git/x.jsonl":  recordB,
				"d/3.txt":         page,
			},
			paths: []string{"d"}, titles: "甲 乙 共识难觅"},
		{
			name:   "a pattern",
			files:  map[string]string{"a.jsonl": recordA, "b.jsonl": recordB, ".c.jsonl": recordA, "b.txt": page},
			paths:  []string{"*.jsonl"},
			titles: "甲 乙",
		},
		{
			name:   "a pattern that matches a folder",
			files:  map[string]string{"2022-01/a.jsonl": recordA, "2022-02/a.jsonl": recordB},
			paths:  []string{"2022-*"},
			titles: "甲 乙",
		},
		{
			name: "archives",
			files: map[string]string{
				"a.jsonl.gz": gz(t, recordA),
				"b.json.zst": zst(t, recordB),
				"c.txt.gz":   gz(t, page),
			},
			paths:  []string{"."},
			titles: "甲 乙 共识难觅",
		},
		{
			name: "two archives in one file",
			files: map[string]string{
				"a.jsonl.gz":  gz(t, recordA) + gz(t, recordB),
				"b.jsonl.zst": zst(t, recordA) + zst(t, recordB),
			},
			paths:  []string{"."},
			titles: "甲 乙 甲 乙",
		},
		{name: "standard input: records", stdin: " \n" + recordA, paths: []string{"-"}, titles: "甲"},
		{name: "standard input: a page", stdin: page, paths: []string{"-"}, titles: "共识难觅"},
		{name: "standard input: an archive", stdin: zst(t, recordA), paths: []string{"-"}, titles: "甲"},
		{name: "standard input: a web page", stdin: webPage, paths: []string{"-"}, titles: "大桥通车"},
		{
			name:    "standard input: a web page without an article",
			stdin:   "<!-- x -->\n<!DOCTYPE html><title>甲</title>",
			paths:   []string{"-"},
			rejects: []string{"-:1: no article on the page: the page has no text"},
		},
		{
			name: "web pages",
			files: map[string]string{
				"d/a.html":    webPage,
				"d/b.HTM":     webPage,
				"d/c.xhtml":   webPage,
				"d/e.html.gz": gz(t, webPage),
				"d/f.htm.zst": zst(t, webPage),
				"d/g":         webPage,
				"d/h.shtml":   "",
			},
			paths: []string{
				"d",
			},
			titles:  "大桥通车 大桥通车 大桥通车 大桥通车 大桥通车 大桥通车",
			rejects: []string{"d/h.shtml:1: no article on the page: the page has no text"},
		},
		{
			name:   "web pages by another name",
			files:  map[string]string{"a.txt": "\ufeff\n" + webPage, "b.txt.gz": gz(t, webPage), "c.txt": page},
			paths:  []string{"."},
			titles: "大桥通车 大桥通车 共识难觅",
		},
		{
			name:   "a page that was asked for begins like one of the web",
			files:  map[string]string{"a.txt": "<html>" + page},
			opts:   source.Options{Format: source.Page},
			paths:  []string{"."},
			titles: "<html>共识难觅",
		},
		{
			name: "saved web pages",
			files: map[string]string{
				"a.mhtml": savedPage,
				"b.mht":   strings.ReplaceAll(savedPage, "\n", "\r\n"),
				"c":       savedPage,
				"d.mht":   strings.Replace(savedPage, "Content-Type: text/html", "Content-Type: image/png", 1),
				"e.mhtml": savedPage[:len(savedPage)-60],
				"f.mht":   webPage,
			},
			paths:  []string{"."},
			titles: "大桥通车 大桥通车 大桥通车 大桥通车",
			rejects: []string{
				"d.mht:1: broken MHTML: none of its parts is a web page",
				"e.mhtml:1: broken MHTML: unexpected EOF",
			},
		},
		{
			name:    "a web page that breaks off",
			files:   map[string]string{"a.html.gz": gz(t, webPage)[:60]},
			paths:   []string{"."},
			rejects: []string{"a.html.gz:1: the .gz file is truncated here"},
		},
		{
			name: "a web page in another encoding",
			files: map[string]string{
				"a.html": "<meta charset=gb2312><title>\xb1\xb1\xd4\xbc</title><p>" + strings.Repeat(
					"\xb1\xb1\xd4\xbc",
					20,
				) + "\xa1\xa3",
				"b.html": "<title>\xb1\xb1\xd4\xbc</title><p>" + strings.Repeat("\xb1\xb1\xd4\xbc", 20) + "\xa1\xa3",
				"c.html": "<p>\n\xb1 \xb1",
			},
			paths:  []string{"."},
			titles: "北约 北约",
			rejects: []string{
				"c.html:2: not UTF-8, GB18030, Big5 or UTF-16 (byte 0xb1): convert it or pass --encoding",
			},
		},
		{
			name:   "standard input between files",
			files:  map[string]string{"a.jsonl": recordA},
			stdin:  recordB,
			paths:  []string{"a.jsonl", "-", "a.jsonl"},
			titles: "甲 乙 甲",
		},
		{
			name: "a byte order mark",
			files: map[string]string{
				"a.jsonl":    "\ufeff" + recordA,
				"b.txt":      "\ufeff" + page,
				"c.jsonl.gz": gz(t, "\ufeff"+recordB),
			},
			paths:  []string{"."},
			titles: "甲 共识难觅 乙",
		},
		{name: "a format without a reader",
			files: map[string]string{
				"d/a.xml":    "<p>",
				"d/b.PDF":    "GIF",
				"d/c.docx":   "PK",
				"d/d.jsonl":  recordA,
				"d/e.tar.gz": gz(t, "x"),
			},
			paths:  []string{"d"},
			titles: "甲",
			rejects: []string{
				"d/a.xml:1: format not read (.xml): convert it to article records in JSON Lines",
				"d/b.PDF:1: not a PDF: it doesn't begin like one",
				"d/c.docx:1: format not read (.docx): save it as text or HTML",
				"d/e.tar.gz:1: format not read (.tar): unpack it first; only .gz and .zst are read compressed",
			}},
		{
			name:    "no extension",
			files:   map[string]string{"d/a": recordA, "d/b": page, "d/c": string(threePages(t))},
			paths:   []string{"d"},
			titles:  "甲 共识难觅 大桥通车 夜市开张",
			rejects: []string{"d/c:2: page 2: no text: a scan, or type drawn as curves; run it through OCR first"},
		},
		{
			name:   "an unknown extension that was named",
			files:  map[string]string{"a.log": recordA},
			paths:  []string{"a.log"},
			titles: "甲",
		},
		{name: "a name that says otherwise than the content",
			files: map[string]string{
				"a.txt":   recordA + recordB,
				"b.txt":   string(threePages(t)),
				"c.txt":   gz(t, page),
				"d.html":  string(threePages(t)),
				"e.jsonl": webPage + "\n\n",
				"f.json":  string(threePages(t)),
			},
			paths: []string{"."}, titles: "甲 乙 大桥通车 夜市开张 共识难觅 大桥通车 夜市开张",
			rejects: []string{
				"b.txt:2: page 2: no text: a scan, or type drawn as curves; run it through OCR first",
				"d.html:2: page 2: no text: a scan, or type drawn as curves; run it through OCR first",
				"e.jsonl:1: not article records: it begins like html; correct its extension",
				"f.json:1: not article records: it begins like pdf; correct its extension",
			}},
		{
			name: "content without a reader",
			files: map[string]string{
				"a":      "PK\x03\x04",
				"b.txt":  "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
				"c.txt":  `{\rtf1 `,
				"d.html": gz(t, strings.Repeat("\x00", 257)+"ustar"),
				"e":      "BZh91AY&SY",
				"f.txt":  "<?xml version='1.0'?><item>",
			},
			paths: []string{
				".",
			},
			rejects: []string{
				"a:1: format not read (.zip, .docx, .xlsx, .epub, .ofd or the like): unpack it, or save it as text, HTML or PDF",
				"b.txt:1: format not read (.doc, .wps or .xls): save it as text or HTML",
				"c.txt:1: format not read (.rtf): save it as text or HTML",
				"d.html:1: format not read (.tar): unpack it first; only .gz and .zst are read compressed",
				"e:1: format not read (.bz2): unpack it first; only .gz and .zst are read compressed",
				"f.txt:1: format not read (.xml): convert it to article records in JSON Lines",
			},
		},
		{name: "standard input: an array", stdin: "[\n" + `{"title":"甲"}]`, paths: []string{"-"},
			rejects: []string{
				"-:1: a JSON array: write one object per line, without [ ] and commas between them",
				"-:2: not JSON at byte 16 of the line: invalid character ']' after top-level value",
			}},
		{
			name:   "a format that was asked for",
			files:  map[string]string{"a.txt": recordA},
			paths:  []string{"a.txt"},
			opts:   source.Options{Format: source.JSONL},
			titles: "甲",
		},
		{
			name:    "a format that was asked for, in a folder",
			files:   map[string]string{"d/a.txt": page, "d/b.jsonl": recordA},
			paths:   []string{"d"},
			opts:    source.Options{Format: source.Page},
			titles:  "共识难觅",
			rejects: []string{"d/b.jsonl:1: format jsonl, but only page was asked for"},
		},
		{
			name: "a bad line between good ones",
			files: map[string]string{
				"a.jsonl": recordA + "{\n" + recordB + `{"title":"丙","date":"2022-02-30"}` + "\n" + `{"id":"x"}` +
					"\n" + recordA,
			},
			paths:  []string{"a.jsonl"},
			titles: "甲 乙 甲",
			rejects: []string{"a.jsonl:2: the record is incomplete: it must be on one line",
				`a.jsonl:4: date "2022-02-30" is not a calendar day (want YYYY-MM-DD)`,
				"a.jsonl:5: neither title nor text"},
		},
		{
			name:    "an unknown member",
			files:   map[string]string{"a.jsonl": `{"title":"甲","x":1}`},
			paths:   []string{"a.jsonl"},
			rejects: []string{`a.jsonl:1: unknown member "x": correct its name or pass --lenient`},
		},
		{
			name:   "an unknown member, lenient",
			files:  map[string]string{"a.jsonl": `{"title":"甲","x":1}`},
			paths:  []string{"a.jsonl"},
			opts:   source.Options{Lenient: true},
			titles: "甲",
		},
		{
			name:    "an archive that breaks off",
			files:   map[string]string{"a.jsonl.gz": gz(t, many)[:len(gz(t, many))-9], "b.jsonl": recordB},
			paths:   []string{"."},
			titles:  strings.TrimSpace(strings.Repeat("甲 ", 2000)) + " 乙",
			rejects: []string{"a.jsonl.gz:2001: the .gz file is truncated here"},
		},
		{
			name: "an archive that is none",
			files: map[string]string{
				"a.jsonl.gz":  recordA,
				"b.jsonl.zst": recordA,
				"c.jsonl":     recordB,
				"e.jsonl.gz":  "",
			},
			paths:  []string{"."},
			titles: "乙",
			rejects: []string{
				"a.jsonl.gz:1: not a .gz file: it doesn't begin like one",
				"b.jsonl.zst:1: not a .zst file: it doesn't begin like one",
				"e.jsonl.gz:1: the .gz file is truncated here",
			},
		},
		{
			name: "no encoding that is known",
			files: map[string]string{
				"a.txt":   "第一行\n第二\xb1\xb1\n",
				"b.jsonl": "{\"title\":\"第二\xb1\xb1\"}\n" + recordB,
				"c.txt":   "\xff\xfe\x2c\x7b\x0a",
			},
			paths:  []string{"."},
			titles: "乙",
			rejects: []string{"a.txt:2: not UTF-8, GB18030, Big5 or UTF-16 (byte 0xb1): convert it or pass --encoding",
				"b.jsonl:1: not UTF-8, GB18030, Big5 or UTF-16 (byte 0xb1 at byte 17 of the line): convert it or pass --encoding",
				"c.txt:1: not UTF-8, GB18030, Big5 or UTF-16 (byte 0x0a): convert it or pass --encoding"},
		},
		{
			name:  "another encoding than the one asked for",
			files: map[string]string{"a.txt": page, "b.jsonl": recordA},
			paths: []string{"."},
			opts:  source.Options{Encoding: charset.Big5},
			rejects: []string{"a.txt:1: not Big5 (byte 0xe5): convert it or pass another --encoding",
				"b.jsonl:1: not Big5 (byte 0xe7 at byte 11 of the line): convert it or pass another --encoding"},
		},
		{
			name:    "a page of nothing",
			files:   map[string]string{"a.txt": " \n\n", "b.jsonl": recordB},
			paths:   []string{"."},
			titles:  "乙",
			rejects: []string{"a.txt:1: no article on the page: the page is empty"},
		},
		{name: "no record at all", files: map[string]string{"a.jsonl": ""}, paths: []string{"a.jsonl"}},
		{
			name:    "a name with a line break",
			files:   map[string]string{"a\nb.pdf": ""},
			paths:   []string{"."},
			rejects: []string{"a?b.pdf:1: not a PDF: it doesn't begin like one"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.opts.Stdin = strings.NewReader(tt.stdin)
			articles, rejects := read(t, tree(t, tt.files), tt.opts, tt.paths...)
			if got := titles(articles); got != tt.titles {
				t.Errorf("titles %q, want %q", got, tt.titles)
			}
			if !slices.Equal(rejects, tt.rejects) {
				t.Errorf("rejects\n%s\nwant\n%s", strings.Join(rejects, "\n"), strings.Join(tt.rejects, "\n"))
			}
		})
	}
}

// TestMetadata checks where metadata comes from: the file itself, its path, the
// options.
func TestMetadata(t *testing.T) {
	root := tree(t, map[string]string{
		"人民日报/2022-01-12/p05.txt": page,
		"人民日报/plain.txt":          page,
		"records.jsonl": `{"title":"甲","date":"2021-06-01","publication":"光明日报","page":"9","file":"x.txt"}` +
			"\n" + `{"title":"乙"}`,
		"web/a.html":            strings.NewReplacer("_青禾网", "", "2025-03-12 来源：青禾晚报", "").Replace(webPage),
		"web/2022-01-12/b.html": webPage,
		"web/c.pdf":             string(threePages(t)),
	})
	opts := source.Options{Publication: "日报", Date: "2020-02-29", Page: "1"}
	articles, rejects := read(t, root, opts, "人民日报", "records.jsonl", "web")
	if len(rejects) != 1 || len(articles) != 8 { // the PDF's second page is a scan
		t.Fatalf("%d articles, rejects %v", len(articles), rejects)
	}
	want := [][4]string{
		{"2022-01-12/p05.txt", "人民日报", "2022-01-12", "5"},
		{"plain.txt", "日报", "2020-02-29", "1"},
		{"x.txt", "光明日报", "2021-06-01", "9"},
		{"records.jsonl", "日报", "2020-02-29", "1"},
		{"2022-01-12/b.html", "青禾网", "2025-03-12", "1"},
		{"a.html", "日报", "2020-02-29", "1"},
		{"c.pdf", "日报", "2020-02-29", "1"},
		{"c.pdf", "日报", "2020-02-29", "3"},
	}
	for i, a := range articles {
		if got := [4]string{a.File, a.Publication, a.Date, a.Page}; got != want[i] {
			t.Errorf("article %d: %v, want %v", i, got, want[i])
		}
		if a.ID != a.StableID() {
			t.Errorf("article %d: id %q is not that of the filled-in record %q", i, a.ID, a.StableID())
		}
	}
	if dotted, _ := read(t, root, opts, "./人民日报/."); dotted[0].File != articles[0].File {
		t.Errorf("a folder named with dots: file %q, want %q", dotted[0].File, articles[0].File)
	}
	one, _ := read(t, filepath.Join(root, "人民日报"), opts, "2022-01-12/p05.txt")
	if one[0].ID != articles[0].ID || one[0].File != "p05.txt" {
		t.Errorf("the same page named as a file: id %q, file %q; want id %q", one[0].ID, one[0].File, articles[0].ID)
	}
}

func TestLinks(t *testing.T) {
	root := tree(t, map[string]string{"d/a.jsonl": recordA, "elsewhere/b.jsonl": recordB})
	for link, target := range map[string]string{"d/link.jsonl": "a.jsonl", "d/up": "..", "d/folder": "../elsewhere",
		"to-d": "d"} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	const reason = ":1: a symbolic link in a folder is not followed: name it as a PATH"
	articles, rejects := read(t, root, source.Options{}, "to-d")
	if titles(articles) != "甲" {
		t.Errorf("titles %q, want 甲 alone", titles(articles))
	}
	if want := []string{"to-d/folder" + reason, "to-d/link.jsonl" + reason, "to-d/up" + reason}; !slices.Equal(
		rejects,
		want,
	) {
		t.Errorf("rejects %q, want %q", rejects, want)
	}
	if articles, rejects = read(t, root, source.Options{}, "d/link.jsonl"); titles(articles) != "甲" ||
		len(rejects) > 0 {
		t.Errorf("a link that is named: titles %q, rejects %q", titles(articles), rejects)
	}
}

func TestExpandErrors(t *testing.T) {
	root := tree(t, map[string]string{"a.jsonl": recordA, "empty/.hidden": "x"})
	for _, tt := range []struct {
		paths []string
		want  string
	}{
		{[]string{"a.jsonl", "nosuch"}, "nosuch: no such file or folder"},
		{[]string{"a.jsonl/b"}, "a.jsonl/b: no such file or folder"},
		{[]string{"*.txt"}, "*.txt: no file matches the pattern"},
		{[]string{"[a.txt"}, "[a.txt: not a pattern: a [ has no ]"},
		{[]string{"-", "-"}, "-: standard input is named twice"},
	} {
		t.Chdir(root)
		var pathErr *source.PathError
		if _, err := source.Expand(tt.paths); !errors.As(err, &pathErr) || err.Error() != tt.want {
			t.Errorf("Expand(%q): %v, want %s", tt.paths, err, tt.want)
		}
	}
	if _, err := source.Expand([]string{"empty"}); !errors.Is(err, source.ErrNothing) {
		t.Errorf("an empty folder: %v, want ErrNothing", err)
	}
	if inputs, err := source.Expand([]string{"empty", "a.jsonl"}); err != nil || len(inputs) != 1 {
		t.Errorf("an empty folder beside a file: %v, %v", inputs, err)
	}
}

// TestStopReading stops after the first event, while other files are read ahead
// or a long file is open, and requires that nothing is left running.
func TestStopReading(t *testing.T) {
	pages, records := t.TempDir(), tree(t, map[string]string{"a.jsonl": recordA + recordB})
	makePages(t, pages, 200)
	for name, folder := range map[string]string{"pages": pages, "records": records} {
		inputs, err := source.Expand([]string{folder})
		if err != nil {
			t.Fatal(err)
		}
		before := runtime.NumGoroutine()
		n := 0
		for range source.Read(t.Context(), inputs, source.Options{Origins: true}) {
			n++
			break
		}
		if n != 1 {
			t.Errorf("%s: %d events, want 1", name, n)
		}
		if !eventually(func() bool { return runtime.NumGoroutine() <= before }) {
			t.Errorf("%s: %d goroutines after reading, %d before", name, runtime.NumGoroutine(), before)
		}
		if open := openFiles(t, folder); len(open) > 0 {
			t.Errorf("%s: still open: %q", name, open)
		}
	}
}

// eventually reports whether done becomes true within some seconds.
func eventually(done func() bool) bool {
	for range 500 {
		if done() {
			return true
		}
		time.Sleep(10 * time.Millisecond)
	}
	return false
}

// openFiles lists the files below a folder that this process has open, on
// systems that can tell.
func openFiles(t *testing.T, folder string) (open []string) {
	t.Helper()
	links, err := filepath.Glob("/proc/self/fd/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range links {
		if path, err := os.Readlink(link); err == nil && strings.HasPrefix(path, folder) {
			open = append(open, path)
		}
	}
	return open
}

// TestCancelReading cancels while standard input stays silent.
func TestCancelReading(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	silent, keepOpen := io.Pipe()
	defer keepOpen.Close()
	ended := make(chan error, 1)
	go func() {
		var last error
		for _, err := range source.Read(ctx, []source.Input{{Path: source.Stdin}}, source.Options{Stdin: silent}) {
			last = err
		}
		ended <- last
	}()
	cancel()
	select {
	case err := <-ended:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("the last error is %v, want that of the context", err)
		}
	case <-time.After(time.Minute):
		t.Fatal("reading goes on after its context was cancelled")
	}
}

// TestEvents reads with all options for events: the blocks of a page precede its
// articles, and the origin of a file follows everything else from it.
func TestEvents(t *testing.T) {
	root := tree(
		t,
		map[string]string{"a.txt": page, "b.jsonl": recordA + "{\n" + `{"title":"丙","file":"c.txt"}`, "d.txt": ""},
	)
	inputs, err := source.Expand([]string{root})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for e, err := range source.Read(t.Context(), inputs, source.Options{Origins: true, Explain: true}) {
		file := strings.TrimPrefix(e.File, root+"/")
		switch {
		case err != nil:
			t.Fatal(err)
		case e.Article != nil:
			got = append(got, file+" article "+e.Article.Title)
		case e.Reject != nil:
			got = append(got, fmt.Sprintf("%s reject %d", file, e.Reject.Line))
		case e.Origin != nil:
			got = append(got, fmt.Sprintf("%s origin %d", file, e.Origin.Size))
		case e.Blocks != nil:
			got = append(got, fmt.Sprintf("%s blocks from line %d", file, e.Blocks[0].FirstLine))
		}
	}
	want := []string{
		"a.txt blocks from line 1", "a.txt article 共识难觅", fmt.Sprintf("a.txt origin %d", len(page)),
		"b.jsonl article 甲", "b.jsonl reject 2", "c.txt article 丙", "b.jsonl origin 64",
		"d.txt reject 1", "d.txt origin 0",
	}
	if !slices.Equal(got, want) {
		t.Errorf("events\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestNULBecomesSpace(t *testing.T) {
	root := tree(t, map[string]string{"a.txt": strings.Replace(page, "俄罗斯与", "North\x00Atlantic", 1)})
	articles, _ := read(t, root, source.Options{}, "a.txt")
	if len(articles) != 1 || len(articles[0].Paragraphs) == 0 ||
		!strings.Contains(articles[0].Paragraphs[0].Text, "North Atlantic美国") {
		t.Errorf("got %+v", articles)
	}
}

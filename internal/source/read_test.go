package source_test

import (
	"slices"
	"strings"
	"testing"

	"xunwen/internal/source"
	"xunwen/internal/source/charset"
)

// TestRead reads trees of files and standard input, and compares the titles of
// the articles and the rejects.
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
			paths:   []string{"d"},
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
			paths: []string{"."},
			rejects: []string{
				"a:1: format not read (.zip, .docx, .xlsx, .epub, .ofd or the like): " +
					"unpack it, or save it as text, HTML or PDF",
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
				"b.jsonl:1: not UTF-8, GB18030, Big5 or UTF-16 (byte 0xb1 at byte 17 of the line): " +
					"convert it or pass --encoding",
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

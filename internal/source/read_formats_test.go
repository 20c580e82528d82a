package source_test

import (
	"strings"
	"testing"
)

// TestReadFormats checks that the format of a file is recognised by its name and
// its content.
func TestReadFormats(t *testing.T) {
	readCases{
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
			name: "a byte order mark",
			files: map[string]string{
				"a.jsonl":    "\ufeff" + recordA,
				"b.txt":      "\ufeff" + page,
				"c.jsonl.gz": gz(t, "\ufeff"+recordB),
			},
			paths:  []string{"."},
			titles: "甲 共识难觅 乙",
		},
		{
			name:    "no extension",
			files:   map[string]string{"d/a": recordA, "d/b": page, "d/c": string(threePages(t))},
			paths:   []string{"d"},
			titles:  "甲 共识难觅 大桥通车 夜市开张",
			rejects: []string{"d/c:2: page 2: no text: a scan, or type drawn as curves; run it through OCR first"},
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
	}.run(t)
}

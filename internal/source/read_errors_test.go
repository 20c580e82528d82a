package source_test

import (
	"fmt"
	"strings"
	"testing"
)

// TestReadUnreadable checks that unreadable files are reported with the reason and
// what to do, and that the others are read.
func TestReadUnreadable(t *testing.T) {
	many := strings.Repeat(recordA, 2000) // larger than any buffer
	readCases{
		{
			name:    "standard input: a web page without an article",
			stdin:   "<!-- x -->\n<!DOCTYPE html><title>甲</title>",
			paths:   []string{"-"},
			rejects: []string{"-:1: no article on the page: the page has no text"},
		},
		{
			name:    "a web page that breaks off",
			files:   map[string]string{"a.html.gz": gz(t, webPage)[:60]},
			paths:   []string{"."},
			rejects: []string{"a.html.gz:1: the .gz file is truncated here"},
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
				"d/a.xml:1: XML of a kind that is not read (<p>): convert it to JSON Lines, CSV or RSS",
				"d/b.PDF:1: not a PDF: it doesn't begin like one",
				"d/c.docx:1: format not read (.docx): save it as text, HTML or Markdown",
				"d/e.tar.gz:1: not an archive: it doesn't begin like a .zip or .tar file",
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
				"a:1: the .zip file is truncated or damaged: its list of files, at the end, is missing",
				"b.txt:1: format not read (.doc, .wps or .xls): save it as text, HTML or CSV",
				"c.txt:1: format not read (.rtf): save it as text, HTML or Markdown",
				"d.html:1: the archive is truncated",
				"e:1: format not read (.bz2): unpack it and name the folder, or make a .zip, .tar, .gz or .zst of it",
				"f.txt:1: XML of a kind that is not read (<item>): convert it to JSON Lines, CSV or RSS",
			},
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
			name:    "a page of nothing",
			files:   map[string]string{"a.txt": " \n\n", "b.jsonl": recordB},
			paths:   []string{"."},
			titles:  "乙",
			rejects: []string{"a.txt:1: no article on the page: the page is empty"},
		},
		{
			name:    "a name with a line break",
			files:   map[string]string{"a\nb.pdf": ""},
			paths:   []string{"."},
			rejects: []string{`a\nb.pdf:1: not a PDF: it doesn't begin like one`},
		},
	}.run(t)
}

// pdfOf is a PDF whose page tree is as given; object 3 is a page without text.
func pdfOf(tree string) string {
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages " + tree + " >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>",
	}
	file, table := "%PDF-1.4\n", "xref\n0 4\n0000000000 65535 f \n"
	for i, object := range objects {
		table += fmt.Sprintf("%010d 00000 n \n", len(file))
		file += fmt.Sprintf("%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	return fmt.Sprintf("%s%strailer\n<< /Root 1 0 R /Size 4 >>\nstartxref\n%d\n%%%%EOF\n", file, table, len(file))
}

// TestReadBadPages checks that pages of a PDF with the same fault are one reject, however
// many a file claims to have.
func TestReadBadPages(t *testing.T) {
	readCases{
		{
			name:    "a page tree that contains itself",
			files:   map[string]string{"a.pdf": pdfOf("/Kids [2 0 R 2 0 R] /Count 1000000"), "b.jsonl": recordB},
			paths:   []string{"."},
			titles:  "乙",
			rejects: []string{"a.pdf:1: pages 1 to 1000000: broken page: 6: incorrect page; export the PDF again"},
		},
		{
			name:  "a scan of three pages",
			files: map[string]string{"a.pdf": pdfOf("/Kids [3 0 R 3 0 R 3 0 R] /Count 3")},
			paths: []string{"."},
			rejects: []string{
				"a.pdf:1: pages 1 to 3: no text: a scan, or type drawn as curves; run it through OCR first",
			},
		},
		{
			name:    "a PDF without pages",
			files:   map[string]string{"a.pdf": pdfOf("/Kids [] /Count 0")},
			paths:   []string{"."},
			rejects: []string{"a.pdf:1: broken PDF: it has no pages"},
		},
	}.run(t)
}

// TestReadBadRecords checks that unreadable records are reported with their line,
// and that the others are read.
func TestReadBadRecords(t *testing.T) {
	readCases{
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
	}.run(t)
}

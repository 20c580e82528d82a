package source_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/source"
)

// zipOf returns a .zip archive of names and contents.
func zipOf(t testing.TB, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// tarOf returns a .tar archive of names and contents.
func tarOf(t testing.TB, files ...string) string {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		h := &tar.Header{Name: files[i], Mode: 0o644, Size: int64(len(files[i+1])), Format: tar.FormatPAX}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// crawl returns a WARC file of web pages.
func crawl(pages ...string) string {
	var b strings.Builder
	add := func(kind, contentType, body string) {
		fmt.Fprintf(&b, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-%012d>\r\n"+
			"WARC-Date: 2024-03-06T00:00:00Z\r\nWARC-Target-URI: https://n.example/%d\r\nContent-Type: %s\r\n"+
			"Content-Length: %d\r\n\r\n%s\r\n\r\n", kind, b.Len(), b.Len(), contentType, len(body), body)
	}
	add("warcinfo", "application/warc-fields", "software: x\r\n")
	for _, page := range pages {
		add("request", "application/http; msgtype=request", "GET / HTTP/1.1\r\nHost: n.example\r\n\r\n")
		add("response", "application/http; msgtype=response", page)
	}
	return b.String()
}

const ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"

func TestReadArchives(t *testing.T) {
	files := []string{"a/", "", "a/1.jsonl", recordA, "a/2.json", "[" + recordB + "]", "2022-01-12/p05.txt", page,
		"__MACOSX/a/._1.jsonl", "x", "a/.DS_Store", "x", "a/3.html", webPage}
	zipped, tarred := zipOf(t, files...), tarOf(t, files[2:]...)
	const titlesInside = "甲 乙 共识难觅 大桥通车"
	readCases{
		{name: "every kind of archive", files: map[string]string{
			"1.zip": zipped, "2.tar": tarred, "3.tar.gz": gz(t, tarred), "4.tgz": gz(t, tarred),
			"5.tar.zst": zst(t, tarred),
			"6":         zipped, "7.txt": gz(t, tarred),
		}, paths: []string{"."}, titles: strings.TrimSpace(strings.Repeat(titlesInside+" ", 7))},
		{name: "standard input: .zip", stdin: zipped, paths: []string{"-"}, titles: titlesInside},
		{name: "standard input: .tar.gz", stdin: gz(t, tarred), paths: []string{"-"}, titles: titlesInside},
		{name: "archives in archives", files: map[string]string{
			"1.zip":    zipOf(t, "2024/03.zip", zipped, "b.jsonl.gz", gz(t, recordA), "2024/04.tar.gz", gz(t, tarred)),
			"2.tar.gz": gz(t, tarOf(t, "x/03.zip", zipped)),
		}, paths: []string{"."}, titles: titlesInside + " 甲 " + titlesInside + " " + titlesInside},
		{
			name:   "one archive too deep",
			files:  map[string]string{"1.zip": zipOf(t, "2.zip", zipOf(t, "3.zip", zipped), "b.jsonl", recordB)},
			paths:  []string{"."},
			titles: "乙",
			rejects: []string{
				"1.zip!/2.zip!/3.zip:1: an archive within an archive within an archive: unpack it first",
			},
		},
		{
			name: "what is rejected inside",
			files: map[string]string{"d/a.zip": zipOf(t, "in/a.jsonl", recordA+"{\n"+recordB,
				"README.md", "# 说明", "1.png", "x", "2.png", "x", "3.docx", "x", "in/b.jsonl.gz", gz(t, recordA)[:20])},
			paths:  []string{"d"},
			titles: "甲 乙",
			rejects: []string{
				"d/a.zip!/in/a.jsonl:2: the record is incomplete: it must be on one line",
				"d/a.zip!/README.md:1: a file about the folder, not an article: name it to have it read",
				"d/a.zip!/1.png:1: format not read (.png)",
				"d/a.zip!/3.docx:1: format not read (.docx): save it as text, HTML or Markdown",
				"d/a.zip!/in/b.jsonl.gz:1: the .gz file is truncated here",
				"d/a.zip:1: 1 more file not read, ending in .png",
			},
		},
		{name: "documents and empty archives", files: map[string]string{
			"a.zip": zipOf(
				t,
			), "b": zipOf(t, "[Content_Types].xml", "x", "word/document.xml", "x"),
			"c.tar": strings.Repeat("\x00", 1024),
			"e.zip": recordA,
		}, paths: []string{"a.zip", "b", "c.tar", "e.zip"}, rejects: []string{
			"a.zip:1: an archive without files",
			"b:1: format not read (.docx): save it as text, HTML or Markdown",
			"c.tar:1: not an archive: it doesn't begin like a .zip or .tar file",
			"e.zip:1: not an archive: it doesn't begin like a .zip or .tar file",
		}},
		{name: "truncated archives", files: map[string]string{
			"1.zip": zipped[:len(zipped)-30], "2.tar": tarred[:1400], "3.tar": tarOf(t, "a.jsonl", recordA, "b.jsonl",
				strings.Repeat(recordB, 200))[:2000],
		}, paths: []string{"."}, titles: "甲 甲" + strings.Repeat(" 乙", 14),
			rejects: []string{
				"1.zip:1: the .zip file is truncated or damaged: its list of files, at the end, is missing",
				"2.tar:1: the archive is truncated",
				"3.tar!/b.jsonl:15: the archive is truncated here",
			}},
	}.run(t)
}

// TestReadBombs reads archives that expand to gigabytes.
func TestReadBombs(t *testing.T) {
	zeros := strings.Repeat("\x00", 100<<20)
	readCases{
		{
			name:   "zip",
			files:  map[string]string{"a.zip": zipOf(t, "a.jsonl", zeros, "b.jsonl", recordB)},
			paths:  []string{"."},
			titles: "乙",
			rejects: []string{
				"a.zip!/a.jsonl:1: it expands to more than 200 times its size: no articles do",
			},
		},
		{
			name:  "tar",
			files: map[string]string{"a.tar.gz": gz(t, tarOf(t, "a.jsonl", zeros, "b.jsonl", recordB))},
			paths: []string{"."},
			rejects: []string{
				"a.tar.gz!/a.jsonl:1: it expands to more than 200 times its size: no articles do",
			},
		},
	}.run(t)
}

func TestEncryptedZip(t *testing.T) {
	encrypted := []byte(zipOf(t, "a.jsonl", recordA, "b.jsonl", recordB))
	for _, mark := range []string{"PK\x03\x04", "PK\x01\x02"} {
		for at := 0; ; at += 4 {
			i := bytes.Index(encrypted[at:], []byte(mark))
			if i < 0 {
				break
			}
			at += i
			encrypted[at+map[string]int{"PK\x03\x04": 6, "PK\x01\x02": 8}[mark]] |= 1
		}
	}
	const reason = "it is encrypted: unpack it with its password and name the folder"
	readCases{
		{
			name:  "encrypted",
			files: map[string]string{"a.zip": string(encrypted)},
			paths: []string{"."},
			rejects: []string{
				"a.zip!/a.jsonl:1: " + reason, "a.zip:1: 1 more file not read, for the same reason"},
		},
	}.run(
		t,
	)
}

func TestReadWebArchive(t *testing.T) {
	chunked := ok + "Transfer-Encoding: chunked\r\n\r\n" + fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(webPage), webPage)
	file := crawl(ok+"\r\n"+webPage, chunked, ok+"Content-Encoding: gzip\r\n\r\n"+gz(t, webPage),
		"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n"+webPage,
		"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG", ok+"\r\n<title>空</title>")
	var members strings.Builder // as crawlers compress them, each record alone
	for part := range strings.SplitSeq(file, "WARC/1.0\r\n") {
		if part != "" {
			members.WriteString(gz(t, "WARC/1.0\r\n"+part))
		}
	}
	for name, content := range map[string]string{"a.warc": file, "b.warc.gz": members.String(), "c": file} {
		articles, rejects := read(t, tree(t, map[string]string{name: content}), source.Options{}, name)
		if titles(articles) != "大桥通车 大桥通车 大桥通车" || !strings.HasPrefix(articles[0].URL, "https://n.example/") {
			t.Errorf("%s: %+v", name, articles)
		}
		if len(rejects) != 1 || !strings.HasPrefix(rejects[0], name+"!/https://n.example/") {
			t.Errorf("%s: rejects %q", name, rejects)
		}
	}
	_, none := read(t, tree(t, map[string]string{"a.warc": "新桥"}), source.Options{Format: source.WARC}, "a.warc")
	if !slices.Equal(none, []string{"a.warc:1: not a WARC file: it doesn't begin like one"}) {
		t.Errorf("no WARC file: rejects %q", none)
	}
	cut, rejects := read(t, tree(t, map[string]string{"a.warc": file[:1500]}), source.Options{}, "a.warc")
	if len(cut) != 1 || !slices.Equal(rejects, []string{"a.warc:1: the WARC file is truncated after 1 page"}) {
		t.Errorf("truncated: %q, rejects %q", titles(cut), rejects)
	}
}

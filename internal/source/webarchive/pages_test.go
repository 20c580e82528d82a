package webarchive_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"

	"xunwen/internal/source/archive"
	"xunwen/internal/source/webarchive"
)

const page = "<html><p>柳河新桥昨天上午通车。</p></html>"

// record returns a record of a WARC file with an answer of a server.
func record(kind, contentType, block string) string {
	return fmt.Sprintf("WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"+
		"WARC-Date: 2024-03-06T00:00:00Z\r\nWARC-Target-URI: https://n.example/1\r\nContent-Type: %s\r\n"+
		"Content-Length: %d\r\n\r\n%s\r\n\r\n", kind, contentType, len(block), block)
}

func answer(headers, body string) string {
	return record("response", "application/http; msgtype=response",
		"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"+headers+"\r\n"+body)
}

// packed compresses a page with the compressor that begin opens.
func packed(t testing.TB, begin func(io.Writer) io.WriteCloser) string {
	t.Helper()
	var b bytes.Buffer
	w := begin(&b)
	if _, err := io.WriteString(w, page); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// encodings are how a body can be compressed.
func encodings(t testing.TB) map[string]string {
	t.Helper()
	return map[string]string{
		"gzip": packed(t, func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }),
		"br":   packed(t, func(w io.Writer) io.WriteCloser { return brotli.NewWriter(w) }),
		"zstd": packed(t, func(w io.Writer) io.WriteCloser {
			z, err := zstd.NewWriter(w)
			if err != nil {
				t.Fatal(err)
			}
			return z
		}),
		"deflate": packed(t, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }),
		" Deflate": packed(t, func(w io.Writer) io.WriteCloser {
			z, err := flate.NewWriter(w, flate.BestSpeed)
			if err != nil {
				t.Fatal(err)
			}
			return z
		}),
	}
}

func budget(size int) *archive.Budget { return archive.NewBudget(func() int64 { return int64(size) }) }

// read returns the bodies of the pages in a file, and its errors.
func read(file string) string {
	var out []string
	for p, err := range webarchive.Pages(strings.NewReader(file), budget(len(file))) {
		var bad *webarchive.PageError
		switch {
		case errors.As(err, &bad):
			out = append(out, bad.URL+": "+bad.Reason.Error())
		case err != nil:
			out = append(out, err.Error())
		default:
			out = append(out, p.URL+" "+p.Charset+" "+string(p.Body))
		}
	}
	return strings.Join(out, "\n")
}

const read1 = "https://n.example/1 utf-8 " + page

func TestEncodings(t *testing.T) {
	for name, body := range encodings(t) {
		headers := "Content-Encoding: " + name + "\r\n"
		if got := read(answer(headers, body)); got != read1 {
			t.Errorf("%s: %q", name, got)
		}
		if got := read(answer(headers, page)); got != read1 {
			t.Errorf("%s, decompressed by the crawler: %q", name, got)
		}
		want := "https://n.example/1: it can't be decompressed (" +
			strings.ToLower(strings.TrimSpace(name)) + "): crawl it again"
		if got := read(answer(headers, "\x00\xff\x13\x37\x00\x00")); got != want {
			t.Errorf("%s, damaged: %q", name, got)
		}
	}
	twice := encodings(t)["gzip"]
	var b bytes.Buffer
	w := brotli.NewWriter(&b)
	if _, err := io.WriteString(w, twice); err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	if got := read(answer("Content-Encoding: gzip, br\r\n", b.String())); got != read1 {
		t.Errorf("compressed twice: %q", got)
	}
}

func TestBomb(t *testing.T) {
	for _, name := range []string{"gzip", "br"} {
		var b bytes.Buffer
		w := map[string]io.WriteCloser{"gzip": gzip.NewWriter(&b), "br": brotli.NewWriterLevel(&b, 1)}[name]
		zeros := make([]byte, 1<<20)
		for range 41 {
			if _, err := w.Write(zeros); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		got := read(answer("Content-Encoding: "+name+"\r\n", b.String()))
		if got != "https://n.example/1: larger than 40 MiB: not a web page" {
			t.Errorf("%s: %.100q", name, got)
		}
	}
}

func TestPages(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"chunked",
			answer("Transfer-Encoding: chunked\r\n", fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", len(page), page)), read1},
		{"chunked only by its header", answer("Transfer-Encoding: chunked\r\n", page), read1},
		{"a resource", record("resource", "text/html; charset=utf-8", page), read1},
		{"no pages", record("warcinfo", "application/warc-fields", "software: x\r\n") +
			record("request", "application/http", "GET /") +
			record("resource", "image/png", "\x89PNG") + record("response", "text/dns", "n.example"), ""},
		{"truncated", answer("", page) + answer("", page)[:200], read1 + "\nunexpected EOF"},
		{"nothing", "", ""},
	} {
		if got := read(tt.file); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

// FuzzPages checks that nothing panics and that each error names its page or ends the file.
func FuzzPages(f *testing.F) {
	f.Add([]byte(answer("", page) + record("request", "application/http", "GET /")))
	f.Add([]byte(answer("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\n\r\n")))
	for name, body := range encodings(f) {
		f.Add([]byte(answer("Content-Encoding: "+name+"\r\n", body)))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		ended := false
		for _, err := range webarchive.Pages(bytes.NewReader(file), budget(len(file))) {
			if ended {
				t.Fatal("something follows the last error")
			}
			var bad *webarchive.PageError
			ended = err != nil && !errors.As(err, &bad)
		}
	})
}

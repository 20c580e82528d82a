package pdf_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/source/page"
	"xunwen/internal/source/pdf"
	"xunwen/internal/testtool"
)

// engine is the one PDFium of these tests. It is kept compiled where the programs
// keep it: compiling takes seconds, with the race detector much longer.
var engine *pdf.Engine

func TestMain(m *testing.M) {
	cache := ""
	if dir, err := os.UserCacheDir(); err == nil {
		cache = filepath.Join(dir, "xunwen")
	}
	engine = pdf.NewEngine(cache)
	code := m.Run()
	if err := engine.Close(); err != nil {
		panic(err)
	}
	os.Exit(code)
}

const samples = "../../../samples/pages"

// truth is the content of a page of the samples.
type truth struct {
	File, Publication, Date, Page string
	Articles                      []struct {
		Title, Kicker, Subtitle, Source string
		Paragraphs                      []news.Paragraph
	}
	Captions []string
}

func readTruth(t *testing.T) map[string]truth {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(samples, "truth.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string]truth)
	for line := range strings.Lines(string(raw)) {
		var p truth
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatal(err)
		}
		all[strings.NewReplacer("/", "_", ".txt", ".pdf").Replace(p.File)] = p
	}
	return all
}

// TestTypst reads the pages in testdata, set by Typst.
func TestTypst(t *testing.T) { readAll(t, "testdata") }

// TestChromium has Chromium print all sample pages, in boxes and down the
// columns with their lines in random order, and reads them.
func TestChromium(t *testing.T) {
	testtool.Require(t, "chromium")
	for _, layout := range []string{"boxes", "flow"} {
		t.Run(layout, func(t *testing.T) {
			dir := t.TempDir()
			cmd := exec.CommandContext(t.Context(), "go", "run", "./testdata/gen", "-layout", layout, "-out", dir)
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			readAll(t, dir)
		})
	}
}

// readAll compares what is read from each PDF of a folder with the truth.
func readAll(t *testing.T, dir string) {
	want := readTruth(t)
	files, err := filepath.Glob(filepath.Join(dir, "*.pdf"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no PDF in %s: %v", dir, err)
	}
	for _, name := range files {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			result := readFirst(t, data)
			w := want[filepath.Base(name)]
			if f := result.Furniture; f.Publication != w.Publication || f.Date != w.Date || f.Page != w.Page {
				t.Errorf("furniture %+v, want %s %s %s", f, w.Publication, w.Date, w.Page)
			}
			if got, want := describe(result.Articles), w.describe(); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func readFirst(t *testing.T, data []byte) page.Result {
	t.Helper()
	doc, err := engine.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer doc.Close()
	result, err := doc.Page(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// describe lists articles without white space, in the order of their titles;
// captions come last, in the order of their texts.
func describe(articles []news.Article) string {
	var all, captions []string
	for i := range articles {
		a := &articles[i]
		lines := []string{squeeze("# " + a.Kicker + "/" + a.Title + "/" + a.Subtitle + "/" + a.Source)}
		for _, p := range a.Paragraphs {
			if p.Kind == news.Caption {
				captions = append(captions, "caption: "+squeeze(p.Text))
				continue
			}
			lines = append(lines, squeeze(p.Section+": "+p.Text))
		}
		all = append(all, strings.Join(lines, "\n"))
	}
	slices.Sort(all)
	slices.Sort(captions)
	return strings.Join(append(all, captions...), "\n")
}

func (p truth) describe() string {
	var articles []news.Article
	for _, a := range p.Articles {
		articles = append(
			articles,
			news.Article{
				Title:      a.Title,
				Kicker:     a.Kicker,
				Subtitle:   a.Subtitle,
				Source:     a.Source,
				Paragraphs: a.Paragraphs,
			},
		)
	}
	for _, c := range p.Captions {
		articles[0].Paragraphs = append(articles[0].Paragraphs, news.Paragraph{Kind: news.Caption, Text: c})
	}
	return describe(articles)
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

// TestUnreadable checks that an unreadable file is reported with a reason and
// that the next one is read all the same.
func TestUnreadable(t *testing.T) {
	good, err := os.ReadFile("testdata/青禾晚报_2026-07-08_p03.pdf")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, reason string
		data         []byte
	}{
		{"empty", "not a PDF", nil},
		{"something else", "not a PDF", []byte("PK\x03\x04")},
		{"the mark and nothing else", "broken PDF", []byte("%PDF-1.7\n")},
		{"its first half", "", good[:len(good)/2]},
		{"a hole in it", "", slices.Concat(good[:len(good)/3], make([]byte, len(good)/3), good[2*len(good)/3:])},
		{"encrypted", "encrypted PDF", document("/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <"+
			strings.Repeat("28", 32)+"> /U <"+strings.Repeat("bf", 32)+"> >> /ID [<00> <00>]", "BT ET")},
		{
			"encrypted in a way of its own",
			"encrypted PDF",
			document("/Encrypt << /Filter /Own /V 9 >> /ID [<00> <00>]", "BT ET"),
		},
		{"a scan", "no text", document("", "0 0 100 100 re f")},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := firstError(t.Context(), tt.data)
			if tt.reason != "" && (err == nil || !strings.Contains(err.Error(), tt.reason)) {
				t.Errorf("got %v, want %q", err, tt.reason)
			}
			if got := len(readFirst(t, good).Articles); got == 0 {
				t.Error("the next file has no articles")
			}
		})
	}
	if err := firstError(t.Context(), document("", "0 0 100 100 re f")); !errors.Is(err, pdf.ErrNoText) {
		t.Errorf("a page without text: %v", err)
	}
}

func firstError(ctx context.Context, data []byte) error {
	doc, err := engine.Open(ctx, data)
	if err != nil {
		return err
	}
	defer doc.Close()
	_, err = doc.Page(ctx, 0)
	return err
}

// TestRotatedPage checks that a page on its side is read as if it were upright,
// and that a character beyond the BMP is one character.
func TestRotatedPage(t *testing.T) {
	data, err := os.ReadFile("testdata/pages/turned.pdf")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := engine.Open(t.Context(), data)
	if err != nil {
		t.Fatal(err)
	}
	defer doc.Close()
	for i := range doc.Pages() {
		result, err := doc.Page(t.Context(), i)
		if err != nil {
			t.Fatalf("page %d: %v", i+1, err)
		}
		a := &result.Articles[0]
		if a.Title != "大桥通车" || a.Paragraphs[0].Text != "青禾大桥昨天上午正式通车，沿江三个镇的居民不再靠轮渡过江。𠮷" {
			t.Errorf("page %d: %q %q", i+1, a.Title, a.Paragraphs[0].Text)
		}
	}
}

// TestEngineStartsLate checks that an engine that read no PDF did not start and
// closes.
func TestEngineStartsLate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	idle := pdf.NewEngine(dir)
	if _, err := idle.Open(t.Context(), []byte("no PDF")); err == nil {
		t.Error("no PDF was opened")
	}
	if err := idle.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the cache was touched: %v", err)
	}
}

// document is a PDF of one page without a cross-reference table, which readers
// reconstruct.
func document(trailer, content string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n" +
		"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n" +
		"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >> endobj\n")
	b.WriteString("4 0 obj << >> stream\n" + content + "\nendstream endobj\n")
	b.WriteString("trailer << /Root 1 0 R /Size 5 " + trailer + " >>\n%%EOF\n")
	return b.Bytes()
}

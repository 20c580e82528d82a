package page

import (
	"errors"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/tools/txtar"

	"xunwen/internal/textnorm"
)

// FuzzParse checks that nothing panics and nothing is lost: every Chinese
// character of the page is in one block, and what the blocks say was read is in
// the records.
func FuzzParse(f *testing.F) {
	cases, _ := filepath.Glob("testdata/*.txtar")
	pages, _ := filepath.Glob("testdata/pages/*.txtar")
	arranged, _ := filepath.Glob("testdata/arranged/*.txtar")
	if len(cases) == 0 || len(pages) == 0 {
		f.Fatalf("%d cases and %d pages in testdata", len(cases), len(pages))
	}
	for _, name := range slices.Concat(cases, pages, arranged) {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(a.Files[0].Data))
	}
	f.Fuzz(func(t *testing.T, text string) {
		res, err := Parse(text)
		var none *NoArticleError
		if err != nil && (!errors.As(err, &none) || none.Line < 1 || none.Reason == "") {
			t.Fatalf("error without line and reason: %v", err)
		}
		if (err == nil) != (len(res.Articles) > 0) {
			t.Fatalf("%d articles and error %v", len(res.Articles), err)
		}
		checkBlocks(t, text, res)
		if err == nil {
			checkRecords(t, res)
		}
	})
}

// han counts the Chinese characters of the texts.
func han(texts ...string) map[rune]int {
	n := map[rune]int{}
	for _, s := range texts {
		for _, r := range s {
			if textnorm.IsHan(r) {
				n[r]++
			}
		}
	}
	return n
}

func checkBlocks(t *testing.T, text string, res Result) {
	t.Helper()
	var texts []string
	last := 0
	for _, b := range res.Blocks {
		if b.FirstLine < last || b.LastLine < b.FirstLine || b.Article > len(res.Articles) {
			t.Fatalf("block out of order: %+v after line %d", b, last)
		}
		last = b.LastLine
		texts = append(texts, b.Text)
	}
	got := han(texts...)
	for r, n := range han(text) {
		if got[r] != n {
			t.Fatalf("%q is %d times on the page, %d times in the blocks", r, n, got[r])
		}
	}
}

func checkRecords(t *testing.T, res Result) {
	t.Helper()
	var in, out []string
	for _, b := range res.Blocks {
		switch b.Role {
		case RoleFurniture, RoleUnread, RoleByline:
		default:
			in, out = append(in, b.Text), append(out, b.Removed)
		}
	}
	for _, a := range res.Articles {
		if a.Confidence < 0 || a.Confidence > 1 {
			t.Fatalf("confidence %v", a.Confidence)
		}
		out = append(out, a.Title, a.Kicker, a.Subtitle)
		for _, p := range a.Paragraphs {
			if p.Text == "" || p.Kind == "" {
				t.Fatalf("empty paragraph in %q", a.Title)
			}
			out = append(out, p.Text, p.Section)
		}
	}
	got := han(out...)
	for r, n := range han(in...) {
		if got[r] < n {
			t.Fatalf("%q is %d times in the text read, %d times in the records", r, n, got[r])
		}
	}
}

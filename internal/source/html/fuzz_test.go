package html_test

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"xunwen/internal/source/charset"
	"xunwen/internal/source/html"
)

// FuzzParse checks that any bytes yield an article or a reason without a panic,
// and that the record is valid.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		cases, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(cases.Files[0].Data)
	}
	f.Add([]byte("<meta charset=gbk><title>\xb1\xb1\xd4\xbc</title>"))
	f.Add([]byte("<d\x00\x00\x00iv=t>")) // a name that grows when it is read
	f.Fuzz(func(t *testing.T, page []byte) {
		text, err := charset.Decode(page, charset.Auto, html.DeclaredCharset(page))
		if err != nil {
			return
		}
		a, err := html.Parse(text)
		check(t, a.Title, err)
		if err != nil {
			return
		}
		if a.Confidence <= 0 || a.Confidence > 1 {
			t.Errorf("confidence %v", a.Confidence)
		}
		if err := a.Normalize(); err != nil {
			t.Errorf("the record is invalid: %v", err)
		}
		if len(a.Paragraphs) == 0 {
			t.Error("an article without text")
		}
		for _, p := range a.Paragraphs {
			if p.Text != strings.TrimSpace(p.Text) || strings.ContainsAny(p.Text, "\n\r\t") {
				t.Errorf("paragraph %q is not collapseSpace", p.Text)
			}
		}
	})
}

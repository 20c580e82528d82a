package html_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"xunwen/internal/source/html"
)

var update = flag.Bool("update", false, "write what the pages are read as into testdata")

// TestPages reads the page of each case and compares the record, or the reason
// why there is none.
func TestPages(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d cases, %v", len(files), err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			cases, err := txtar.ParseFile(file)
			if err != nil || len(cases.Files) != 2 {
				t.Fatalf("want page.html and want in the case: %v", err)
			}
			got := outcome(t, string(cases.Files[0].Data))
			if *update {
				cases.Files[1].Data = got
				if err := os.WriteFile(file, txtar.Format(cases), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if want := cases.Files[1].Data; !bytes.Equal(got, want) {
				t.Errorf("%sgot\n%s\nwant\n%s", cases.Comment, got, want)
			}
		})
	}
}

// outcome is the record as indented JSON, or the error.
func outcome(t *testing.T, page string) []byte {
	t.Helper()
	a, err := html.Parse(page)
	var none *html.NoArticleError
	if errors.As(err, &none) {
		return []byte(err.Error() + "\n")
	}
	if err != nil {
		t.Fatalf("an error that is no NoArticleError: %v", err)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(a); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

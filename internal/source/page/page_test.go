package page

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the wanted parts of the cases with what the reader returns")

// A case is a txtar file: why it is there, page.txt and want. In want, a line
// for each article is followed by a line for each of its paragraphs.
type (
	wantArticle struct {
		Title    string `json:"title"`
		Kicker   string `json:"kicker,omitempty"`
		Subtitle string `json:"subtitle,omitempty"`
		Byline   string `json:"byline,omitempty"`
		Source   string `json:"source,omitempty"`
	}
	wantParagraph struct {
		Section string `json:"section,omitempty"`
		Kind    string `json:"kind,omitempty"` // absent for body
		Text    string `json:"text"`
	}
	wantHead struct {
		Furniture Furniture `json:"furniture"`
	}
	wantError struct {
		Line  int    `json:"line"`
		Error string `json:"error"`
	}
)

func describe(res Result, err error) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	put := func(v any) {
		if err := e.Encode(v); err != nil {
			panic(err)
		}
	}
	if res.Furniture != (Furniture{}) {
		put(wantHead{res.Furniture})
	}
	var none *NoArticleError
	if errors.As(err, &none) {
		put(wantError{none.Line, none.Reason})
	}
	for _, a := range res.Articles {
		put(wantArticle{a.Title, a.Kicker, a.Subtitle, a.Byline, a.Source})
		for _, p := range a.Paragraphs {
			kind := string(p.Kind)
			if kind == "body" {
				kind = ""
			}
			b.WriteString("  ")
			put(wantParagraph{p.Section, kind, p.Text})
		}
	}
	return b.String()
}

func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) < 25 {
		t.Fatalf("%d cases in testdata, want at least 25 (%v)", len(files), err)
	}
	for _, f := range files {
		t.Run(strings.TrimSuffix(filepath.Base(f), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(f)
			if err != nil || len(a.Files) != 2 {
				t.Fatalf("%s: want page.txt and want: %v", f, err)
			}
			got := describe(Parse(string(a.Files[0].Data)))
			if *update {
				a.Files[1].Data = []byte(got)
				if err := os.WriteFile(f, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if want := string(a.Files[1].Data); got != want {
				t.Errorf("%s\ngot:\n%s\nwant:\n%s", a.Comment, got, want)
			}
		})
	}
}

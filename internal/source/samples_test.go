package source_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"xunwen/internal/news"
	"xunwen/internal/source"
)

// lowConfidence is the confidence below which a build warns of a file.
const lowConfidence = 0.5

// samplePage is a line of samples/pages/truth.jsonl.
type samplePage struct {
	File        string         `json:"file"`
	Publication string         `json:"publication"`
	Date        string         `json:"date"`
	Page        string         `json:"page"`
	PageName    string         `json:"page_name"`
	Articles    []news.Article `json:"articles"`
	Captions    []string       `json:"captions"`
}

// TestSamplePages requires that each sample page reads as its truth and that no
// build warns of one.
func TestSamplePages(t *testing.T) {
	folder := filepath.Join("..", "..", "samples", "pages")
	data, err := os.ReadFile(filepath.Join(folder, "truth.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	truth := map[string]samplePage{}
	for line := range strings.Lines(string(data)) {
		var p samplePage
		if err := json.Unmarshal([]byte(line), &p); err != nil {
			t.Fatal(err)
		}
		truth[p.File] = p
	}
	files, err := filepath.Glob(filepath.Join(folder, "*", "*", "*.txt"))
	if err != nil || len(files) != len(truth) {
		t.Fatalf("%d pages with truth, %d files: %v", len(truth), len(files), err)
	}
	for _, path := range files {
		name, err := filepath.Rel(folder, path)
		if err != nil {
			t.Fatal(err)
		}
		name = filepath.ToSlash(name)
		t.Run(name, func(t *testing.T) {
			articles, rejects := read(t, folder, source.Options{}, name)
			if len(rejects) > 0 {
				t.Errorf("rejects %q", rejects)
			}
			want := truth[name]
			for i := range want.Articles {
				a := &want.Articles[i]
				a.Publication, a.Date, a.Page, a.PageName = want.Publication, want.Date, want.Page, want.PageName
			}
			if got, want := describe(articles, nil), describe(want.Articles, want.Captions); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
			for _, a := range articles {
				if a.Confidence < lowConfidence {
					t.Errorf("%s: confidence %.2f", a.Title, a.Confidence)
				}
			}
		})
	}
}

// describe lists the content of articles, without white space, since justified
// lines have spaces; captions come last in the order of their texts.
func describe(articles []news.Article, captions []string) string {
	var b strings.Builder
	squash := func(s string) string { return strings.Join(strings.Fields(s), "") }
	for _, a := range articles {
		fmt.Fprintf(&b, "%s %s page %q %q\n", a.Publication, a.Date, a.Page, a.PageName)
		fmt.Fprintf(&b, "kicker %s, title %s, subtitle %s, byline %q, source %q\n",
			squash(a.Kicker), squash(a.Title), squash(a.Subtitle), squash(a.Byline), a.Source)
		for _, p := range a.Paragraphs {
			switch p.Kind {
			case news.Caption:
				captions = append(captions, p.Text)
			case news.Table:
				fmt.Fprintf(&b, "table [%s] %s\n", squash(p.Section), squash(p.Text))
			default:
				fmt.Fprintf(&b, "body [%s] %s\n", squash(p.Section), squash(p.Text))
			}
		}
	}
	for i := range captions {
		captions[i] = squash(captions[i])
	}
	slices.Sort(captions)
	for _, c := range captions {
		fmt.Fprintf(&b, "caption %s\n", c)
	}
	return b.String()
}

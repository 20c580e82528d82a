package page

import (
	"encoding/json"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"xunwen/internal/news"
)

// setPage is a page of testdata/pages: what it shows, its text and what it says.
type setPage struct {
	name   string
	shapes []string
	text   string
	truth  truth
}

// readSetPages reads the pages of testdata/pages: txtar files whose comment ends
// with the shapes that they show, then page.txt and truth, a line an article
// followed by a line for each of its paragraphs.
func readSetPages(t *testing.T) []setPage {
	t.Helper()
	files, err := filepath.Glob("testdata/pages/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var out []setPage
	for _, f := range files {
		a, err := txtar.ParseFile(f)
		if err != nil || len(a.Files) != 2 {
			t.Fatalf("%s: want page.txt and truth: %v", f, err)
		}
		_, shapes, ok := strings.Cut(string(a.Comment), "Shapes: ")
		if !ok {
			t.Fatalf("%s: no shapes", f)
		}
		p := setPage{name: filepath.Base(f), shapes: strings.Split(strings.TrimSpace(shapes), ", "), text: string(a.Files[0].Data)}
		for line := range strings.Lines(string(a.Files[1].Data)) {
			if err := p.truth.line(line); err != nil {
				t.Fatalf("%s: %s: %v", f, line, err)
			}
		}
		out = append(out, p)
	}
	return out
}

func (t *truth) line(s string) error {
	if !strings.HasPrefix(s, " ") {
		t.Articles = append(t.Articles, news.Article{})
		return json.Unmarshal([]byte(s), &t.Articles[len(t.Articles)-1])
	}
	var p news.Paragraph
	err := json.Unmarshal([]byte(s), &p)
	a := &t.Articles[len(t.Articles)-1]
	a.Paragraphs = append(a.Paragraphs, p)
	return err
}

// shapes are the ways of setting a page that readers must be up to.
var shapes = []string{"furniture", "headline-first", "headline-last", "indented", "kicker", "byline", "dateline", "jump",
	"table", "verse", "caption-between", "letter-spaced", "cut", "bullets", "section", "source"}

// TestSetPages reads whole pages of each shape and holds the figures.
func TestSetPages(t *testing.T) {
	pages := readSetPages(t)
	if len(pages) < 40 {
		t.Errorf("%d pages, want 40", len(pages))
	}
	figuresOf := func(shape string) (f figures, n int) {
		var sum tally
		for _, p := range pages {
			if shape == "" || slices.Contains(p.shapes, shape) {
				got, _ := Parse(p.text)
				sum.add(p.truth, got.Articles)
				n++
			}
		}
		return sum.figures(), n
	}
	all, _ := figuresOf("")
	t.Logf("all: %v", all)
	all.atLeast(t, "all pages", floorAll)
	for _, shape := range shapes {
		t.Run(shape, func(t *testing.T) {
			f, n := figuresOf(shape)
			if n < 3 {
				t.Errorf("%d pages, want 3", n)
			}
			t.Logf("%d pages: %v", n, f)
			f.atLeast(t, shape, floorShape)
		})
	}
}

// What was measured when these pages were last read, less a page's worth.
var (
	floorAll   = figures{}
	floorShape = figures{}
)

func (f figures) atLeast(t *testing.T, of string, floor figures) {
	t.Helper()
	for _, c := range []struct {
		name       string
		got, floor float64
	}{
		{"paragraph F1", f.paragraphF1, floor.paragraphF1}, {"title", f.title, floor.title}, {"title F1", f.titleF1, floor.titleF1},
		{"assignment", f.assignment, floor.assignment}, {"section", f.section, floor.section}, {"source", f.source, floor.source},
		{"source precision", f.sourceP, floor.sourceP}, {"subtitle", f.subtitle, floor.subtitle}, {"kicker", f.kicker, floor.kicker},
		{"byline", f.byline, floor.byline}, {"caption F1", f.caption, floor.caption},
	} {
		if c.got < c.floor {
			t.Errorf("%s: %s %.3f, want at least %.3f", of, c.name, c.got, c.floor)
		}
	}
}

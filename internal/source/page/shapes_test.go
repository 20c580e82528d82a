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
		p := setPage{
			name:   filepath.Base(f),
			shapes: strings.Split(strings.TrimSpace(shapes), ", "),
			text:   string(a.Files[0].Data),
		}
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

// shapes are the ways of setting a page that a reader must be up to, with what
// was measured when their pages were last read, rounded down.
var shapes = []struct {
	name  string
	floor figures
}{
	{"furniture", figures{paragraphF1: .97, title: .87, titleF1: .93, assignment: .91, section: .91, caption: .99}},
	{
		"headline-first",
		figures{paragraphF1: .97, title: .88, titleF1: .92, assignment: .87, section: .87, caption: .90},
	},
	{"headline-last", figures{paragraphF1: .99, title: .99, titleF1: .99, assignment: .99, section: .99, caption: .99}},
	{"indented", figures{paragraphF1: .98, title: .90, titleF1: .94, assignment: .95, section: .95, caption: .66}},
	{"kicker", figures{paragraphF1: .96, title: .92, titleF1: .92, assignment: .86, section: .86, caption: .99}},
	{"byline", figures{paragraphF1: .98, title: .91, titleF1: .93, assignment: .91, section: .93, caption: .79}},
	{"dateline", figures{paragraphF1: .96, title: .92, titleF1: .95, assignment: .91, section: .90, caption: .99}},
	{"jump", figures{paragraphF1: .93, title: .99, titleF1: .99, assignment: .95, section: .95, caption: .99}},
	{"table", figures{paragraphF1: .99, title: .90, titleF1: .94, assignment: .87, section: .87, caption: .99}},
	{"verse", figures{paragraphF1: .99, title: .89, titleF1: .94, assignment: .81, section: .81, caption: .99}},
	{
		"caption-between",
		figures{paragraphF1: .95, title: .88, titleF1: .93, assignment: .93, section: .93, caption: .94},
	},
	{"letter-spaced", figures{paragraphF1: .99, title: .99, titleF1: .99, assignment: .99, section: .99, caption: .99}},
	{"cut", figures{paragraphF1: .99, title: .87, titleF1: .92, assignment: .89, section: .89, caption: .99}},
	{"bullets", figures{paragraphF1: .96, title: .69, titleF1: .81, assignment: .70, section: .70, caption: .99}},
	{"section", figures{paragraphF1: .99, title: .92, titleF1: .92, assignment: .91, section: .93, caption: .99}},
	{"source", figures{paragraphF1: .97, title: .99, titleF1: .99, assignment: .96, section: .95, caption: .99}},
}

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
		t.Run(shape.name, func(t *testing.T) {
			f, n := figuresOf(shape.name)
			if n < 3 {
				t.Errorf("%d pages, want 3", n)
			}
			t.Logf("%d pages: %v", n, f)
			f.atLeast(t, shape.name, shape.floor)
		})
	}
}

// floorAll is what was measured on all of them, rounded down. What is always right
// here must stay so.
var floorAll = figures{paragraphF1: .97, title: .92, titleF1: .95, assignment: .90, section: .90, caption: .94,
	source: 1, sourceP: 1, subtitle: 1, kicker: 1, byline: 1}

func (f figures) atLeast(t *testing.T, of string, floor figures) {
	t.Helper()
	for _, c := range []struct {
		name       string
		got, floor float64
	}{
		{"paragraph F1", f.paragraphF1, floor.paragraphF1}, {"title", f.title, floor.title},
		{"title F1", f.titleF1, floor.titleF1},
		{"assignment", f.assignment, floor.assignment}, {"section", f.section, floor.section},
		{"source", f.source, floor.source},
		{"source precision", f.sourceP, floor.sourceP}, {"subtitle", f.subtitle, floor.subtitle},
		{"kicker", f.kicker, floor.kicker},
		{"byline", f.byline, floor.byline}, {"caption F1", f.caption, floor.caption},
	} {
		if c.got < c.floor {
			t.Errorf("%s: %s %.3f, want at least %.3f", of, c.name, c.got, c.floor)
		}
	}
}

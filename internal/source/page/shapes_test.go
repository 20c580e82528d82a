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

// setPage is a page of testdata/pages: its shapes, its text and its truth.
type setPage struct {
	name   string
	shapes []string
	text   string
	truth  truth
}

// readSetPages reads the pages of a folder of testdata: txtar files whose comment ends
// with the shapes of the page, with page.txt and truth, in which a line for each
// article is followed by a line for each of its paragraphs.
func readSetPages(t *testing.T, folder string) []setPage {
	t.Helper()
	files, err := filepath.Glob("testdata/" + folder + "/*.txtar")
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

// shapes are the layouts that a reader must be able to read, with the figures
// measured when their pages were last read, rounded down.
var shapes = []struct {
	name  string
	floor figures
}{
	{
		"furniture",
		figures{paragraphF1: 0.97, title: 0.87, titleF1: 0.93, assignment: 0.91, section: 0.91, caption: 0.99},
	},
	{
		"headline-first",
		figures{paragraphF1: 0.97, title: 0.88, titleF1: 0.92, assignment: 0.87, section: 0.87, caption: 0.90},
	},
	{
		"headline-last",
		figures{paragraphF1: 0.99, title: 0.99, titleF1: 0.99, assignment: 0.99, section: 0.99, caption: 0.99},
	},
	{
		"indented",
		figures{paragraphF1: 0.98, title: 0.90, titleF1: 0.94, assignment: 0.95, section: 0.95, caption: 0.66},
	},
	{"kicker", figures{paragraphF1: 0.96, title: 0.92, titleF1: 0.92, assignment: 0.86, section: 0.86, caption: 0.99}},
	{"byline", figures{paragraphF1: 0.98, title: 0.91, titleF1: 0.93, assignment: 0.91, section: 0.93, caption: 0.79}},
	{
		"dateline",
		figures{paragraphF1: 0.96, title: 0.92, titleF1: 0.95, assignment: 0.91, section: 0.90, caption: 0.99},
	},
	{"jump", figures{paragraphF1: 0.93, title: 0.99, titleF1: 0.99, assignment: 0.95, section: 0.95, caption: 0.99}},
	{"table", figures{paragraphF1: 0.99, title: 0.90, titleF1: 0.94, assignment: 0.87, section: 0.87, caption: 0.99}},
	{"verse", figures{paragraphF1: 0.99, title: 0.89, titleF1: 0.94, assignment: 0.81, section: 0.81, caption: 0.99}},
	{
		"caption-between",
		figures{paragraphF1: 0.95, title: 0.88, titleF1: 0.93, assignment: 0.93, section: 0.93, caption: 0.94},
	},
	{
		"letter-spaced",
		figures{paragraphF1: 0.99, title: 0.99, titleF1: 0.99, assignment: 0.99, section: 0.99, caption: 0.99},
	},
	{"cut", figures{paragraphF1: 0.99, title: 0.87, titleF1: 0.92, assignment: 0.89, section: 0.89, caption: 0.99}},
	{"bullets", figures{paragraphF1: 0.96, title: 0.69, titleF1: 0.81, assignment: 0.70, section: 0.70, caption: 0.99}},
	{"section", figures{paragraphF1: 0.99, title: 0.92, titleF1: 0.92, assignment: 0.91, section: 0.93, caption: 0.99}},
	{"source", figures{paragraphF1: 0.97, title: 0.99, titleF1: 0.99, assignment: 0.96, section: 0.95, caption: 0.99}},
}

// TestSetPages reads whole pages of each shape and requires the figures not to
// fall.
func TestSetPages(t *testing.T) {
	pages := readSetPages(t, "pages")
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

// floorAll is what was measured on all of them, rounded down. What is always
// right must stay right.
var floorAll = figures{paragraphF1: 0.97, title: 0.92, titleF1: 0.95, assignment: 0.90, section: 0.90, caption: 0.94,
	source: 1, sourceP: 1, subtitle: 1, kicker: 1, byline: 1}

func (f figures) atLeast(t *testing.T, of string, floor figures) {
	t.Helper()
	for _, c := range []struct {
		name       string
		got, floor float64
	}{
		{"paragraph F1", f.paragraphF1, floor.paragraphF1},
		{"title", f.title, floor.title},
		{"title F1", f.titleF1, floor.titleF1},
		{"assignment", f.assignment, floor.assignment},
		{"section", f.section, floor.section},
		{"source", f.source, floor.source},
		{"source precision", f.sourceP, floor.sourceP},
		{"subtitle", f.subtitle, floor.subtitle},
		{"kicker", f.kicker, floor.kicker},
		{"byline", f.byline, floor.byline},
		{"caption F1", f.caption, floor.caption},
	} {
		if c.got < c.floor {
			t.Errorf("%s: %s %.3f, want at least %.3f", of, c.name, c.got, c.floor)
		}
	}
}

// Command gen makes PDFs of newspaper pages to test the reader with: it lays the
// true articles of pages (samples/pages/truth.jsonl) out in columns, as a paper
// does, and has Chromium or Typst print them. Run it in the folder of the package:
//
//	go run ./testdata/gen -out testdata                       Chromium, articles in boxes
//	go run ./testdata/gen -out testdata -layout flow          Chromium, articles down the columns
//	go run ./testdata/gen -out testdata -engine typst         Typst (pip install typst), down the columns
//	go run ./testdata/gen -font ../pdfium/fonts/usr/share/fonts/boxes.ttc
//
// Chromium needs fonts-noto-cjk. The lines of a page are drawn in random order, so
// that only their positions determine how to read them.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	truth := flag.String(
		"truth",
		"../../../samples/pages/truth.jsonl",
		"the true articles, a page a line; the texts in its folder have the rows of tables",
	)
	out := flag.String("out", "", "folder for the PDFs")
	layout := flag.String("layout", "boxes", "boxes or flow")
	engine := flag.String("engine", "chromium", "chromium or typst")
	joined := flag.Bool("joined", false, "all pages as one PDF, sheets.pdf")
	font := flag.String("font", "", "write the fonts that PDFium has, and nothing else")
	flag.Parse()
	if *font != "" {
		if err := writeFont(*font); err != nil {
			fmt.Fprintln(os.Stderr, "gen:", err)
			os.Exit(1)
		}
		return
	}
	if err := run(context.Background(), *truth, *out, *layout, *engine, *joined); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// sheet is a page of truth.jsonl.
type sheet struct {
	File        string    `json:"file"`
	Publication string    `json:"publication"`
	Date        string    `json:"date"`
	Page        string    `json:"page"`
	PageName    string    `json:"page_name"`
	Articles    []article `json:"articles"`
	Captions    []string  `json:"captions"`
	rows        []string  // lines of the page's text, for tables
}

type article struct {
	Title, Kicker, Subtitle, Source, Byline string
	Paragraphs                              []paragraph
}

type paragraph struct{ Section, Kind, Text string }

func run(ctx context.Context, truth, out, layout, engine string, joined bool) error {
	sheets, err := readSheets(truth)
	if err != nil {
		return err
	}
	if joined {
		return typst(sheets, filepath.Join(out, "sheets.pdf"))
	}
	var b *browser
	if engine == "chromium" {
		if ctx, b, err = openBrowser(ctx); err != nil {
			return err
		}
		defer b.close()
	}
	for i := range sheets {
		s := &sheets[i]
		path := filepath.Join(out, strings.NewReplacer("/", "_", ".txt", "").Replace(s.File)+".pdf")
		if engine == "typst" {
			err = typst(sheets[i:i+1], path)
		} else {
			random := rand.New(rand.NewPCG(uint64(i), 1))
			err = b.print(ctx, pageOf(s, layout, random), path)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", s.File, err)
		}
	}
	return nil
}

func readSheets(truth string) ([]sheet, error) {
	raw, err := os.ReadFile(truth)
	if err != nil {
		return nil, err
	}
	var sheets []sheet
	for line := range strings.Lines(string(raw)) {
		var s sheet
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			return nil, err
		}
		text, err := os.ReadFile(filepath.Join(filepath.Dir(truth), s.File))
		if err != nil {
			return nil, err
		}
		s.rows = strings.Split(string(text), "\n")
		for i := range s.Articles {
			s.Articles[i].joinRows()
		}
		sheets = append(sheets, s)
	}
	return sheets, nil
}

// joinRows makes one paragraph of the rows of a table, to be set as one.
func (a *article) joinRows() {
	var out []paragraph
	for _, p := range a.Paragraphs {
		if n := len(out); n > 0 && p.Kind == "table" && out[n-1].Kind == "table" {
			out[n-1].Text += " " + p.Text
			continue
		}
		out = append(out, p)
	}
	a.Paragraphs = out
}

// table finds the rows of a table in the page's text.
func (s *sheet) table(text string) [][]string {
	var rows [][]string
	for _, row := range s.rows {
		cells := strings.Fields(row)
		joined := strings.Join(cells, " ")
		if len(cells) < 2 || !strings.HasPrefix(text, joined) {
			continue
		}
		rows = append(rows, cells)
		text = strings.TrimSpace(text[len(joined):])
	}
	if text != "" {
		panic("rows of a table that the page's text doesn't have: " + text)
	}
	return rows
}

// closing is what is printed at the end of an article and recorded elsewhere.
func (a *article) closing() string {
	if a.Source == "" || strings.Contains(head(a.Paragraphs[0].Text), a.Source) {
		return ""
	}
	return "（据" + a.Source + "）"
}

// names is the byline on a line of its own; "" if the dateline has it.
func (a *article) names() string {
	names := strings.Fields(a.Byline)
	if len(names) == 0 || strings.Contains(head(a.Paragraphs[0].Text), names[0]) {
		return ""
	}
	if strings.HasSuffix(names[0], "员") {
		return a.Byline
	}
	return "本报记者 " + a.Byline
}

func head(text string) string {
	const dateline = 60
	r := []rune(text)
	return string(r[:min(dateline, len(r))])
}

func (a *article) runes() int {
	n := 0
	for _, p := range a.Paragraphs {
		n += len([]rune(p.Text))
	}
	return n
}

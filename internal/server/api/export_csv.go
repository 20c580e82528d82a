package api

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"xunwen/internal/search"
	"xunwen/internal/server/highlight"
)

// csvLines writes CSV by RFC 4180, with the names of the columns in the first line.
type csvLines struct {
	out     io.Writer
	csv     *csv.Writer
	matches bool
}

// byteOrderMark tells spreadsheets that a file is UTF-8.
const byteOrderMark = "\uFEFF"

// The columns of an export.
var (
	articleColumns = []string{
		"hit", "article_id", "date", "publication", "page", "page_name", "title", "kicker", "subtitle",
		"source", "byline", "url", "score", "near_duplicates", "n", "section", "kind",
	}
	textColumns  = []string{"text"}
	matchColumns = []string{"left", "match", "right"}
)

func newCSVLines(w io.Writer, matches bool) csvLines {
	lines := csv.NewWriter(w)
	lines.UseCRLF = true
	return csvLines{w, lines, matches}
}

func (w csvLines) begin(exportHead) error {
	if _, err := io.WriteString(w.out, byteOrderMark); err != nil {
		return err
	}
	if w.matches {
		return w.csv.Write(slices.Concat(articleColumns, matchColumns))
	}
	return w.csv.Write(slices.Concat(articleColumns, textColumns))
}

func (w csvLines) row(r exportRow) error {
	a, m := r.hit.Article, r.match
	var last []string
	if w.matches {
		last = []string{m.Left, m.Match, m.Right}
	} else {
		text := ""
		if len(r.hit.Paragraphs) > 0 {
			p := r.hit.Paragraphs[0]
			m.N, m.Section, m.Kind, text = p.N, p.Section, kindOf(p.Kind), snippetText(p.Snippet)
		}
		last = []string{text}
	}
	row := []string{
		strconv.Itoa(r.number), a.ID, a.Date, a.Publication, a.Page, a.PageName, a.Title, a.Kicker, a.Subtitle,
		a.Source, a.Byline, a.URL,
		strconv.FormatFloat(r.hit.Score, 'f', 4, 64), strconv.Itoa(len(r.hit.NearDuplicates)),
		strconv.Itoa(m.N), m.Section, string(m.Kind),
	}
	row = append(row, last...)
	for i, cell := range row {
		row[i] = escapeFormula(cell)
	}
	return w.csv.Write(row)
}

func (w csvLines) flush() error {
	w.csv.Flush()
	return w.csv.Error()
}

// formulaSigns start a cell that a spreadsheet takes for a formula (OWASP, CSV
// Injection).
const formulaSigns = "=+-@\t\r\n＝＋－＠"

// escapeFormula puts an apostrophe before a cell that would be run, which makes it
// text.
func escapeFormula(cell string) string {
	if r, size := utf8.DecodeRuneInString(cell); size > 0 && strings.ContainsRune(formulaSigns, r) {
		return "'" + cell
	}
	return cell
}

// snippetText is a snippet without marks.
func snippetText(s search.Snippet) string {
	var b strings.Builder
	for _, p := range highlight.SnippetPieces(s) {
		b.WriteString(p.Text)
	}
	return b.String()
}

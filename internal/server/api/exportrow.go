package api

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"

	"xunwen/internal/news"
	"xunwen/internal/search"
	"xunwen/internal/server/highlight"
)

// exportRow is a hit, or one match of it.
type exportRow struct {
	number int // of the hit, from 1
	hit    search.Hit
	match  keyword
}

// keyword is a match in its context (KWIC).
type keyword struct {
	N       int       `json:"n"` // of the paragraph, from 1; 0 for the title or where nothing is marked
	Section string    `json:"section"`
	Kind    news.Kind `json:"kind"`
	Left    string    `json:"left"`
	Match   string    `json:"match"`
	Right   string    `json:"right"`
}

func newKeyword(m search.Marked, mark search.Span, characters int) keyword {
	k := highlight.InContext(m, mark, characters)
	return keyword{N: m.N, Section: m.Section, Kind: m.Kind, Left: k.Left, Match: k.Match, Right: k.Right}
}

// jsonLines writes a hit a line as the search API does, or a match with its
// article's data.
type jsonLines struct {
	*json.Encoder
	matches bool
}

type matchRow struct {
	articleResponse
	keyword
}

func (j jsonLines) begin(h exportHead) error { return j.Encode(h) }

func (j jsonLines) flush() error { return nil }

func (j jsonLines) row(r exportRow) error {
	if j.matches {
		return j.Encode(matchRow{newArticleResponse(r.hit), r.match})
	}
	return j.Encode(newHitResponse(r.hit))
}

// csvLines writes RFC 4180 with a byte order mark, by which spreadsheets know
// UTF-8.
type csvLines struct {
	*csv.Writer
	out     *bufio.Writer
	matches bool
}

const byteOrderMark = "\uFEFF"

// The columns of an export.
var (
	articleColumns = []string{"hit", "article_id", "date", "publication", "page", "page_name", "title", "kicker", "subtitle",
		"source", "byline", "url", "score", "duplicates", "n", "section", "kind"}
	textColumns  = []string{"text"}
	matchColumns = []string{"left", "match", "right"}
)

func (w csvLines) columns() []string {
	if w.matches {
		return append(append([]string{}, articleColumns...), matchColumns...)
	}
	return append(append([]string{}, articleColumns...), textColumns...)
}

// begin writes what the export is made of, in as many fields as all lines
// have, and the columns' names.
func (w csvLines) begin(h exportHead) error {
	w.UseCRLF = true
	if _, err := w.out.WriteString(byteOrderMark); err != nil {
		return err
	}
	head := make([]string, len(w.columns()))
	copy(head, []string{"query", h.Query, "generation", h.Generation, "analyzer", h.Analyzer, "day", h.Day, "total", strconv.Itoa(h.Total)})
	if err := w.write(head); err != nil {
		return err
	}
	return w.write(w.columns())
}

func (w csvLines) row(r exportRow) error {
	a := r.hit.Article
	row := []string{strconv.Itoa(r.number), a.ID, a.Date, a.Publication, a.Page, a.PageName, a.Title, a.Kicker, a.Subtitle,
		a.Source, a.Byline, a.URL, strconv.FormatFloat(r.hit.Score, 'f', 4, 64), strconv.Itoa(len(r.hit.NearDuplicates))}
	m := r.match
	if w.matches {
		return w.write(append(row, strconv.Itoa(m.N), m.Section, string(m.Kind), m.Left, m.Match, m.Right))
	}
	text := ""
	if len(r.hit.Paragraphs) > 0 {
		p := r.hit.Paragraphs[0]
		m.N, m.Section, m.Kind, text = p.N, p.Section, kindOf(p.Kind), snippetText(p.Snippet)
	}
	return w.write(append(row, strconv.Itoa(m.N), m.Section, string(m.Kind), text))
}

func (w csvLines) write(row []string) error {
	for i, cell := range row {
		row[i] = harmless(cell)
	}
	return w.Write(row)
}

func (w csvLines) flush() error {
	w.Flush()
	return w.Error()
}

// formulaSigns begin what a spreadsheet takes for a formula (OWASP, CSV
// Injection).
const formulaSigns = "=+-@\t\r＝＋－＠"

// harmless keeps a cell from being run: a quotation mark before it says that it
// is text.
func harmless(cell string) string {
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

package api

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"xunwen/internal/search"
	"xunwen/internal/server/highlight"
	"xunwen/internal/sheet"
)

// csvLines writes CSV with the names of the columns in the first line.
type csvLines struct {
	rows    *sheet.Writer
	matches bool
}

// The columns of an export.
var (
	articleColumns = []string{
		"hit", "article_id", "date", "publication", "page", "page_name", "title", "kicker", "subtitle",
		"source", "byline", "url", "score", "near_duplicates", "n", "section", "kind",
	}
	textColumns  = []string{"text"}
	matchColumns = []string{"left", "match", "right"}
)

func newCSVLines(w io.Writer, matches bool) csvLines { return csvLines{sheet.NewWriter(w), matches} }

func (w csvLines) begin(exportHead) error {
	if w.matches {
		return w.rows.Write(slices.Concat(articleColumns, matchColumns))
	}
	return w.rows.Write(slices.Concat(articleColumns, textColumns))
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
	return w.rows.Write(append(row, last...))
}

func (w csvLines) flush() error { return w.rows.Flush() }

// snippetText is a snippet without marks.
func snippetText(s search.Snippet) string {
	var b strings.Builder
	for _, p := range highlight.SnippetPieces(s) {
		b.WriteString(p.Text)
	}
	return b.String()
}

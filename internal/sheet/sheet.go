package sheet

import (
	"encoding/csv"
	"io"
	"strings"
	"unicode/utf8"
)

// byteOrderMark tells spreadsheets that a file is UTF-8.
const byteOrderMark = "\uFEFF"

// Writer writes the rows of a sheet.
type Writer struct {
	out   io.Writer
	csv   *csv.Writer
	begun bool
}

// NewWriter returns a Writer to w.
func NewWriter(w io.Writer) *Writer {
	rows := csv.NewWriter(w)
	rows.UseCRLF = true
	return &Writer{out: w, csv: rows}
}

// Write writes a row, whose cells it may change. The first one should have the names of the
// columns.
func (w *Writer) Write(row []string) error {
	if !w.begun {
		w.begun = true
		if _, err := io.WriteString(w.out, byteOrderMark); err != nil {
			return err
		}
	}
	for i, cell := range row {
		row[i] = escapeFormula(cell)
	}
	return w.csv.Write(row)
}

// Flush writes what is buffered.
func (w *Writer) Flush() error {
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

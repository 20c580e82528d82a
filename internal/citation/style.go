package citation

import (
	"bytes"
	"encoding/json"
	"io"
)

// Style is a form of references.
type Style string

// The styles.
const (
	StyleGBT7714      Style = "gbt7714"       // as online if there is an address
	StyleGBT7714Print Style = "gbt7714-print" // as printed
	StyleBibTeX       Style = "bibtex"
	StyleRIS          Style = "ris"
	StyleCSL          Style = "csl-json"
)

// Styles are all styles; the first is the default.
var Styles = []Style{StyleGBT7714, StyleGBT7714Print, StyleBibTeX, StyleRIS, StyleCSL}

// ContentType returns the type of a file in the style.
func (s Style) ContentType() string {
	switch s {
	case StyleBibTeX:
		return "application/x-bibtex; charset=utf-8"
	case StyleRIS:
		return "application/x-research-info-systems; charset=utf-8"
	case StyleCSL:
		return "application/vnd.citationstyles.csl+json; charset=utf-8"
	}
	return "text/plain; charset=utf-8"
}

// Ending returns the ending of a file's name in the style.
func (s Style) Ending() string {
	switch s {
	case StyleBibTeX:
		return "bib"
	case StyleRIS:
		return "ris"
	case StyleCSL:
		return "json"
	}
	return "txt"
}

// Writer writes references one after another as a file in a style.
type Writer struct {
	out   io.Writer
	style Style
	begun bool
}

// NewWriter returns a writer of a file in a style. Close completes the file.
func NewWriter(out io.Writer, style Style) *Writer { return &Writer{out: out, style: style} }

// Write writes a reference.
func (w *Writer) Write(r Reference) error {
	text := ""
	switch w.style {
	case StyleBibTeX:
		text = r.BibTeX()
	case StyleRIS:
		text = r.RIS()
	case StyleCSL:
		return w.writeCSL(r)
	case StyleGBT7714Print:
		text = r.GBT7714Print() + "\n"
	default:
		text = r.GBT7714() + "\n"
	}
	if w.begun && (w.style == StyleBibTeX || w.style == StyleRIS) { // a blank line between entries
		separator := "\n"
		if w.style == StyleRIS {
			separator = "\r\n"
		}
		text = separator + text
	}
	w.begun = true
	_, err := io.WriteString(w.out, text)
	return err
}

// writeCSL writes an item of the list that CSL-JSON is.
func (w *Writer) writeCSL(r Reference) error {
	separator := ",\n"
	if !w.begun {
		separator = "[\n"
	}
	w.begun = true
	if _, err := io.WriteString(w.out, separator); err != nil {
		return err
	}
	item, err := marshal(r.CSL())
	if err != nil {
		return err
	}
	_, err = w.out.Write(item)
	return err
}

// Close completes the file.
func (w *Writer) Close() error {
	if w.style != StyleCSL {
		return nil
	}
	end := "\n]\n"
	if !w.begun {
		end = "[]\n"
	}
	_, err := io.WriteString(w.out, end)
	return err
}

// marshal encodes an item in one line. JSON is never put into a page, so that < stays as it is.
func marshal(item CSL) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(item); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

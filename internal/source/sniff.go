package source

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/go-json-experiment/json/jsontext"

	"xunwen/internal/source/charset"
	"xunwen/internal/source/doctag"
	"xunwen/internal/source/feed"
	"xunwen/internal/source/field"
	"xunwen/internal/source/html"
	"xunwen/internal/source/jsonl"
	"xunwen/internal/source/markdown"
	"xunwen/internal/source/plain"
	"xunwen/internal/source/table"
	"xunwen/internal/source/webarchive"
)

// sniffer decides the format of an opened file for which the user named none.
type sniffer struct {
	byName  Format
	raw     []byte // its beginning
	whole   bool   // raw is all of it
	opts    *Options
	oneEach bool // files named like it have one article each
}

// beginning is how much of a file is matched with patterns for its first element.
const beginning = 4096

// format decides by the content first: an unmistakable beginning counts more than the name,
// since records or a PDF named .txt would be read as a page full of mark-up. A reason says why
// the file is not read at all.
func (s *sniffer) format() (f Format, reason string) {
	text := bytes.TrimLeft(charset.Prefix(s.raw, s.opts.Encoding), " \t\r\n")
	if s.byName != PDF { // the PDF reader reports what is wrong
		if reason := unreadByContent(s.raw); reason != "" {
			return Auto, reason
		}
	}
	found := formatByContent(text)
	switch {
	case found == JSONL && (s.byName != HTML):
		return s.json(text), ""
	case s.byName == JSONL && bytes.HasPrefix(text, []byte("[")):
		return JSON, ""
	case s.byName == Auto && bytes.HasPrefix(text, []byte("{")):
		return JSONL, "" // valid or not: nothing else begins like this
	case s.byName == Markdown && found == Auto && !markdown.HasMarks(s.decoded()):
		return s.shape() // a text by another name
	case found == HTML && s.byName == Markdown:
		return Markdown, "" // which can have HTML in it
	case s.byName == JSONL && found != Auto:
		return Auto, "not article records: it begins like " + string(found) + "; correct its extension"
	case s.byName == PDF || s.byName == HTML && found == JSONL || s.byName == HTML && found == Auto:
		return s.byName, ""
	case found != Auto:
		return found, ""
	case s.byName == Docs && doctag.Has(text):
		return Docs, "" // below other lines
	case len(text) == 0 && s.whole && s.byName == Feed:
		return Auto, "the file is empty"
	case bytes.HasPrefix(text, []byte("<?xml")) || s.byName == Feed:
		return Auto, "XML of a kind that is not read" + element(text) + ": convert it to JSON Lines, CSV or RSS"
	case s.byName == JSONL && len(text) > 0 && text[0] > ' ' && text[0] != '{' && !bytes.Contains(text, []byte("\n{")):
		return Auto, "not JSON: no line begins with {; correct its extension"
	case s.byName == Page || s.byName == Auto || s.byName == Docs || s.byName == CSV:
		return s.shape()
	}
	return s.byName, ""
}

var firstElement = regexp.MustCompile(`^(?s:<\?.*?\?>|<!--.*?-->|<![^>]*>|\s)*(<[A-Za-z][\w:.-]{0,40})`)

// element returns the first element of XML for a report, "" if there is none.
func element(text []byte) string {
	if m := firstElement.FindSubmatch(text[:min(len(text), beginning)]); m != nil {
		return " (" + string(m[1]) + ">)"
	}
	return ""
}

// shape decides by what the lines of a text look like.
func (s *sniffer) shape() (Format, string) {
	text := s.decoded()
	if s.byName == CSV {
		return CSV, ""
	}
	looks := plain.Detect(text, s.whole, s.oneEach)
	if looks == plain.Tags {
		return Auto, "a table of labels for training a program, without sentences: not articles"
	}
	if _, ok := table.Detect(table.Head{Text: text, Whole: s.whole}, field.Reader{Map: s.opts.Map}); ok {
		return CSV, ""
	}
	if looks != plain.Other {
		return Text, ""
	}
	return Page, ""
}

// decoded returns the beginning in UTF-8, up to the last line end; "" if it is in no encoding
// that is known, which reading it will report.
func (s *sniffer) decoded() string {
	raw := s.raw
	if last := bytes.LastIndexByte(raw, '\n'); !s.whole && last >= 0 && last+1 < len(raw) {
		raw = raw[:last+1]
	}
	text, err := charset.Decode(raw, s.opts.Encoding, "")
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(text, "\ufeff")
}

// formatByContent decides from the beginning of a text without leading blanks; all that it looks
// for is ASCII. Auto means undecided.
func formatByContent(text []byte) Format {
	start := text[:min(len(text), beginning)]
	switch {
	case jsonMark.Match(start):
		return JSONL
	case len(text) >= len(pdfMark) && bytes.EqualFold(text[:len(pdfMark)], pdfMark):
		return PDF
	case isWebPage(start):
		return HTML
	case webarchive.Is(start):
		return WARC
	case feed.Is(start):
		return Feed
	case doctag.Is(start):
		return Docs
	case markdown.Is(start):
		return Markdown
	}
	return Auto
}

// json distinguishes records on lines from an array, from objects over several lines and from
// records within an object.
func (s *sniffer) json(text []byte) Format {
	if text[0] == '[' {
		return JSON
	}
	first, rest, more := bytes.Cut(text, []byte("\n"))
	first, rest = bytes.TrimSpace(first), bytes.TrimLeft(rest, " \t\r\n")
	switch {
	case !more && !s.whole: // the first line goes on
		if wrapsRecords(text) {
			return JSON
		}
		return JSONL
	case bytes.HasSuffix(first, []byte("}")):
		if len(rest) == 0 && wrapsRecords(first) {
			return JSON
		}
		return JSONL
	case bytes.HasPrefix(rest, []byte("{")) || !more:
		return JSONL // a broken line before others
	}
	return JSON
}

// wrapsRecords reports whether an object, of which this is the beginning, has a list of objects
// before any text: an answer of an API, not a record.
func wrapsRecords(text []byte) bool {
	d := jsontext.NewDecoder(bytes.NewReader(text))
	var name string
	for depth := 0; depth < 8; {
		token, err := d.ReadToken()
		if err != nil {
			return false
		}
		switch token.Kind() {
		case '{':
			depth++
		case '[':
			f, known := field.IsKnown(name)
			if d.PeekKind() == '{' && (!known || f == field.Text || name == jsonl.SearchHits) {
				return true
			}
			depth++
		case '}', ']':
			depth--
		case '"':
			if kind, n := d.StackIndex(d.StackDepth()); kind == '{' && n%2 == 1 {
				name = token.String()
			} else if f, ok := field.IsKnown(name); ok && f == field.Text {
				return false
			}
		}
	}
	return false
}

// unreadByContent recognises formats without a reader by their beginning; most come without an
// extension on standard input only.
func unreadByContent(raw []byte) (reason string) {
	for _, m := range unreadMarks {
		if len(raw) > m.at && bytes.HasPrefix(raw[m.at:], []byte(m.mark)) {
			return "format not read (" + m.name + "): " + m.advice
		}
	}
	return ""
}

// unreadMarks are the signatures of formats without a reader, and their offsets.
var unreadMarks = []struct {
	at           int
	mark         string
	name, advice string
}{
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc, .wps or .xls", "save it as text, HTML or CSV"},
	{0, `{\rtf`, ".rtf", saveAsText},
	{0, "Rar!\x1a\x07", ".rar", unpackFirst},
	{0, "7z\xbc\xaf\x27\x1c", ".7z", unpackFirst},
	{0, "\xfd7zXZ\x00", ".xz", unpackFirst},
	{4, "1AY&SY", ".bz2", unpackFirst},
	{0, "PAR1", ".parquet", exportRecords},
	{0, "ARROW1", ".arrow", exportRecords},
	{0, "SQLite format 3\x00", "SQLite", exportRecords},
	{0, "\x89PNG\r\n", "a picture", "run it through OCR first"},
	{0, "\xff\xd8\xff", "a picture", "run it through OCR first"},
	{0, "II*\x00", "a picture", "run it through OCR first"},
	{0, "\x80\x04\x95", "a pickle of Python", exportRecords},
	{0, "\x80\x05\x95", "a pickle of Python", exportRecords},
}

// isWebPage reports whether head is the beginning of a web page, by itself or
// saved with its pictures.
func isWebPage(head []byte) bool { return htmlMark.Match(head) || html.IsSaved(head) }

var pdfMark = []byte("%PDF-")

// jsonMark matches the beginning of records and of arrays of them.
var jsonMark = regexp.MustCompile(`^(?:\{\s*["}]|\[\s*(?:[{\]]|\[\s*["\[{\]\d-]))`)

// htmlMark matches the beginning of web pages: comments, an XML declaration and
// a document type may precede the first element.
var htmlMark = regexp.MustCompile(
	`(?is)^(?:<!--.*?-->\s*|<\?xml\s[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|meta|title)[\s>]`,
)

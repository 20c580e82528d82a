package source

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"

	"xunwen/internal/source/html"
)

// Format is the format of a file.
type Format string

// The formats. With Auto the format of each file is detected.
const (
	Auto  Format = "auto"
	Page  Format = "page"
	JSONL Format = "jsonl"
	HTML  Format = "html"
	PDF   Format = "pdf"
)

// Formats lists the values of Options.Format.
var Formats = []Format{Auto, Page, JSONL, HTML, PDF}

var byExtension = map[string]Format{
	".txt":    Page,
	".jsonl":  JSONL,
	".ndjson": JSONL,
	".json":   JSONL,
	".html":   HTML,
	".htm":    HTML,
	".shtml":  HTML,
	".xhtml":  HTML,
	".xht":    HTML,
	".mhtml":  HTML,
	".mht":    HTML,
	".pdf":    PDF,
}

// unread are common formats of articles without a reader, with what to do about
// it. Read as pages, they would fill an index with mark-up or be rejected for
// their bytes.
var unread = map[string]string{
	".xml": convert, ".csv": convert, ".tsv": convert, ".xls": convert, ".xlsx": convert,
	".doc": saveAsText, ".docx": saveAsText, ".wps": saveAsText, ".odt": saveAsText, ".rtf": saveAsText,
	".epub": saveAsText,
	".ceb":  "save it as PDF", ".caj": "save it as PDF", ".ofd": "save it as PDF",
	".zip": unpackFirst, ".rar": unpackFirst, ".7z": unpackFirst, ".tar": unpackFirst, ".tgz": unpackFirst,
	".bz2": unpackFirst, ".xz": unpackFirst,
}

const (
	convert     = "convert it to article records in JSON Lines"
	saveAsText  = "save it as text or HTML"
	unpackFirst = "unpack it first; only .gz and .zst are read compressed"
)

// compression is how a file is compressed.
type compression string

const (
	plain compression = ""
	gzip  compression = ".gz"
	zstd  compression = ".zst"
)

// nameParts returns the extension of a file's name, in lower case and without
// that of the compression, and the compression.
func nameParts(path string) (ext string, arch compression) {
	name := strings.ToLower(filepath.Base(path))
	for _, c := range []compression{gzip, zstd} {
		if inner, ok := strings.CutSuffix(name, string(c)); ok {
			return filepath.Ext(inner), c
		}
	}
	return filepath.Ext(name), plain
}

// sniffCompression recognises compressed data by its first bytes (RFC 1952, RFC
// 8878), for files without the extension.
func sniffCompression(head []byte) compression {
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return gzip
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return zstd
	}
	return plain
}

// formatByName decides from the extension; Auto means that the content decides.
// A reason says why the file is not read at all.
func formatByName(in Input, ext string, asked Format) (f Format, reason string) {
	known, ok := byExtension[ext]
	switch {
	case unread[ext] != "":
		return Auto, "format not read (" + ext + "): " + unread[ext]
	case asked != Auto && in.walked && ok && known != asked:
		return Auto, "format " + string(known) + ", but only " + string(asked) + " was asked for"
	case asked != Auto:
		return asked, ""
	case ok:
		return known, ""
	case in.walked && ext != "":
		return Auto, "format not read (" + ext + ")"
	}
	return Auto, ""
}

// resolveFormat decides the format of an opened file for which the user named
// none: raw is its beginning, text the same decoded. An unmistakable beginning
// counts more than the name, since records or a PDF named .txt would be read as
// a page full of mark-up. A reason says why the file is not read at all.
func resolveFormat(byName Format, raw, text []byte) (f Format, reason string) {
	text = bytes.TrimLeft(text, " \t\r\n")
	if byName != PDF { // the PDF reader reports what is wrong
		if reason := unreadByContent(raw, text, byName); reason != "" {
			return Auto, reason
		}
	}
	found := formatByContent(text)
	switch {
	case byName == Auto && bytes.HasPrefix(text, []byte("{")):
		return JSONL, "" // valid or not: nothing else begins like this
	case byName == Auto && found == Auto:
		return Page, ""
	case found == Auto || byName == PDF || byName == HTML && found == JSONL:
		return byName, ""
	case byName == JSONL && found != JSONL:
		return Auto, "not article records: it begins like " + string(found) + "; correct its extension"
	}
	return found, ""
}

// formatByContent decides from the beginning of a text without leading blanks;
// all that it looks for is ASCII. Auto means undecided.
func formatByContent(text []byte) Format {
	switch {
	case jsonMark.Match(text):
		return JSONL
	case len(text) >= len(pdfMark) && bytes.EqualFold(text[:len(pdfMark)], pdfMark):
		return PDF
	case isWebPage(text):
		return HTML
	}
	return Auto
}

// unreadByContent recognises formats without a reader by their beginning; most
// come without an extension on standard input only.
func unreadByContent(raw, text []byte, byName Format) (reason string) {
	for _, m := range unreadMarks {
		if len(raw) > m.at && bytes.HasPrefix(raw[m.at:], []byte(m.mark)) {
			return "format not read (" + m.name + "): " + m.advice
		}
	}
	if byName != HTML && bytes.HasPrefix(text, []byte("<?xml")) && !isWebPage(text) {
		return "format not read (.xml): " + unread[".xml"]
	}
	return ""
}

// unreadMarks are the signatures of formats without a reader, and their offsets.
var unreadMarks = []struct {
	at           int
	mark         string
	name, advice string
}{
	{0, "PK\x03\x04", ".zip, .docx, .xlsx, .epub, .ofd or the like", "unpack it, or save it as text, HTML or PDF"},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".doc, .wps or .xls", saveAsText},
	{0, `{\rtf`, ".rtf", saveAsText},
	{0, "Rar!\x1a\x07", ".rar", unpackFirst},
	{0, "7z\xbc\xaf\x27\x1c", ".7z", unpackFirst},
	{0, "\xfd7zXZ\x00", ".xz", unpackFirst},
	{4, "1AY&SY", ".bz2", unpackFirst},
	{257, "ustar", ".tar", unpackFirst},
}

// isWebPage reports whether head is the beginning of a web page, by itself or
// saved with its pictures.
func isWebPage(head []byte) bool { return htmlMark.Match(head) || html.IsSaved(head) }

var pdfMark = []byte("%PDF-")

// jsonMark matches the beginning of records and of arrays of them, which jsonl
// rejects with advice.
var jsonMark = regexp.MustCompile(`^(?:\{\s*["}]|\[\s*\{)`)

// htmlMark matches the beginning of web pages: comments, an XML declaration and
// a document type may precede the first element.
var htmlMark = regexp.MustCompile(
	`(?is)^(?:<!--.*?-->\s*|<\?xml\s[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|meta|title)[\s>]`,
)

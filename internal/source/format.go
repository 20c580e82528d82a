package source

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
)

// Format is how the articles stand in a file.
type Format string

// The formats. Auto is found out file by file.
const (
	Auto  Format = "auto"
	Page  Format = "page"
	JSONL Format = "jsonl"
	HTML  Format = "html"
	PDF   Format = "pdf"
)

// Formats lists what Options.Format may be.
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
	".pdf":    PDF,
}

// unread are the formats that articles often come in and that have no reader:
// taken for pages they would fill an index with mark-up.
var unread = map[string]bool{".xml": true}

// Compression is the archive around a file's text.
type compression string

const (
	plain compression = ""
	gzip  compression = ".gz"
	zstd  compression = ".zst"
)

// nameParts takes a file's name apart: its extension without the archive's,
// in lower case, and the archive's.
func nameParts(path string) (ext string, arch compression) {
	name := strings.ToLower(filepath.Base(path))
	for _, c := range []compression{gzip, zstd} {
		if inner, ok := strings.CutSuffix(name, string(c)); ok {
			return filepath.Ext(inner), c
		}
	}
	return filepath.Ext(name), plain
}

// sniffCompression tells an archive from its first bytes (RFC 1952, RFC 8878),
// for what has no name to go by.
func sniffCompression(head []byte) compression {
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return gzip
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		return zstd
	}
	return plain
}

// formatByName decides from the extension; Auto means that the content has to
// tell. A reason says why the file is not read at all.
func formatByName(in Input, ext string, asked Format) (f Format, reason string) {
	known, ok := byExtension[ext]
	switch {
	case unread[ext]:
		return Auto, "format not read (" + ext + ")"
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

// formatByContent decides from the beginning of a text; all that it looks for
// is ASCII.
func formatByContent(head []byte) (f Format, reason string) {
	head = bytes.TrimLeft(head, " \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("{")):
		return JSONL, ""
	case len(head) >= len(pdfMark) && bytes.EqualFold(head[:len(pdfMark)], pdfMark):
		return PDF, ""
	case htmlMark.Match(head):
		return HTML, ""
	}
	return Page, ""
}

var pdfMark = []byte("%PDF-")

// htmlMark is how web pages begin: comments, a line for XML and one for the kind
// of document may stand before their first element.
var htmlMark = regexp.MustCompile(`(?is)^(?:<!--.*?-->\s*|<\?xml\s[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|meta|title)[\s>]`)

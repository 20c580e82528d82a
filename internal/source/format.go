package source

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"

	"xunwen/internal/source/html"
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
	".xht":    HTML,
	".mhtml":  HTML,
	".mht":    HTML,
	".pdf":    PDF,
}

// unread are the formats that articles often come in and that have no reader,
// with what to do about it: taken for pages they would fill an index with
// mark-up, or be refused for their bytes.
var unread = map[string]string{
	".xml": "convert it to article records in JSON Lines",
	".csv": "convert it to article records in JSON Lines", ".tsv": "convert it to article records in JSON Lines",
	".xls": "convert it to article records in JSON Lines", ".xlsx": "convert it to article records in JSON Lines",
	".doc": saveAsText, ".docx": saveAsText, ".wps": saveAsText, ".odt": saveAsText, ".rtf": saveAsText, ".epub": saveAsText,
	".ceb": "save it as PDF", ".caj": "save it as PDF", ".ofd": "save it as PDF",
	".zip": unpackFirst, ".rar": unpackFirst, ".7z": unpackFirst, ".tar": unpackFirst, ".tgz": unpackFirst,
	".bz2": unpackFirst, ".xz": unpackFirst,
}

const (
	saveAsText  = "save it as text or HTML"
	unpackFirst = "unpack it first; .gz and .zst are read through"
)

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

// formatByContent decides from the beginning of a text; all that it looks for
// is ASCII.
func formatByContent(head []byte) (f Format, reason string) {
	head = bytes.TrimLeft(head, " \t\r\n")
	switch {
	case bytes.HasPrefix(head, []byte("{")):
		return JSONL, ""
	case len(head) >= len(pdfMark) && bytes.EqualFold(head[:len(pdfMark)], pdfMark):
		return PDF, ""
	case isWebPage(head):
		return HTML, ""
	}
	return Page, ""
}

// isWebPage tells web pages, alone or saved with their pictures.
func isWebPage(head []byte) bool { return htmlMark.Match(head) || html.IsSaved(head) }

var pdfMark = []byte("%PDF-")

// htmlMark is how web pages begin: comments, a line for XML and one for the kind
// of document may stand before their first element.
var htmlMark = regexp.MustCompile(`(?is)^(?:<!--.*?-->\s*|<\?xml\s[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|meta|title)[\s>]`)

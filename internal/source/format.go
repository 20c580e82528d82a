package source

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
)

// Format is the format of a file.
type Format string

// The formats. With Auto the format of each file is detected.
const (
	Auto     Format = "auto"
	Page     Format = "page"
	Text     Format = "text" // articles in plain text
	JSONL    Format = "jsonl"
	JSON     Format = "json" // an array, or objects over several lines
	CSV      Format = "csv"  // also with tabs or other signs
	HTML     Format = "html"
	PDF      Format = "pdf"
	Markdown Format = "md"
	Feed     Format = "feed" // RSS, Atom
	Docs     Format = "doc"  // documents between <doc> and </doc>
	WARC     Format = "warc"

	archived Format = "archive" // by its name; what is in it has formats of its own
)

// Formats lists the values of Options.Format.
var Formats = []Format{Auto, Page, Text, JSONL, JSON, CSV, HTML, PDF, Markdown, Feed, Docs, WARC}

var byExtension = map[string]Format{
	".txt":      Page,
	".jsonl":    JSONL,
	".ndjson":   JSONL,
	".json":     JSONL,
	".csv":      CSV,
	".tsv":      CSV,
	".html":     HTML,
	".htm":      HTML,
	".shtml":    HTML,
	".xhtml":    HTML,
	".xht":      HTML,
	".mhtml":    HTML,
	".mht":      HTML,
	".pdf":      PDF,
	".md":       Markdown,
	".markdown": Markdown,
	".rss":      Feed,
	".atom":     Feed,
	".xml":      Feed,
	".dat":      Docs,
	".warc":     WARC,
	".zip":      archived,
	".tar":      archived,
}

// unread are common formats of articles without a reader, with what to do about
// it. Read as pages, they would fill an index with mark-up or be rejected for
// their bytes.
var unread = map[string]string{
	".xls": saveAsCSV, ".xlsx": saveAsCSV, ".et": saveAsCSV, ".ods": saveAsCSV,
	".doc": saveAsText, ".docx": saveAsText, ".wps": saveAsText, ".odt": saveAsText, ".rtf": saveAsText,
	".epub": saveAsText, ".mobi": saveAsText, ".azw3": saveAsText,
	".ppt": saveAsPDF, ".pptx": saveAsPDF, ".ceb": saveAsPDF, ".caj": saveAsPDF, ".ofd": saveAsPDF,
	".rar": unpackFirst, ".7z": unpackFirst, ".bz2": unpackFirst, ".xz": unpackFirst, ".lz4": unpackFirst,
	".parquet": exportRecords, ".arrow": exportRecords, ".feather": exportRecords, ".avro": exportRecords,
	".pkl": exportRecords, ".npz": exportRecords, ".sqlite": exportRecords, ".sqlite3": exportRecords,
	".db": exportRecords, ".bson": exportRecords, ".mdb": exportRecords, ".sql": exportRecords,
}

const (
	saveAsText    = "save it as text, HTML or Markdown"
	saveAsPDF     = "save it as PDF"
	saveAsCSV     = "save it as CSV with a header line"
	exportRecords = "export it as JSON Lines or CSV"
	unpackFirst   = "unpack it and name the folder, or make a .zip, .tar, .gz or .zst of it"
)

// compression is how a file is compressed.
type compression string

const (
	uncompressed compression = ""
	gzip         compression = ".gz"
	zstd         compression = ".zst"
)

// nameParts returns the extension of a file's name, in lower case and without
// that of the compression, and the compression.
func nameParts(path string) (ext string, arch compression) {
	name := strings.ToLower(filepath.Base(path))
	for short, long := range map[string]string{".tgz": ".tar.gz", ".tzst": ".tar.zst"} {
		if inner, ok := strings.CutSuffix(name, short); ok {
			name = inner + long
		}
	}
	for _, c := range []compression{gzip, zstd} {
		if inner, ok := strings.CutSuffix(name, string(c)); ok {
			return filepath.Ext(inner), c
		}
	}
	return filepath.Ext(name), uncompressed
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
	return uncompressed
}

// aboutFolder matches the names of files that describe what they lie beside.
var aboutFolder = regexp.MustCompile(`(?i)^(?:readme|license|changelog|contributing)\b`)

// sameKind reports whether files with the extension of one format can be of another: only their
// content tells which.
func sameKind(byName, asked Format) bool {
	switch byName {
	case Page, Docs:
		return asked == Text || asked == CSV || asked == Docs || asked == Markdown || asked == Page
	case JSONL:
		return asked == JSON
	case Feed:
		return asked == Docs
	}
	return false
}

// formatByName decides from the extension; Auto means that the content decides.
// A reason says why the file is not read at all.
func formatByName(in Input, ext string, asked Format) (f Format, reason string) {
	known, ok := byExtension[ext]
	switch {
	case in.walked && known == Markdown && aboutFolder.MatchString(filepath.Base(in.Path)):
		return Auto, "a file about the folder, not an article: name it to have it read"
	case unread[ext] != "":
		return Auto, "format not read (" + ext + "): " + unread[ext]
	case asked != Auto && in.walked && ok && known != asked && known != archived && !sameKind(known, asked):
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

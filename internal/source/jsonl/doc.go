// Package jsonl reads article records from JSON Lines, one record per line, and from arrays and
// objects of JSON that are not on lines.
//
// It knows the form of a record, not files or archives; a Text decodes lines in other
// encodings. Of this module it imports internal/news, internal/textnorm, internal/source/field,
// internal/source/lineio and internal/source/markup only. Read reader.go first, for JSON that is
// not on lines document.go.
package jsonl

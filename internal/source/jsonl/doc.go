// Package jsonl reads article records from JSON Lines: one record per line, lines of any
// length.
//
// It knows the form of a record, not files or archives; a Text decodes lines in other
// encodings. Of this module it imports internal/news only. Read reader.go first.
package jsonl

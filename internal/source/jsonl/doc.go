// Package jsonl reads article records from JSON Lines: one record a line,
// lines of any length.
//
// It knows the form of a record and nothing of files and archives; lines in
// other encodings it gives to a Text. Of this module it imports internal/news
// alone.
package jsonl

// Package table reads tables of articles: CSV, TSV, and lines of columns with another sign
// between them. The first row names the columns, or the user does by their numbers.
//
// It deals with decoded text. Of this module it imports internal/textnorm, internal/source/field
// and internal/source/lineio only. Read read.go first, then rows.go and dialect.go.
package table

// Package plain reads plain text that is no newspaper page: articles with their title, author
// and date on lines of their own, one or many in a file, a paragraph on each line.
//
// It deals with decoded text. Of this module it imports internal/news, internal/textnorm,
// internal/source/field and internal/source/lineio only. Read detect.go first.
package plain

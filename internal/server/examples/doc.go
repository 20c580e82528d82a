// Package examples makes example queries from an archive's own words, so that each
// finds something. An operator for which the archive has no example is left out.
//
// It must not import package page, which shows them. Read examples.go first; find.go
// tries the candidates that queries.go makes from the words in sample.go.
package examples

// Package examples makes example queries of an archive's own words, so that each
// finds something in it. What the archive can't illustrate is left out.
//
// It must not import the packages that show them (page). Read examples.go first;
// find.go tries the candidates that queries.go makes of the words in sample.go.
package examples

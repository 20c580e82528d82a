// Package query holds the query language: its tree, Parse, String and errors
// with a position. It knows no engine and imports nothing of this module.
package query

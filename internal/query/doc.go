// Package query holds the query language: its tree, Parse, String and errors
// with a position. It knows no engine and imports nothing of this module.
//
// A query goes through a lexer, which decides what is an operator and what is
// text, and a parser, which builds the tree. The rule behind both is that a
// pasted headline must never be refused: where signs can be read as text, they
// are. docs/query-syntax.md is the manual.
package query

// Package query is the query language: its tree, Parse, String and errors with a
// position. It knows no engine and must not import anything of this module.
//
// Start with ast.go, the nodes of a tree. Parse (parser.go, parser_*.go) runs a lexer
// (lexer.go, lexer_*.go), which decides what is an operator and what is text, and
// builds the tree. Both follow one rule: a pasted headline is never an error, so that
// symbols that can be read as text are text. write.go writes a tree as a query,
// walk.go traverses it, plain.go saves the words of a query with an error.
// docs/query-syntax.md is the manual.
package query

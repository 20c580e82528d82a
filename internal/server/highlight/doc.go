// Package highlight splits texts at their matches, for HTML and for matches in
// their contexts (KWIC). Its functions are pure.
//
// Of this module it imports internal/search only. Read highlight.go first.
package highlight

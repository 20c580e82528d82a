// Package snippet chooses what a search result shows of a paragraph: up to
// three fragments of the text, about 120 characters in all, that hold most of
// the weight of what matched and begin and end where sentences or clauses do.
//
// Start with snippet.go. Build clusters marks that touch (cluster.go), selects
// windows of clusters (selector.go) and expands each window to good boundaries
// (expander.go). boundary.go has the break iterator: the offsets where a cut
// splits no mark, number, word of letters or grapheme. punctuation.go grades
// those offsets by the punctuation around them.
//
// The package works on text alone. It may import internal/search, for the types
// of its result, and internal/textnorm, for the classes of characters, and must
// not know queries, engines or indexes.
package snippet

// Package story tells the life of a story: the versions of an article that newspapers printed,
// in the order of their days, what each kept, left out and added, and the differences of any two
// of them, character by character.
//
// It asks any search.Engine and must not import an engine or anything of HTTP. Read versions.go
// first; difference.go compares two texts, rows.go puts them side by side.
package story

// Package batch answers a list of queries one after another: how many hits each has, by year,
// month and newspaper, and its first hits. A query that can't be answered has an error in its
// row; the others are not lost.
//
// It asks any search.Engine and must not import an engine or anything of HTTP. Read run.go
// first; list.go reads lists, sheet.go and lines.go write rows as CSV and JSON Lines.
package batch

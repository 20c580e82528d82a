// Package feed reads articles from RSS and Atom with github.com/mmcdole/gofeed.
//
// It deals with decoded text. Of this module it imports internal/news, internal/textnorm,
// internal/source/field and internal/source/markup only. Read read.go first, then item.go.
package feed

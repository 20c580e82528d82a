// Package feed reads articles from RSS and Atom with github.com/mmcdole/gofeed.
//
// It deals with decoded text. Of this module it imports internal/news and
// internal/source/markup only.
package feed

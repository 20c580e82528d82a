// Package markdown reads articles from Markdown with front matter, using
// github.com/yuin/goldmark: headings divide it.
//
// It deals with decoded text. Of this module it imports internal/news, internal/textnorm,
// internal/source/field and internal/source/markup only. Read read.go first, then divide.go.
package markdown

// Package html reads a news page of the web and returns the one article on it.
//
// go-readability decides which part of the page is the article. This package adds
// the rules that it lacks for Chinese news: title, date, source (来源), byline
// (作者), publication, paragraphs, and which parts of the article's text are
// furniture. The rules describe how such pages are written, never a single site.
// Read parse.go first.
//
// The package is pure: no files, no clock, no logging. Of this module it imports
// internal/news, internal/textnorm and internal/source/glyph only.
package html

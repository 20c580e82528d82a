// Package html reads a news page of the web and gives the one article on it.
//
// Which part of the page is the article is go-readability's decision. Ours are
// the rules it lacks for Chinese news: title, day, source (来源), byline (作者),
// publication, what is a paragraph, and what of the article's text is furniture.
// The rules know how such pages are written, never a site.
//
// It is pure: no files, no clock, no logging. Of this module it imports
// internal/news, internal/textnorm and internal/source/glyph, beside the
// libraries for HTML alone.
package html

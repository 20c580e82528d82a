// Package page reads the text of one newspaper page as it comes out of a PDF
// and gives the articles on it. See docs/page-layout.md for the model.
//
// It is pure: no files, no clock, no logging. Of this module it imports
// internal/news and internal/textnorm, beside the standard library alone.
package page

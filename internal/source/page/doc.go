// Package page splits the text of one newspaper page, as extracted from a PDF,
// into articles. docs/page-layout.md describes the model. Read page.go first:
// parse lists the steps in order. Compose builds articles of parts whose roles are known already.
//
// The package is pure: no files, no clock, no logging. Of this module it imports
// internal/news and internal/textnorm only.
package page

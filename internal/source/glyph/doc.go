// Package glyph turns what a text was drawn with into what it says: programs
// that make pages and PDF files write characters for their shape (the radical
// ⻓ for 长, the ligature ﬁ for fi) and characters that are not seen at all.
// Left in, they hide words from everybody who searches.
//
// It changes characters only, never blanks or lines: what is set wide is closed
// up by whoever knows the lines. Records in JSON Lines keep their text as
// given and don't come here. Of this module it imports nothing.
package glyph

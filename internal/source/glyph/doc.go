// Package glyph replaces characters that were chosen for their shape: programs that make
// pages and PDF files write the radical ⻓ for 长 or the ligature ﬁ for fi, and characters
// that are invisible. Such words can't be found by searching.
//
// It changes characters only, never spaces or lines: letter-spacing is removed by the
// readers that know the lines. Records in JSON Lines keep their text and aren't cleaned.
// It imports nothing of this module. Read clean.go first.
package glyph

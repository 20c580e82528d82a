// Package pdf reads newspapers from PDF files: characters with their places and
// sizes → lines → columns, found from where they stand and not from the order in
// which they were drawn → headlines, texts and captions, told apart by the size
// of their type → articles. See docs/reading-pdf.md.
//
// glyph.go and engine.go speak to PDFium, which runs as WebAssembly and sees
// neither disk nor network; all else is pure. The package imports
// internal/source/page, which joins lines and reads sources and bylines.
package pdf

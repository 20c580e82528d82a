// Package pdf reads newspapers and documents from PDF files: characters with positions and sizes
// → lines → columns, derived from positions and not from the drawing order →
// headlines, texts and captions, distinguished by type size → articles.
// docs/reading-pdf.md describes the method. Read sheet.go first: Arrange lists the
// steps for one page in order; flow.go has those for a document of several.
//
// internal/source/pdfium reads the characters; all else is pure. Of this module the package also
// imports internal/source/page, which joins lines and reads sources and bylines, and
// internal/source/glyph.
package pdf

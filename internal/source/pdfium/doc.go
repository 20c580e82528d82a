// Package pdfium reads the characters of PDF files, with their positions, by PDFium. Read
// engine.go first.
//
// PDFium runs as WebAssembly without access to disk or network (library.go), in a process of
// its own (serve.go) that is this program again. A small file can keep it busy for hours or
// ask for gigabytes: its memory is bounded in that process, and the process is killed when a
// page takes too much processor time or when the context ends (process.go). Compiled
// WebAssembly can't be stopped otherwise, unless it checks at every turn of a loop whether it
// should, which makes it five times as slow.
//
// Of this module the package imports internal/source/glyph, which has the characters that
// those of a font represent.
package pdfium

//go:build !linux

package pdfium

import "context"

// withMemory does nothing here: PDFium's memory grows by copying.
func withMemory(ctx context.Context) context.Context { return ctx }

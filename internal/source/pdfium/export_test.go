package pdfium

import "time"

// SetPageTime sets the processor time for a page.
func (e *Engine) SetPageTime(t time.Duration) { e.pageTime = t }

// Worker returns the id of the process that reads, 0 if there is none.
func (e *Engine) Worker() int {
	if e.worker == nil {
		return 0
	}
	return e.worker.cmd.Process.Pid
}

// MaxMemory is the bound of PDFium's memory in bytes.
const MaxMemory = maxMemory

//go:build !linux

package pdfium

import (
	"os"
	"syscall"
	"time"
)

func ownProgram() (string, error) { return os.Executable() }

// endsWithParent does nothing here: a worker ends when it has read its page and finds nobody
// to answer.
func endsWithParent() *syscall.SysProcAttr { return nil }

var started = time.Now()

// processorTime returns the time on the clock: other systems have no simple way to ask for that
// of another process.
func processorTime(int) time.Duration { return time.Since(started) }

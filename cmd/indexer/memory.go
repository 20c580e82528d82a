package main

import "runtime/debug"

// garbagePercent is the amount of garbage, in percent of the memory in use, at which it is
// collected (GOGC). Reading and indexing produce much garbage and keep little: with Go's
// default of 100, a build takes a quarter more time and reading pages two fifths
// (docs/measurements/building.md, reading.md).
const garbagePercent = 300

// parseMemory is the memory limit of parse, garbage included.
const parseMemory = 1 << 30

// goMemory returns how much of --memory the Go runtime may use: half. A quarter is for
// mapped files, an eighth for jieba's dictionaries, an eighth for threads and C: with five
// eighths for Go, a build of 1 GB of text used 1.50 GB.
func goMemory(memory int64) int64 { return memory / 2 }

// collectLess lets garbage accumulate until Go's memory approaches limit bytes. It returns a
// function that restores the previous settings.
func collectLess(limit int64) (undo func()) {
	percent, before := debug.SetGCPercent(garbagePercent), debug.SetMemoryLimit(limit)
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(before)
	}
}

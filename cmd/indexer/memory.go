package main

import "runtime/debug"

// garbageShare is the amount of garbage, in percent of the memory in use, at which it is
// collected (GOGC). Reading and indexing produce much garbage and keep little: with Go's
// default of 100, a build takes a quarter more time and reading pages two fifths
// (docs/measurements/building.md, reading.md).
const garbageShare = 300

// parseMemory is the memory limit of parse, garbage included.
const parseMemory = 1 << 30

// collectLess lets garbage accumulate until Go's memory approaches limit bytes. It returns a
// function that restores the previous settings.
func collectLess(limit int64) (undo func()) {
	share, before := debug.SetGCPercent(garbageShare), debug.SetMemoryLimit(limit)
	return func() {
		debug.SetGCPercent(share)
		debug.SetMemoryLimit(before)
	}
}

package main

import "runtime/debug"

// garbageShare is how much garbage, in percent of what is in use, gathers
// before it is collected. Reading and indexing make much garbage and keep
// little: at Go's own 100 a build takes a quarter more time and reading pages
// two fifths (docs/measurements/building.md).
const garbageShare = 300

// parseMemory is what parse's garbage may add up to beside a large article.
const parseMemory = 1 << 30

// collectLess lets garbage gather until Go's memory comes near limit bytes, and
// returns what undoes it.
func collectLess(limit int64) (undo func()) {
	share, before := debug.SetGCPercent(garbageShare), debug.SetMemoryLimit(limit)
	return func() {
		debug.SetGCPercent(share)
		debug.SetMemoryLimit(before)
	}
}

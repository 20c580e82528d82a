package main

import (
	"log/slog"
	"runtime/debug"

	"github.com/dustin/go-humanize"

	"xunwen/internal/memlimit"
)

// garbagePercent is the amount of garbage, in percent of the memory in use, at which it is
// collected (GOGC). Reading and indexing produce much garbage and keep little: with Go's
// default of 100, a build takes a quarter more time and reading pages two fifths
// (docs/measurements/building.md, reading.md).
const garbagePercent = 300

// parseMemory is the memory limit of parse, garbage included.
const parseMemory = 1 << 30

// goMemory returns how much of --memory the Go runtime may use: half. A quarter is for mapped
// files, and a quarter for threads, what Go doesn't count, and gojieba's dictionaries if that
// is the segmenter. A build rarely needs more: with half, collecting garbage takes 2 % of its
// processor time.
func goMemory(memory int64) int64 { return memory / 2 }

// saveMemory is how the indexer uses less memory.
const saveMemory = "pass a smaller --memory; the published index is as it was, and the next build deletes what this one left"

// allowedMemory returns the memory that a build aims at: --memory, or less if the system allows less.
func allowedMemory(memory int64, system memlimit.Limit, log *slog.Logger) int64 {
	if !system.Exists() || memory <= system.Usable {
		return memory
	}
	log.Warn("the system allows less memory than --memory",
		"limit", system.Name, "allows", humanize.Bytes(uint64(system.Bytes)),
		"memory", humanize.Bytes(uint64(system.Usable)))
	return system.Usable
}

// collectLess lets garbage accumulate until Go's memory approaches limit bytes. It returns a
// function that restores the previous settings.
func collectLess(limit int64) (undo func()) {
	if system := memlimit.Of(); system.Exists() {
		limit = min(limit, goMemory(system.Usable))
	}
	percent, before := debug.SetGCPercent(garbagePercent), debug.SetMemoryLimit(limit)
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(before)
	}
}

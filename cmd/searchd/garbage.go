package main

import (
	"os"
	"runtime/debug"

	"xunwen/internal/memlimit"
)

// garbagePercent is how much garbage there may be before it is collected, as a percentage of
// what is in use. Go's default of 100 makes searchd a third larger and saves 5 % of its
// processor time: most of what is in use has no pointers.
const garbagePercent = 40

// Where the system limits memory, Go collects garbage more often before it takes this part of it, goParts
// of memoryParts. The rest is for mapped files and what Go doesn't count.
const goParts, memoryParts = 8, 10

// boundGarbage sets garbagePercent, unless the environment has GOGC, and a limit of memory, unless
// it has GOMEMLIMIT.
func boundGarbage() {
	if _, set := os.LookupEnv("GOGC"); !set {
		debug.SetGCPercent(garbagePercent)
	}
	if _, set := os.LookupEnv("GOMEMLIMIT"); set {
		return
	}
	if system := memlimit.Of(); system.Exists() {
		debug.SetMemoryLimit(system.Usable / memoryParts * goParts)
	}
}

package main

import (
	"os"
	"runtime/debug"
)

// garbagePercent is how much garbage there may be before it is collected, as a percentage of
// what is in use. Go's default of 100 makes searchd a third larger and saves 5 % of its
// processor time: most of what is in use has no pointers.
const garbagePercent = 40

// boundGarbage sets garbagePercent, unless the environment has GOGC.
func boundGarbage() {
	if _, set := os.LookupEnv("GOGC"); !set {
		debug.SetGCPercent(garbagePercent)
	}
}

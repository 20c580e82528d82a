// Command indexer turns newspapers into article records and article records
// into a published index, and manages its generations.
//
// It has flags and wiring; start with run.go.
package main

import (
	"os"
	"time"

	"xunwen/internal/cli"
)

// grace is how long a command may take to end after a signal. It looks for one after each article,
// page and block of a list; if that takes longer, on a slow disk say, the process ends as if it was
// killed: what a build left is deleted by the next one.
const grace = 4 * time.Second

func main() {
	os.Exit(cli.Main(cli.Program{Name: "indexer", Run: run, SaveMemory: saveMemory, Grace: grace}))
}

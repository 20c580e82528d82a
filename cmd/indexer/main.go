// Command indexer turns newspapers into article records and article records
// into a published index, and manages its generations.
//
// It has flags and wiring; start with run.go.
package main

import (
	"os"

	"xunwen/internal/cli"
)

func main() { os.Exit(cli.Main(program)) }

// Command indexer turns newspapers into article records and article records
// into a published index, and looks after what is published.
//
// It holds flags and wiring.
package main

import (
	"os"

	"xunwen/internal/cli"
)

func main() { os.Exit(cli.Main("indexer", run)) }

// Command searchd serves a published index: the pages and the JSON API.
package main

import (
	"os"

	"xunwen/internal/cli"
)

func main() {
	os.Exit(cli.Main(cli.Program{Name: "searchd", Run: run, SaveMemory: "pass a smaller --cache"}))
}

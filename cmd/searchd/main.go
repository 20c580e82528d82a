// Command searchd serves a published index: the pages and the JSON API.
package main

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"xunwen/internal/cli"
)

var program = cli.Program{Name: "searchd", Run: run, SaveMemory: "pass a smaller --cache", Action: action}

func main() { os.Exit(cli.Main(program)) }

// action returns what to do about an error, "" if that is unknown.
func action(err error) string {
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return "stop the program that uses the address, or choose another one"
	case errors.Is(err, fs.ErrPermission):
		return "run searchd as a user that may read the file or use the port"
	}
	return ""
}

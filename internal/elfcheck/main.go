// Command elfcheck checks that programs are built hardened: position independent, with relocations that are
// read-only, and with C and C++ that checks bounds. `make build` and `make dist` run it on what they built.
package main

import (
	"errors"
	"fmt"
	"os"
	"runtime"
)

func main() {
	if runtime.GOOS != "linux" {
		return // other systems have other formats and linkers
	}
	var failed error
	for _, name := range os.Args[1:] {
		failed = errors.Join(failed, check(name))
	}
	if failed != nil {
		fmt.Fprintln(os.Stderr, failed)
		os.Exit(1)
	}
}

package source_test

import (
	"fmt"
	"os"
	"testing"
)

// cacheDir keeps the compiled PDF engine for all tests: compiling it takes
// seconds.
var cacheDir string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "xunwen-source-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	cacheDir = dir
	code := m.Run()
	if err := os.RemoveAll(dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

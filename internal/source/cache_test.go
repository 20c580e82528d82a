package source_test

import (
	"os"
	"path/filepath"
)

// cacheDir keeps the compiled PDF engine where the programs keep it: compiling
// takes seconds, and with the race detector minutes on a busy machine. Without a
// user cache each test that reads a PDF compiles it.
var cacheDir = func() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "xunwen")
}()

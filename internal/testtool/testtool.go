// Package testtool lets tests run other programs, such as Chromium, only where they are
// installed. Tests use it and nothing else.
//
// It imports nothing of this module.
package testtool

import (
	"os"
	"os/exec"
	"testing"
)

// Require returns the path of a program. Without it the test is skipped, or fails if
// the environment variable CI is set: CI must run every test.
func Require(t testing.TB, name string) (path string) {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	switch os.Getenv("CI") {
	case "", "0", "false":
		t.Skipf("this test needs %s: %v", name, err)
	default:
		t.Fatalf("CI needs %s: %v", name, err)
	}
	return ""
}

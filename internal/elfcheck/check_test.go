package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// program copies its argument in a buffer, so that its function can be fortified and its stack protected.
const program = `
#include <string.h>
#include <stdio.h>
int main(int argc, char **argv) {
  char copy[64];
  strcpy(copy, argv[argc - 1]);
  return puts(copy);
}`

// hardened are the compiler's flags for all that check requires.
var hardened = []string{"-O2", "-U_FORTIFY_SOURCE", "-D_FORTIFY_SOURCE=3", "-fstack-protector-strong", "-fPIE", "-pie",
	"-Wl,-z,relro,-z,now"}

// TestCheck compiles programs that each lack one protection.
func TestCheck(t *testing.T) {
	if _, err := exec.LookPath("gcc"); err != nil || runtime.GOOS != "linux" {
		t.Skip("it needs gcc on Linux")
	}
	for _, c := range []struct {
		name    string
		instead map[string]string // of a flag, another
		want    string            // in the error; "" for none
	}{
		{"hardened", nil, ""},
		{"fixed addresses", map[string]string{"-pie": "-no-pie", "-fPIE": "-fno-pie"}, "-buildmode=pie"},
		{"lazy binding", map[string]string{"-Wl,-z,relro,-z,now": "-Wl,-z,relro,-z,lazy"}, "-bindnow"},
		{"no relro", map[string]string{"-Wl,-z,relro,-z,now": "-Wl,-z,norelro,-z,now"}, "-bindnow"},
		{"executable stack", map[string]string{"-Wl,-z,relro,-z,now": "-Wl,-z,relro,-z,now,-z,execstack"},
			"written and executed"},
		{"no stack protector", map[string]string{"-fstack-protector-strong": "-fno-stack-protector"},
			"stack protector"},
		{"not fortified", map[string]string{"-D_FORTIFY_SOURCE=3": "-D_FORTIFY_SOURCE=0"}, "not fortified"},
	} {
		t.Run(c.name, func(t *testing.T) {
			flags := slices.Clone(hardened)
			for i, flag := range flags {
				if other, ok := c.instead[flag]; ok {
					flags[i] = other
				}
			}
			err := check(compiled(t, flags))
			switch {
			case c.want == "" && err != nil:
				t.Error(err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Errorf("%v: want an error with %q", err, c.want)
			case err != nil && strings.Count(err.Error(), "\n") > 0:
				t.Errorf("more than one line: %v", err)
			}
		})
	}
}

// TestCheckOfNoProgram checks that a file of another format is an error.
func TestCheckOfNoProgram(t *testing.T) {
	if err := check("check.go"); err == nil {
		t.Error("a source file passes")
	}
}

func compiled(t *testing.T, flags []string) string {
	t.Helper()
	dir := t.TempDir()
	source, binary := filepath.Join(dir, "main.c"), filepath.Join(dir, "main")
	if err := os.WriteFile(source, []byte(program), 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("gcc", append(flags, "-o", binary, source)...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return binary
}

package main

import (
	"io/fs"
	"path/filepath"
	"syscall"
	"testing"

	"xunwen/internal/cli"
)

// TestNothingIsWritableForOthers checks the permissions of an index, a report and an index
// that was added to, where the umask forbids nothing.
func TestNothingIsWritableForOthers(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	got := command(t, map[string]string{"a.jsonl": recordA, "b.jsonl": recordB}, "",
		"build", "--out", "ix", "--report", "report.jsonl", "a.jsonl")
	if got.code != cli.ExitDone {
		t.Fatal(got.err)
	}
	for _, args := range [][]string{
		{"build", "--out", "ix", "--append", "b.jsonl"}, {"remove", "--index", "ix", "a"},
		{"build", "--out", "ix", "--append", "a.jsonl"},
	} {
		if got := again(t, nil, "", args...); got.code != cli.ExitDone {
			t.Fatalf("%v: %s", args, got.err)
		}
	}
	files := 0
	for _, root := range []string{"ix", "report.jsonl"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			info, err := entry.Info()
			if err != nil {
				return err
			}
			files++
			if info.Mode().Perm()&0o022 != 0 {
				t.Errorf("%s: others can write to it: %v", path, info.Mode())
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 10 {
		t.Errorf("only %d files", files)
	}
}

package smallfile

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestRead checks that regular files are read up to the bound, also by a link.
func TestRead(t *testing.T) {
	folder := t.TempDir()
	name, link := filepath.Join(folder, "file"), filepath.Join(folder, "link")
	content := bytes.Repeat([]byte("x"), 100)
	if err := os.WriteFile(name, content, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(name, link); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{name, link} {
		got, info, err := Read(name, 100)
		if err != nil || !bytes.Equal(got, content) || info.Size() != 100 {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
	}
	if _, _, err := Read(name, 99); err == nil || !strings.Contains(err.Error(), "larger than 99 bytes") {
		t.Errorf("one byte too many: %v", err)
	}
	if _, _, err := Read(filepath.Join(folder, "none"), 99); !os.IsNotExist(err) {
		t.Errorf("a missing file: %v", err)
	}
}

// TestReadIrregular checks that what is no regular file is refused without waiting for it.
func TestReadIrregular(t *testing.T) {
	folder := t.TempDir()
	pipe := filepath.Join(folder, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skip(err)
	}
	for name, says := range map[string]string{
		pipe: "it is a pipe", folder: "it is a folder", "/dev/zero": "it is a device",
	} {
		if _, _, err := Read(name, 100); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v does not say %q", name, err, says)
		}
	}
}

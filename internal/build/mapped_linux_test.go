package build

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"xunwen/internal/generation"
)

// TestPageOut maps a file as bleve does and reads all of it. Its pages are released, its
// content stays.
func TestPageOut(t *testing.T) {
	const size = 32 << 20
	dir, err := generation.ResolvePath(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "a file.zap")
	content := bytes.Repeat([]byte("xunwen 寻闻 ...\n"), size/18)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.Sync(); err != nil { // only pages that are on the disk can be released, as in a build
		t.Fatal(err)
	}
	mapped, err := unix.Mmap(int(f.Fd()), 0, len(content), unix.PROT_READ, unix.MAP_SHARED)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := unix.Munmap(mapped); err != nil {
			t.Error(err)
		}
	}()
	if !bytes.Equal(mapped, content) {
		t.Fatal("the file has other content")
	}
	before := mappedBytes()
	if err := pageOut(t.TempDir()); err != nil {
		t.Fatal(err)
	}
	if now := mappedBytes(); now < before-size/2 {
		t.Errorf("pages of another folder were released: %d bytes, before %d", now, before)
	}
	err = pageOut(dir)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) {
		t.Skip("this kernel takes no such advice:", err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if after := mappedBytes(); after > before-size/2 {
		t.Errorf("%d bytes are resident, before %d", after, before)
	}
	if !bytes.Equal(mapped, content) {
		t.Error("the content changed")
	}
}

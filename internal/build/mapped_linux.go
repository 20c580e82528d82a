package build

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

// mappedEvery is how often a build looks: a merge reads 10 MB in this time, or
// 50 where the disk is fast.
const mappedEvery = 200 * time.Millisecond

// boundMapped keeps the pages of mapped files below dir that the process holds
// within limit bytes, until stop is called. Bleve merges segments that it has
// mapped, and Linux leaves to a process what it has read while memory is free:
// the last merge of 2 GB of text held 4.2 GB. The pages given back are on the
// disk already and are read again where they are needed again.
func (b *builder) boundMapped(limit int64) (stop func()) {
	dir, err := resolved(b.dir)
	if err != nil {
		b.Log.Warn("files that are merged stay in memory", "error", err)
		return func() {}
	}
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(mappedEvery)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
			}
			if mappedBytes() <= limit {
				continue
			}
			if err := pageOut(dir); err != nil {
				// Old kernels can't; then the build needs more, and all else is right.
				b.Log.Warn("files that are merged stay in memory", "error", err)
				return
			}
		}
	}()
	return func() { close(done); <-ended }
}

// mappedBytes is how much of mapped files the process holds, or 0 where /proc
// doesn't tell.
func mappedBytes() int64 {
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	fields := bytes.Fields(statm)
	if len(fields) < 3 {
		return 0
	}
	pages, err := strconv.ParseInt(string(fields[2]), 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}

// resolved is dir as the kernel names it.
func resolved(dir string) (string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(dir)
}

// pageOut gives back the pages of the files mapped from below dir, which must
// be resolved. It only advises: what is mapped, or has been mapped anew in
// between, stays as it is.
func pageOut(dir string) error {
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(maps)) {
		// from-to rights offset device inode path
		_, path, ok := strings.Cut(line, "/")
		if !ok || !strings.HasPrefix("/"+path, dir+"/") {
			continue
		}
		var from, to uintptr
		if _, err := fmt.Sscanf(line, "%x-%x ", &from, &to); err != nil {
			return fmt.Errorf("/proc/self/maps: %q: %w", line, err)
		}
		_, _, failed := unix.Syscall(unix.SYS_MADVISE, from, to-from, unix.MADV_PAGEOUT)
		if failed != 0 && failed != unix.ENOMEM { // ENOMEM: unmapped since
			return fmt.Errorf("madvise: %w", failed)
		}
	}
	return nil
}

package build

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"xunwen/internal/generation"
)

// mappedEvery is how often a build checks its mapped files: a merge reads 10 MB
// in this time, or 50 MB from a fast disk.
const mappedEvery = 200 * time.Millisecond

// boundMapped keeps the resident pages of mapped files in the draft within limit
// bytes, until stop is called. Bleve merges segments that it has mapped, and
// Linux keeps the pages that a process has read while memory is free: the last
// merge of 2 GB of text had 4.2 GB resident. The pages that are dropped are on
// the disk already and are read again when they are needed.
func (b *builder) boundMapped(limit int64) (stop func()) {
	dir, err := generation.ResolvePath(b.dir)
	if err != nil {
		b.Log.Warn("cannot bound the memory of mapped files", "error", err)
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
				// Old kernels can't; then the build only needs more memory.
				b.Log.Warn("cannot bound the memory of mapped files", "error", err)
				return
			}
		}
	}()
	return func() { close(done); <-ended }
}

// mappedBytes returns the bytes of mapped files that are resident, or 0 when
// /proc does not say.
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

// pageOut drops the resident pages of files mapped from below dir, which must
// have no symbolic links. It only advises the kernel: the mappings stay as they
// are.
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

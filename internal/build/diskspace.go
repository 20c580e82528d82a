package build

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/sys/unix"
)

// ErrSpace says that the disk of an index folder has no room for what is built.
var ErrSpace = errors.New("too little room on the disk")

// What a build writes, measured (docs/operations.md).
const (
	// diskPerText is how many times its text a build takes on the disk at its
	// peak, when segments are merged.
	diskPerText = 8
	// mergeRoom is what merging takes beside the segments that are merged, as a
	// share of them.
	mergeRoom = .5
	// lookEvery is after how many bytes of text the disk is looked at: some 8 MB
	// were written then.
	lookEvery = 1 << 20
	// mergedPrefix begins the folders in which bleve keeps what it merges.
	mergedPrefix = "scorch-offline-build"
)

// space sees to it that a build stops before the disk is full. A nil one sees
// nothing. It is safe for concurrent use.
type space struct {
	dir     string
	reserve int64
	free    func(string) (int64, error)

	mu   sync.Mutex
	text int64 // since the last look
}

func newSpace(o Options) *space {
	if o.Reserve <= 0 {
		return nil
	}
	s := &space{dir: o.Out, reserve: o.Reserve, free: o.Free}
	if s.free == nil {
		s.free = freeBytes
	}
	return s
}

// freeBytes is what a process without special rights may still write.
func freeBytes(path string) (int64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(path, &s); err != nil {
		return 0, fmt.Errorf("room on the disk of %s: %w", path, err)
	}
	return int64(s.Bavail) * int64(s.Bsize), nil
}

// has returns ErrSpace, wrapped, where less than so many bytes are free beside
// the reserve.
func (s *space) has(bytes int64, what string) error {
	if s == nil {
		return nil
	}
	free, err := s.free(s.dir)
	if err != nil {
		return err
	}
	if free >= bytes+s.reserve {
		return nil
	}
	return fmt.Errorf("%s: %w: %s free, %s, and %s must stay free (--reserve): make room, or prune old generations",
		s.dir, ErrSpace, megabytes(free), what, megabytes(s.reserve))
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

// begin looks before a build reads so many bytes of text.
func (s *space) begin(text int64) error {
	return s.has(text*diskPerText, fmt.Sprintf("%s of text take some %s while they are indexed", megabytes(text), megabytes(text*diskPerText)))
}

// wrote looks now and then while text is written.
func (s *space) wrote(text int64) error {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	s.text += text
	due := s.text >= lookEvery
	if due {
		s.text = 0
	}
	s.mu.Unlock()
	if !due {
		return nil
	}
	return s.has(0, "more is to be written")
}

// merge looks before the segments below tmp are merged, which nothing can stop.
func (s *space) merge(tmp string) error {
	if s == nil {
		return nil
	}
	size := int64(0)
	err := filepath.WalkDir(tmp, func(path string, d fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist): // the other shard merges already
			return nil
		case err != nil:
			return err
		case d.IsDir():
			if path != tmp && filepath.Dir(path) == tmp && !strings.HasPrefix(d.Name(), mergedPrefix) {
				return fs.SkipDir
			}
			return nil
		}
		if info, err := d.Info(); err == nil {
			size += info.Size()
		}
		return nil
	})
	if err != nil {
		return err
	}
	more := int64(mergeRoom * float64(size))
	return s.has(more, "merging segments takes some "+megabytes(more))
}

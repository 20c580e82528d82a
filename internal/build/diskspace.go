package build

import (
	"errors"
	"fmt"
	"sync"

	"golang.org/x/sys/unix"
)

// ErrSpace means that the disk of an index folder has too little free space.
var ErrSpace = errors.New("too little disk space")

// What a build writes, measured (docs/operations.md).
const (
	// diskPerText is how many bytes of disk a build takes at its peak, when runs become a
	// segment, for each byte of text: 2.2 measured, and some for other texts.
	diskPerText = 3
	// mergeShare is the size of a segment as a share of the runs that it is made of.
	mergeShare = 1.0
	// checkEvery is the text between two checks, in bytes: about 8 MB are written
	// for it.
	checkEvery = 1 << 20
)

// diskSpace stops a build before the disk is full. It is safe for concurrent use.
type diskSpace struct {
	dir     string
	reserve int64 // bytes that must stay free; 0 for no check
	free    func(string) (int64, error)

	mu   sync.Mutex
	text int64 // bytes since the last check
}

func newDiskSpace(o Options) *diskSpace {
	s := &diskSpace{dir: o.Out, reserve: max(o.Reserve, 0), free: o.Free}
	if s.free == nil {
		s.free = freeBytes
	}
	return s
}

// freeBytes returns what an unprivileged process may still write.
func freeBytes(path string) (int64, error) {
	var s unix.Statfs_t
	if err := unix.Statfs(path, &s); err != nil {
		return 0, fmt.Errorf("free disk space of %s: %w", path, err)
	}
	return int64(s.Bavail) * int64(s.Bsize), nil
}

// require returns ErrSpace, wrapped, when fewer bytes are free in addition to the
// reserve. The reason says what needs them.
func (s *diskSpace) require(bytes int64, reason string) error {
	if s.reserve == 0 {
		return nil
	}
	free, err := s.free(s.dir)
	if err != nil {
		return err
	}
	if free >= bytes+s.reserve {
		return nil
	}
	return fmt.Errorf("%s: %w: %s free, %s, and %s must stay free (--reserve): "+
		"free some space, or prune old generations",
		s.dir, ErrSpace, megabytes(free), reason, megabytes(s.reserve))
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }

// beforeReading checks the disk before so many bytes of text are read.
func (s *diskSpace) beforeReading(text int64) error {
	need := text * diskPerText
	return s.require(need, fmt.Sprintf("indexing %s of text takes about %s", megabytes(text), megabytes(need)))
}

// wrote checks the disk now and then while text is written.
func (s *diskSpace) wrote(text int64) error {
	if s.reserve == 0 {
		return nil
	}
	s.mu.Lock()
	s.text += text
	due := s.text >= checkEvery
	if due {
		s.text = 0
	}
	s.mu.Unlock()
	if !due {
		return nil
	}
	return s.require(0, "more is to be written")
}

// beforeMerge checks the disk before runs of so many bytes become a segment.
func (s *diskSpace) beforeMerge(runs int64) error {
	need := int64(mergeShare * float64(runs))
	return s.require(need, "the segment takes about "+megabytes(need))
}

package scorchplugin

import (
	"errors"
	"io"
	"os"
)

// memorySegment is a segment before it is written to a file. It implements
// segmentapi.UnpersistedSegment, and has no Path: scorch takes what has one for a file.
type memorySegment struct{ reader }

func (*memorySegment) AddRef()       {}
func (*memorySegment) DecRef() error { return nil }
func (*memorySegment) Close() error  { return nil }

// Persist writes the segment to a new file.
func (s *memorySegment) Persist(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	_, err = s.WriteTo(f)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// WriteTo implements io.WriterTo: scorch copies an index with it.
func (s *memorySegment) WriteTo(w io.Writer) (int64, error) {
	n, err := w.Write(s.file.Bytes())
	return int64(n), err
}

package archive

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
)

// Tar lists the files of a .tar archive. A file of it with holes expands: what comes out counts
// in the budget.
func Tar(in io.Reader, budget *Budget) Entries {
	return func(yield func(Entry, error) bool) {
		end := &zeros{Reader: in}
		t := tar.NewReader(end)
		for n := 0; ; n++ {
			h, err := t.Next()
			switch {
			case err == io.EOF && end.run >= blockSize:
				return
			case err == io.EOF:
				yield(Entry{}, ErrNoEnd)
				return
			case err != nil:
				yield(Entry{}, tarError(err))
				return
			case n == maxEntries:
				yield(Entry{}, ErrMany)
				return
			}
			name := fileName(h.Name)
			if name == "" || h.Typeflag != tar.TypeReg {
				continue // a folder or a link
			}
			began := end.read
			content := budget.Reader(t, func() int64 { return end.read - began + blockSize })
			if !yield(Entry{name, content}, nil) {
				return
			}
		}
	}
}

// blockSize is that of a header. Blocks of zeros end an archive.
const blockSize = 512

// zeros counts the zeros at the end of what was read.
type zeros struct {
	io.Reader
	read int64
	run  int
}

func (z *zeros) Read(p []byte) (int, error) {
	n, err := z.Reader.Read(p)
	z.read += int64(n)
	rest := len(bytes.TrimRight(p[:n], "\x00"))
	if rest > 0 {
		z.run = 0
	}
	z.run += n - rest
	return n, err
}

func tarError(err error) error {
	if errors.Is(err, tar.ErrHeader) || errors.Is(err, tar.ErrFieldTooLong) {
		return errors.New("the .tar file is damaged here: the header of a file is broken: pack the files again")
	}
	return err
}

package archive

import (
	"archive/tar"
	"errors"
	"io"
)

// Tar lists the files of a .tar archive. read returns how much of its file was read so far,
// before decompression.
func Tar(in io.Reader, read func() int64) Entries {
	return func(yield func(Entry, error) bool) {
		t := tar.NewReader(&bounded{Reader: in, size: read})
		for n := 0; ; n++ {
			h, err := t.Next()
			switch {
			case err == io.EOF:
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
			if !yield(Entry{name, t}, nil) {
				return
			}
		}
	}
}

func tarError(err error) error {
	if errors.Is(err, tar.ErrHeader) {
		return errors.New("the .tar file is damaged here: the header of a file is broken")
	}
	return err
}

// Package smallfile reads the files that flags name, such as keys, certificates and synonyms:
// regular ones up to a size. Read smallfile.go, all there is.
//
// It must not import any other package of this module.
package smallfile

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
)

// Read returns the contents of a regular file of at most a number of bytes, and what is known
// about the file that was read. A link is followed. A pipe or a device is an error at once:
// opening or reading one could wait for ever, and no signal would end that.
func Read(name string, most int64) ([]byte, fs.FileInfo, error) {
	f, err := os.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close() // read only
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, nil, err
	case !info.Mode().IsRegular():
		return nil, nil, fmt.Errorf("%s: it is %s: want a regular file", name, kind(info.Mode()))
	}
	content, err := io.ReadAll(io.LimitReader(f, most+1))
	switch {
	case err != nil:
		return nil, nil, err
	case int64(len(content)) > most:
		return nil, nil, fmt.Errorf("%s: larger than %d bytes: is it the right file?", name, most)
	}
	return content, info, nil
}

// kind names a file that is not a regular one.
func kind(mode fs.FileMode) string {
	switch {
	case mode.IsDir():
		return "a folder"
	case mode&fs.ModeNamedPipe != 0:
		return "a pipe"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "not a file"
}

//go:build unix

package source

import (
	"errors"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// openBelow opens a file below a folder and follows no link on the way, so that nobody who writes
// into the folder has another file read. A pipe or a device doesn't make it wait.
func openBelow(root, path string) (*os.File, error) {
	at, err := openAt(unix.AT_FDCWD, root, unix.O_DIRECTORY)
	if err != nil {
		return nil, err
	}
	parts := strings.Split(path, separator)
	for _, part := range parts[:len(parts)-1] {
		next, err := openAt(at, part, unix.O_DIRECTORY|unix.O_NOFOLLOW)
		_ = unix.Close(at) // it was only passed
		if err != nil {
			return nil, err
		}
		at = next
	}
	f, err := openAt(at, parts[len(parts)-1], unix.O_NOFOLLOW|unix.O_NONBLOCK)
	_ = unix.Close(at)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(f), filepath.Join(root, path)), nil
}

// openAt opens a file in a folder that is open.
func openAt(folder int, name string, flags int) (int, error) {
	for {
		f, err := unix.Openat(folder, name, unix.O_RDONLY|unix.O_CLOEXEC|flags, 0)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case flags&unix.O_NOFOLLOW != 0 && isLink(err, flags):
			return -1, errLink
		}
		return f, err
	}
}

// isLink reports whether an error says that a link isn't followed. Systems say so in several ways.
func isLink(err error, flags int) bool {
	return errors.Is(err, unix.ELOOP) || errors.Is(err, unix.EMLINK) ||
		flags&unix.O_DIRECTORY != 0 && errors.Is(err, unix.ENOTDIR)
}

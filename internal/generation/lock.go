package generation

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// ErrBusy says that another process is changing the folder.
var ErrBusy = errors.New("the index is being built by another process")

// Lock makes the folder if need be and takes its lock, which ends with the
// process; ErrBusy if another has it. Then it clears what was left by those
// that were stopped.
func (f Folder) Lock() (unlock func() error, err error) {
	if err := f.make(); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(f.Dir(lockFile), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		if errors.Is(err, unix.EWOULDBLOCK) {
			err = fmt.Errorf("%s: %w", f.Path, ErrBusy)
		}
		return nil, errors.Join(err, file.Close())
	}
	if err := f.clear(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file.Close, nil
}

// make makes the folder, and makes it durable: what is published in a folder
// whose own name is lost is lost too.
func (f Folder) make() error {
	var made []string // the folders that get a new name
	for path := filepath.Clean(f.Path); ; path = filepath.Dir(path) {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		made = append(made, filepath.Dir(path))
	}
	if err := f.Disk.Mkdir(f.Path); err != nil {
		return err
	}
	for _, dir := range made {
		if err := f.Disk.Sync(dir); err != nil {
			return err
		}
	}
	return nil
}

// Hold marks a generation as in use until release is called or the process
// ends, so that Prune leaves it alone.
func (f Folder) Hold(name string) (release func() error, err error) {
	file, err := os.Open(f.manifestPath(name))
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(file.Fd()), unix.LOCK_SH|unix.LOCK_NB); err != nil {
		return nil, errors.Join(fmt.Errorf("%s is being removed: %w", f.Dir(name), err), file.Close())
	}
	return file.Close, nil
}

// used tells whether a process holds a generation. Where that can't be told,
// nothing does: what is damaged is in nobody's use.
func (f Folder) used(name string) bool {
	file, err := os.Open(f.manifestPath(name))
	if err != nil {
		return false
	}
	defer file.Close() // read only; this ends the lock too
	return errors.Is(unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB), unix.EWOULDBLOCK)
}

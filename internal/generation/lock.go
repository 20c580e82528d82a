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
	if err := flock(file, unix.LOCK_EX|unix.LOCK_NB); err != nil {
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
// ends, so that Prune leaves it alone. It waits while another process looks
// whether the generation is in use, or removes it. Errors: fs.ErrNotExist,
// wrapped, where it is not there any more.
func (f Folder) Hold(name string) (release func() error, err error) {
	path := f.manifestPath(name)
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if err := flock(file, unix.LOCK_SH); err != nil {
		return nil, errors.Join(fmt.Errorf("holding %s: %w", f.Dir(name), err), file.Close())
	}
	if err := sameFile(file, path); err != nil {
		return nil, errors.Join(fmt.Errorf("%s was removed meanwhile: %w", f.Dir(name), err), file.Close())
	}
	return file.Close, nil
}

// sameFile returns fs.ErrNotExist, perhaps wrapped, where path doesn't name file
// any more.
func sameFile(file *os.File, path string) error {
	own, err := file.Stat()
	if err != nil {
		return err
	}
	there, err := os.Stat(path)
	if err == nil && !os.SameFile(own, there) {
		err = fs.ErrNotExist
	}
	return err
}

// claim takes a generation that no process holds: none can until release is
// called. free is false where one does. Where that can't be told, nothing does:
// what is damaged is in nobody's use.
func (f Folder) claim(name string) (release func(), free bool) {
	file, err := os.Open(f.manifestPath(name))
	if err != nil {
		return func() {}, true
	}
	release = func() { file.Close() } // read only; this ends the lock
	if errors.Is(flock(file, unix.LOCK_EX|unix.LOCK_NB), unix.EWOULDBLOCK) {
		release()
		return nil, false
	}
	return release, true
}

// used tells whether a process holds a generation.
func (f Folder) used(name string) bool {
	release, free := f.claim(name)
	if free {
		release()
	}
	return !free
}

// flock locks a file for as long as it is open; a signal does not end the wait.
func flock(file *os.File, how int) error {
	for {
		if err := unix.Flock(int(file.Fd()), how); !errors.Is(err, unix.EINTR) {
			return err
		}
	}
}

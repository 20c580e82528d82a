package generation

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// ErrBusy means that another process is changing the folder.
var ErrBusy = errors.New("the index is being built by another process")

// Lock creates the folder if necessary and locks it until unlock is called or the
// process ends; ErrBusy, wrapped, if another process has the lock. Then it
// removes what interrupted processes left.
func (f Folder) Lock() (unlock func() error, err error) {
	if err := f.create(); err != nil {
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
	if err := f.removeStale(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file.Close, nil
}

// create creates the folder durably: a generation that is published in a folder
// whose name is lost would be lost, too.
func (f Folder) create() error {
	var made []string // folders that get a new entry
	for path := filepath.Clean(f.Path); ; path = filepath.Dir(path) {
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			break
		}
		made = append(made, filepath.Dir(path))
	}
	if err := f.disk.Mkdir(f.Path); err != nil {
		return err
	}
	for _, dir := range made {
		if err := f.disk.Sync(dir); err != nil {
			return err
		}
	}
	return nil
}

// Pin marks a generation as in use until unpin is called or the process ends, so
// that Prune keeps it. It waits while another process checks whether the
// generation is in use, or removes it. Errors: fs.ErrNotExist, wrapped, when it
// was removed.
func (f Folder) Pin(name string) (unpin func() error, err error) {
	path := f.manifestPath(name)
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if err := flock(file, unix.LOCK_SH); err != nil {
		return nil, errors.Join(fmt.Errorf("pinning %s: %w", f.Dir(name), err), file.Close())
	}
	if err := sameFile(file, path); err != nil {
		return nil, errors.Join(fmt.Errorf("%s was removed in the meantime: %w", f.Dir(name), err), file.Close())
	}
	return file.Close, nil
}

// sameFile returns fs.ErrNotExist, perhaps wrapped, when path no longer names
// file.
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

// tryLock keeps other processes from pinning a generation until unlock is called;
// ok is false if one has pinned it. A generation whose manifest can't be opened
// counts as not pinned: a damaged generation is not served.
func (f Folder) tryLock(name string) (unlock func(), ok bool) {
	file, err := os.Open(f.manifestPath(name))
	if err != nil {
		return func() {}, true
	}
	unlock = func() { file.Close() } // read only; this ends the lock
	if errors.Is(flock(file, unix.LOCK_EX|unix.LOCK_NB), unix.EWOULDBLOCK) {
		unlock()
		return nil, false
	}
	return unlock, true
}

// inUse reports whether a process has pinned a generation.
func (f Folder) inUse(name string) bool {
	unlock, ok := f.tryLock(name)
	if ok {
		unlock()
	}
	return !ok
}

// flock locks a file until it is closed; a signal does not end the wait.
func flock(file *os.File, how int) error {
	for {
		if err := unix.Flock(int(file.Fd()), how); !errors.Is(err, unix.EINTR) {
			return err
		}
	}
}

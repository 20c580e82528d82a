package generation

import (
	"errors"
	"os"
)

// disk is how a Folder changes the file system. Each call may fail, and a test
// makes each of them fail in turn.
type disk interface {
	Mkdir(path string) error // and its parents
	Write(path string, content []byte) error
	Link(from, to string) error // a second name of a file
	Rename(from, to string) error
	Sync(path string) error // flushes a file, or the entries of a folder, to the disk
	Remove(path string) error
}

// osDisk is the real disk.
type osDisk struct{}

func (osDisk) Mkdir(path string) error                 { return os.MkdirAll(path, 0o755) }
func (osDisk) Write(path string, content []byte) error { return os.WriteFile(path, content, 0o644) }
func (osDisk) Link(from, to string) error              { return os.Link(from, to) }
func (osDisk) Rename(from, to string) error            { return os.Rename(from, to) }
func (osDisk) Remove(path string) error                { return os.RemoveAll(path) }

func (osDisk) Sync(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

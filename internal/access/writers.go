package access

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// writableByOthers are the permissions that let somebody other than the owner change a
// file or the entries of a folder.
const writableByOthers = 0o022

// checkWriters refuses the open file of keys if somebody other than its owner could change
// it: who writes the file lets himself in. The folder counts too, since an entry of a
// folder can be replaced, and for a link also the folder that it leads to.
func checkWriters(name string, f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if othersWrite(info) {
		return fmt.Errorf("%s: others can write to it (mode %04o) and add a key of their own: run chmod go-w %[1]s",
			name, info.Mode().Perm())
	}
	folders := []string{filepath.Dir(name)}
	if target, err := filepath.EvalSymlinks(name); err == nil && filepath.Dir(target) != folders[0] {
		folders = append(folders, filepath.Dir(target))
	}
	for _, folder := range folders {
		if err := checkFolder(name, folder, info); err != nil {
			return err
		}
	}
	return nil
}

// checkFolder refuses a folder in which others can replace a file. In a sticky one, such
// as /tmp, they can't, but anyone could have made the file.
func checkFolder(name, folder string, file fs.FileInfo) error {
	info, err := os.Stat(folder)
	if err != nil {
		return err
	}
	switch {
	case !othersWrite(info):
		return nil
	case info.Mode()&fs.ModeSticky == 0:
		return fmt.Errorf("%s: others can write to its folder (mode %04o) and replace it: "+
			"run chmod go-w %s, or move the file", name, info.Mode().Perm(), folder)
	}
	if owner := ownerOf(file); owner != 0 && owner != os.Geteuid() {
		return fmt.Errorf("%s: it belongs to another user, and anyone can create files in its folder: "+
			"move the file, or run chown %d %[1]s", name, os.Geteuid())
	}
	return nil
}

// othersWrite reports whether somebody other than the owner can write. A group with the
// number of the owner is the owner's own, as Debian creates one for each user.
func othersWrite(info fs.FileInfo) bool {
	others := info.Mode().Perm() & writableByOthers
	if st, ok := info.Sys().(*syscall.Stat_t); ok && st.Uid == st.Gid {
		others &^= 0o020
	}
	return others != 0
}

// ownerOf returns the number of a file's owner.
func ownerOf(info fs.FileInfo) int {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return int(st.Uid)
	}
	return 0
}

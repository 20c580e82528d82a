package access

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// writableByOthers are the permissions that let somebody other than the owner change a
// file or the entries of a folder.
const writableByOthers = 0o022

// maxLinks is how many symbolic links Linux follows in a path.
const maxLinks = 40

// checkWriters refuses a file of keys if somebody other than root and the user of the process
// could change it, since who writes the file lets himself in. All folders on the way to it count
// too: an entry of a folder can be replaced. sshd (StrictModes) checks the same.
func checkWriters(name string, file fs.FileInfo) error {
	switch owner := ownerOf(file); {
	case !isTrusted(owner):
		return fmt.Errorf("%s: it belongs to another user (%d), who can add a key: run chown %d %[1]s",
			name, owner, os.Geteuid())
	case othersWrite(file):
		return fmt.Errorf("%s: others can write to it (mode %04o) and add a key of their own: run chmod go-w %[1]s",
			name, file.Mode().Perm())
	}
	path, err := filepath.Abs(name)
	if err != nil {
		return err
	}
	return checkWay(name, path)
}

// checkWay checks the folders on the way to a file, also those that symbolic links lead to.
func checkWay(name, path string) error {
	folder, rest, links := "/", strings.TrimPrefix(path, "/"), 0
	for rest != "" {
		entry, after, _ := strings.Cut(rest, "/")
		rest = after
		switch entry {
		case "", ".":
			continue
		case "..":
			folder = filepath.Dir(folder)
			continue
		}
		info, err := os.Lstat(filepath.Join(folder, entry))
		if err != nil {
			return err
		}
		if err := checkFolder(name, folder, info); err != nil {
			return err
		}
		if info.Mode()&fs.ModeSymlink == 0 {
			folder = filepath.Join(folder, entry)
			continue
		}
		target, err := os.Readlink(filepath.Join(folder, entry))
		if err != nil {
			return err
		}
		if links++; links > maxLinks {
			return fmt.Errorf("%s: too many symbolic links", name)
		}
		if filepath.IsAbs(target) {
			folder = "/"
		}
		rest = target + "/" + rest
	}
	return nil
}

// checkFolder refuses a folder in which others can replace an entry on the way to a file. In a
// sticky one, such as /tmp, only the owner of an entry can, but anyone could have made it.
func checkFolder(name, folder string, entry fs.FileInfo) error {
	info, err := os.Lstat(folder)
	if err != nil {
		return err
	}
	sticky := info.Mode()&fs.ModeSticky != 0
	switch owner := ownerOf(info); {
	case !isTrusted(owner):
		return fmt.Errorf("%s: the folder %s belongs to another user (%d), who can replace what is in it: "+
			"move the file, or run chown %d %[2]s", name, folder, owner, os.Geteuid())
	case othersWrite(info) && !sticky:
		return fmt.Errorf("%s: others can write to the folder %s (mode %04o) and replace what is in it: "+
			"move the file, or run chmod go-w %[2]s", name, folder, info.Mode().Perm())
	case othersWrite(info) && !isTrusted(ownerOf(entry)):
		return fmt.Errorf("%s: %s belongs to another user, and anyone can create files in its folder: "+
			"move the file, or run chown -h %d %[2]s", name, filepath.Join(folder, entry.Name()), os.Geteuid())
	}
	return nil
}

// isTrusted reports whether a user may change the keys: root, and the user of the process.
func isTrusted(owner int) bool { return owner == 0 || owner == os.Geteuid() }

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

package index

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"golang.org/x/sys/unix"
)

const (
	currentFile = "CURRENT"
	lockFile    = "lock"
	tmpSuffix   = ".tmp"
)

// ErrBusy says that another build holds the index folder.
var ErrBusy = errors.New("the index is being built by another process")

// errNoCurrent says that a folder has no published generation.
var errNoCurrent = errors.New("no generation is published")

var generationName = regexp.MustCompile(`^\d{8}T\d{6}(-\d+)?$`)

// current is what CURRENT says.
type current struct {
	name string
	sum  string // SHA-256 of the manifest
}

// readCurrent returns errNoCurrent, wrapped, where nothing is published.
func readCurrent(dir string) (current, error) {
	path := filepath.Join(dir, currentFile)
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return current{}, fmt.Errorf("%s: %w", dir, errNoCurrent)
	}
	if err != nil {
		return current{}, err
	}
	line, whole := strings.CutSuffix(string(b), "\n")
	name, sum, ok := strings.Cut(line, " ")
	if !ok || !whole || !generationName.MatchString(name) || len(sum) != 64 {
		return current{}, fmt.Errorf("%s: want a generation's name and its manifest's SHA-256", path)
	}
	return current{name, sum}, nil
}

// publish points CURRENT at a generation that is complete on disk.
func publish(dir string, c current) error {
	path := filepath.Join(dir, currentFile)
	tmp := path + tmpSuffix
	if err := os.WriteFile(tmp, []byte(c.name+" "+c.sum+"\n"), 0o644); err != nil {
		return err
	}
	if err := syncPath(tmp); err != nil {
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		return err
	}
	return syncPath(dir)
}

// lockFolder takes the folder's lock, which ends with the process; ErrBusy if
// another has it.
func lockFolder(dir string) (unlock func() error, err error) {
	f, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		if errors.Is(err, unix.EWOULDBLOCK) {
			err = fmt.Errorf("%s: %w", dir, ErrBusy)
		}
		return nil, errors.Join(err, f.Close())
	}
	return f.Close, nil
}

// leftover tells the names that only a build which did not end leaves.
func leftover(name string) bool {
	name, ok := strings.CutSuffix(name, tmpSuffix)
	return ok && (name == currentFile || generationName.MatchString(name))
}

// clearLeftovers removes what builds left that did not end well: their
// temporary folders, and generations that were complete but not published yet.
func clearLeftovers(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	c, err := readCurrent(dir)
	if err != nil && !errors.Is(err, errNoCurrent) {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		unpublished := c.name != "" && e.IsDir() && generationName.MatchString(name) && name > c.name
		if !leftover(name) && !unpublished {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

// generations lists the names of the complete generations, the oldest first.
func generations(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir) // by name, which is by time
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && generationName.MatchString(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// newName returns a name for a generation made now that dir does not have and
// that sorts after those it has.
func newName(dir string, now time.Time) (string, error) {
	names, err := generations(dir)
	if err != nil {
		return "", err
	}
	base := now.UTC().Format("20060102T150405")
	name := base
	for i := 2; len(names) > 0 && name <= names[len(names)-1]; i++ {
		if i > maxSameSecond {
			return "", fmt.Errorf("generation %s is newer than this machine's clock (%s): check the clock", names[len(names)-1], base)
		}
		name = fmt.Sprintf("%s-%d", base, i)
	}
	return name, nil
}

// maxSameSecond bounds the generations of one second; more tell of a clock
// that was set back.
const maxSameSecond = 9

// prune removes the oldest generations but keep, never the current one.
func prune(dir string, keep int, current string) error {
	names, err := generations(dir)
	if err != nil {
		return err
	}
	for i := 0; i < len(names)-keep; i++ {
		if names[i] == current {
			continue
		}
		if err := os.RemoveAll(filepath.Join(dir, names[i])); err != nil {
			return err
		}
	}
	return syncPath(dir)
}

// syncTree flushes every file and folder below dir to the disk.
func syncTree(dir string) error {
	return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return syncPath(path)
	})
}

func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

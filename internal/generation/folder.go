package generation

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// Names in a folder besides the generations'.
const (
	CurrentFile  = "CURRENT"
	lockFile     = "lock"
	tmpSuffix    = ".tmp"
	pendingFile  = CurrentFile + tmpSuffix
	rollbackFile = "ROLLBACK" + tmpSuffix
)

// ErrNone says that a folder has no published generation.
var ErrNone = errors.New("no generation is published")

// Folder is an index folder. The zero Disk is the real one.
type Folder struct {
	Path string
	Disk Disk
}

// In returns the folder at path, which need not exist yet.
func In(path string) Folder { return Folder{Path: path, Disk: osDisk{}} }

// Dir is the path of a generation.
func (f Folder) Dir(name string) string { return filepath.Join(f.Path, name) }

var generationName = regexp.MustCompile(`^\d{8}T\d{6}(-\d+)?$`)

// Current is what CURRENT says.
type Current struct {
	Name   string
	SHA256 string // of the manifest
}

// Current returns ErrNone, wrapped, where nothing is published.
func (f Folder) Current() (Current, error) {
	c, err := readCurrent(f.Dir(CurrentFile))
	if errors.Is(err, fs.ErrNotExist) {
		return Current{}, fmt.Errorf("%s: %w", f.Path, ErrNone)
	}
	return c, err
}

func readCurrent(path string) (Current, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return Current{}, err
	}
	line, whole := strings.CutSuffix(string(b), "\n")
	name, sum, ok := strings.Cut(line, " ")
	if !ok || !whole || !generationName.MatchString(name) || len(sum) != 64 {
		return Current{}, fmt.Errorf("%s: want a generation's name and its manifest's SHA-256: remove the file and publish a generation of %s by indexer rollback with its name",
			path, filepath.Dir(path))
	}
	return Current{name, sum}, nil
}

func (c Current) line() []byte { return []byte(c.Name + " " + c.SHA256 + "\n") }

// Names lists the complete generations, the oldest first.
func (f Folder) Names() ([]string, error) {
	entries, err := os.ReadDir(f.Path) // by name, which is by time
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

// maxSameSecond bounds the generations of one second; more tell of a clock
// that was set back.
const maxSameSecond = 9

// newName returns a name for a generation made now that sorts after those that
// are there.
func (f Folder) newName(now time.Time) (string, error) {
	names, err := f.Names()
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

// leftover tells the names that only what was stopped leaves.
func leftover(name string) bool {
	if name == pendingFile || name == rollbackFile {
		return true
	}
	name, ok := strings.CutSuffix(name, tmpSuffix)
	return ok && generationName.MatchString(name)
}

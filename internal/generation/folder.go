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

// Names in a folder apart from generations.
const (
	CurrentFile  = "CURRENT"
	lockFile     = "lock"
	tmpSuffix    = ".tmp"
	pendingFile  = CurrentFile + tmpSuffix
	rollbackFile = "ROLLBACK" + tmpSuffix
)

// ErrNone means that a folder has no published generation.
var ErrNone = errors.New("no generation is published")

// Folder is an index folder; In returns one.
type Folder struct {
	Path string
	disk disk
}

// In returns the folder at path, which need not exist yet.
func In(path string) Folder { return Folder{Path: path, disk: osDisk{}} }

// Dir returns the path of a generation.
func (f Folder) Dir(name string) string { return filepath.Join(f.Path, name) }

var generationName = regexp.MustCompile(`^\d{8}T\d{6}(-\d+)?$`)

// Current is the content of CURRENT.
type Current struct {
	Name   string
	SHA256 string // of the manifest
}

// Current reads CURRENT. It returns ErrNone, wrapped, when nothing is published.
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
		return Current{}, fmt.Errorf("%s: want the name of a generation and the SHA-256 of its manifest: "+
			"remove the file and publish a generation of %s with indexer rollback", path, filepath.Dir(path))
	}
	return Current{name, sum}, nil
}

func (c Current) line() []byte { return []byte(c.Name + " " + c.SHA256 + "\n") }

// Names lists the complete generations, oldest first.
func (f Folder) Names() ([]string, error) {
	entries, err := os.ReadDir(f.Path) // sorted by name, which is by time
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

// nameLayout is the time that a generation's name begins with.
const nameLayout = "20060102T150405"

// maxSameSecond bounds the generations of one second, whose numbers must sort.
const maxSameSecond = 9

// newName returns a name for a new generation that sorts after all others. If the
// clock was set back, it continues from the newest name.
func (f Folder) newName(now time.Time) (string, error) {
	names, err := f.Names()
	if err != nil {
		return "", err
	}
	second, newest := now.UTC(), ""
	if len(names) > 0 {
		newest = names[len(names)-1]
		made, err := time.Parse(nameLayout, newest[:len(nameLayout)])
		if err != nil {
			return "", fmt.Errorf("%s: its name is not a time: remove it or move it away: %w", f.Dir(newest), err)
		}
		if made.After(second) {
			second = made
		}
	}
	for ; ; second = second.Add(time.Second) {
		base := second.Format(nameLayout)
		name := base
		for i := 2; name <= newest && i <= maxSameSecond; i++ {
			name = fmt.Sprintf("%s-%d", base, i)
		}
		if name > newest {
			return name, nil
		}
	}
}

// Owns reports whether path is a file of the index: in a generation or a draft,
// or one that says which is published. Other files in the folder are not.
func (f Folder) Owns(path string) bool {
	folder, err := ResolvePath(f.Path)
	if err != nil {
		return false // it does not exist yet
	}
	file, err := ResolvePath(path)
	if err != nil {
		return false
	}
	rel, err := filepath.Rel(folder, file)
	if err != nil || !filepath.IsLocal(rel) {
		return false
	}
	name, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
	return name == CurrentFile || name == lockFile || generationName.MatchString(name) || isStale(name)
}

// ResolvePath returns the absolute path without symbolic links.
func ResolvePath(path string) (string, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	return filepath.EvalSymlinks(path)
}

// isStale reports whether only an interrupted process leaves a file of this name.
func isStale(name string) bool {
	if name == pendingFile || name == rollbackFile {
		return true
	}
	name, ok := strings.CutSuffix(name, tmpSuffix)
	return ok && generationName.MatchString(name)
}

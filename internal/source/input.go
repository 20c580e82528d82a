package source

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Stdin is the path that stands for standard input.
const Stdin = "-"

// Input is a file to read, or the reason why it can't be read.
type Input struct {
	Path    string // to open; Stdin for standard input
	Name    string // for the record: relative to the named folder, with slashes
	walked  bool   // found in a folder or an archive, not named by the user
	found   string // for what was found in a folder or by a pattern, its path below root
	root    string // the folder that the user spelled out
	problem string
}

// Refuse has the input rejected for a reason, and not read.
func (in *Input) Refuse(reason string) { in.problem = reason }

// CanBeReadAgain reports whether an input yields the same once more, as a pipe doesn't.
func (in Input) CanBeReadAgain() bool {
	if in.Path == Stdin {
		return false
	}
	info, err := os.Stat(in.Path)
	return err != nil || info.Mode().IsRegular()
}

// PathError reports that a path the user named can't be used at all.
type PathError struct{ Path, Reason string }

func (e *PathError) Error() string { return fmt.Sprintf("%s: %s", e.Path, e.Reason) }

// ErrNothing reports that the paths exist but contain no file.
var ErrNothing = errors.New("no file to read in the given paths")

// Expand lists the files that paths name, in that order: a file is itself, a
// folder its files and those of its subfolders in the order of their names, a
// pattern with * ? [ its matches, and Stdin standard input.
//
// Hidden files in a folder are ignored. Symbolic links in a folder, or that a pattern matches, are
// not followed, so that a walk ends and stays inside; each becomes a reject, as pipes and devices
// do. A link or a pipe that is named itself is followed and read. Expand returns a *PathError if a
// path doesn't exist, and ErrNothing if there is nothing to read.
func Expand(paths []string) ([]Input, error) {
	var inputs []Input
	seenStdin := false
	for _, path := range paths {
		if path == Stdin {
			if seenStdin {
				return nil, &PathError{path, "standard input is named twice"}
			}
			seenStdin = true
			inputs = append(inputs, Input{Path: Stdin, Name: Stdin})
			continue
		}
		found, err := expand(path)
		if err != nil {
			return nil, err
		}
		inputs = append(inputs, found...)
	}
	if len(inputs) == 0 {
		return nil, fmt.Errorf("%s: %w", strings.Join(paths, " "), ErrNothing)
	}
	return inputs, nil
}

// expand lists what path names itself if it exists, else what it matches as a pattern.
func expand(path string) ([]Input, error) {
	info, err := os.Stat(path)
	switch {
	case err == nil && info.IsDir():
		return walk(filepath.Clean(path), path), nil
	case err == nil:
		return []Input{{Path: path, Name: filepath.Base(path)}}, nil
	case errors.Is(err, fs.ErrPermission): // it may exist: a reject, not wrong usage
		return []Input{{Path: path, Name: filepath.Base(path), problem: reasonOf(err)}}, nil
	}
	matches, err := match(path)
	if err != nil {
		return nil, err
	}
	var inputs []Input
	for _, m := range matches {
		inputs = append(inputs, matched(spelled(path), m)...)
	}
	return inputs, nil
}

// match returns what a pattern matches.
func match(path string) ([]string, error) {
	if !strings.ContainsAny(path, "*?[") {
		return nil, &PathError{path, "no such file or folder"}
	}
	matches, err := filepath.Glob(path)
	if err != nil {
		return nil, &PathError{path, "not a pattern: a [ has no ]"}
	}
	kept := matches[:0]
	for _, m := range matches {
		if !hidden(filepath.Base(m)) || hidden(filepath.Base(path)) {
			kept = append(kept, m)
		}
	}
	if len(kept) == 0 {
		return nil, &PathError{path, "no file matches the pattern"}
	}
	return kept, nil
}

// matched lists what a match of a pattern names: like a walk, it follows no links below root.
func matched(root, path string) []Input {
	in := Input{Path: path, Name: filepath.Base(path), root: root, found: below(root, path)}
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		in.problem = reasonOf(err)
	case throughLink(root, in.found):
		in.problem = "a symbolic link that a pattern matches is not followed: name it as a PATH"
	case info.IsDir():
		return walk(root, path)
	case !info.Mode().IsRegular():
		in.problem = errNotFile.Error()
	}
	return []Input{in}
}

const separator = string(filepath.Separator)

// spelled returns the folder that a pattern spells out: what is before the first part with a sign
// of patterns.
func spelled(pattern string) string {
	clean := filepath.Clean(pattern)
	at := strings.LastIndex(clean[:strings.IndexAny(clean, "*?[")], separator)
	switch {
	case at > 0:
		return clean[:at]
	case at == 0:
		return separator
	}
	return "."
}

// below returns a path below root relative to that.
func below(root, path string) string {
	path = filepath.Clean(path)
	if root == "." {
		return path
	}
	return strings.TrimPrefix(strings.TrimPrefix(path, root), separator)
}

// throughLink reports whether a part of a path below root is a link, or can't be looked at.
func throughLink(root, path string) bool {
	at := root
	for part := range strings.SplitSeq(path, separator) {
		at = filepath.Join(at, part)
		info, err := os.Lstat(at)
		if err != nil || info.Mode()&fs.ModeSymlink != 0 {
			return true
		}
	}
	return false
}

// walk lists the files below a folder; what it can't list becomes a problem. Below root, nothing
// is reached through a link.
func walk(root, folder string) []Input {
	var inputs []Input
	// A folder that is a link is followed: WalkDir does that only for a path that
	// ends in a separator.
	start := strings.TrimSuffix(filepath.Clean(folder), separator) + separator
	_ = filepath.WalkDir(start, func(path string, entry fs.DirEntry, err error) error {
		in := Input{Path: path, Name: filepath.ToSlash(strings.TrimPrefix(path, start)), walked: true, root: root,
			found: below(root, path)}
		switch {
		case err != nil:
			in.problem = reasonOf(err)
		case path == start:
			return nil
		case hidden(entry.Name()):
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			return nil
		case entry.Type()&fs.ModeSymlink != 0:
			in.problem = "a symbolic link in a folder is not followed: name it as a PATH"
		case !entry.Type().IsRegular():
			in.problem = errNotFile.Error()
		}
		inputs = append(inputs, in)
		return nil
	})
	return inputs
}

func hidden(name string) bool { return len(name) > 1 && name[0] == '.' && name != ".." }

// reasonOf is a file error without the operation and the path, which the report
// has already.
func reasonOf(err error) string {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err.Error()
	}
	return err.Error()
}

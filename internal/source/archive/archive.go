package archive

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"
	"unicode/utf8"

	"xunwen/internal/source/charset"
)

// maxEntries bounds the files of a .tar archive.
const maxEntries = 4_000_000

// Entry is a file in an archive.
type Entry struct {
	Name string // with slashes
	io.Reader
}

// Entries are the files of an archive. An error ends them, unless it is an *EntryError.
type Entries = iter.Seq2[Entry, error]

// EntryError is the error of one file of an archive; those after it can be read.
type EntryError struct {
	Name   string
	Reason error
}

func (e *EntryError) Error() string { return fmt.Sprintf("%s: %v", e.Name, e.Reason) }
func (e *EntryError) Unwrap() error { return e.Reason }

// Errors of archives.
var (
	ErrMany      = errors.New("more files than are read of an archive: split it")
	ErrNoEnd     = errors.New("the .tar file has no end: if it was cut off, files are missing; get it again")
	ErrOverlap   = errors.New("its files overlap: no program makes such an archive")
	ErrEncrypted = errors.New("it is encrypted: unpack it with its password and name the folder")
)

// fileName returns the name of an entry in UTF-8, with slashes: programs of Windows write names
// in GB18030, and backslashes. "" is for folders and for files that systems add.
func fileName(name string) string {
	if !utf8.ValidString(name) {
		if text, err := charset.Text([]byte(name), charset.Auto); err == nil {
			name = text
		} else {
			name = strings.ToValidUTF8(name, "\ufffd")
		}
	}
	name = strings.ReplaceAll(name, `\`, "/")
	if name == "" || strings.HasSuffix(name, "/") {
		return ""
	}
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	for part := range strings.SplitSeq(name, "/") {
		if part == "__MACOSX" || strings.HasPrefix(part, ".") {
			return "" // as in folders
		}
	}
	return name
}

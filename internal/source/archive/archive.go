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

// Bounds. An article compresses to a third, and JSON Lines to a tenth of their size; what
// expands to more than maxRatio times its size, beyond freeSize, holds no articles.
const (
	maxEntries = 4_000_000
	maxRatio   = 200
	freeSize   = 64 << 20
)

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
	ErrBomb      = fmt.Errorf("it expands to more than %d times its size: not an archive of articles", maxRatio)
	ErrMany      = fmt.Errorf("more than %d files: split the archive", maxEntries)
	ErrNoEnd     = errors.New("the .tar file has no end: if it was cut off, files are missing; get it again")
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

// bounded stops reading where too much comes out of too little.
type bounded struct {
	io.Reader
	out  int64
	size func() int64 // of what was read of the archive for it
}

func (b *bounded) Read(p []byte) (int, error) {
	if b.out > freeSize && b.out > maxRatio*b.size() {
		return 0, ErrBomb
	}
	n, err := b.Reader.Read(p)
	b.out += int64(n)
	return n, err
}

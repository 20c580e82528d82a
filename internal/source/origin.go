package source

import (
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"
	"path/filepath"
)

// Origin identifies a file that was read, as it is on disk: before
// decompression.
type Origin struct {
	Path   string // absolute, bytes that are not UTF-8 escaped; Stdin for standard input
	Size   int64
	SHA256 string
}

// digesting passes bytes on and computes their digest.
type digesting struct {
	from io.Reader
	sum  hash.Hash
	size int64
}

func newDigesting(from io.Reader) *digesting { return &digesting{from: from, sum: sha256.New()} }

func (d *digesting) Read(b []byte) (int, error) {
	n, err := d.from.Read(b)
	d.sum.Write(b[:n]) // a hash never fails
	d.size += int64(n)
	return n, err
}

// origin identifies what was read of path; it reads the rest, which the format
// did not need. ok is false if the file can't be read to its end and so has no
// digest.
func (d *digesting) origin(path string) (o Origin, ok bool) {
	if _, err := io.Copy(io.Discard, d); err != nil {
		return Origin{}, false
	}
	if path != Stdin {
		if whole, err := filepath.Abs(path); err == nil {
			path = whole // there is no working folder: the given path has to do
		}
	}
	return Origin{validName(path), d.size, hex.EncodeToString(d.sum.Sum(nil))}, true
}

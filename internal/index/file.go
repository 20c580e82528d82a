package index

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
)

// fileBuffer is how many bytes of a file are written or read at a time. The files
// are read from beginning to end.
const fileBuffer = 1 << 20

// writeFile writes a file that begins with magic. write need not check for errors:
// Flush returns them.
func writeFile(path, magic string, write func(*bufio.Writer)) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, fileBuffer)
	w.WriteString(magic)
	write(w)
	return errors.Join(w.Flush(), f.Close())
}

// readFile reads a file of writeFile: it calls read with what follows magic, and
// with the size of the whole file in bytes. Errors are those of read, another
// magic, and bytes that read left.
func readFile(path, magic string, read func(r *bufio.Reader, size int64) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close() // read only
	info, err := f.Stat()
	if err != nil {
		return err
	}
	r := bufio.NewReaderSize(f, fileBuffer)
	begin := make([]byte, len(magic))
	if _, err := io.ReadFull(r, begin); err != nil || string(begin) != magic {
		return fmt.Errorf("%s does not begin with %s", path, magic)
	}
	if err := read(r, info.Size()); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if _, err := r.ReadByte(); err != io.EOF {
		return fmt.Errorf("%s has more bytes than its content", path)
	}
	return nil
}

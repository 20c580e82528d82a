package index

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
)

// fileBuffer is how many bytes of a file are written or read at a time: these
// files go from one end to the other.
const fileBuffer = 1 << 20

// writeFile writes a file that begins with magic. What fails in write is told
// by the writer's Flush, which comes after it: write need not look.
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

// readFile has read take what writeFile wrote behind magic; size is that of the
// whole file, in bytes. A file that doesn't begin with magic, or goes on where
// read ends, is an error, as is what read returns.
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
		return fmt.Errorf("%s goes on behind its end", path)
	}
	return nil
}

package index

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"
)

// fileBuffer is how many bytes of a file are written or read at a time. The files
// are read from beginning to end.
const fileBuffer = 1 << 20

// writeFile writes a file that begins with magic. write need not check for errors:
// Flush returns them.
func writeFile(path, magic string, write func(*bufio.Writer)) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, fileBuffer)
	w.WriteString(magic)
	write(w)
	return errors.Join(w.Flush(), f.Close())
}

// writeCompressed is writeFile for a file that is compressed after magic.
func writeCompressed(path, magic string, write func(*bufio.Writer)) error {
	var failed error
	err := writeFile(path, magic, func(out *bufio.Writer) {
		failed = compress(out, func(w io.Writer) error {
			buffered := bufio.NewWriterSize(w, fileBuffer)
			write(buffered)
			return buffered.Flush()
		})
	})
	return errors.Join(failed, err)
}

// compress writes a zstd frame with what write writes.
func compress(to io.Writer, write func(io.Writer) error) error {
	w, err := zstd.NewWriter(to, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return err
	}
	return errors.Join(write(w), w.Close())
}

// decompress reads a zstd frame.
func decompress(from io.Reader) (*zstd.Decoder, error) {
	return zstd.NewReader(from, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true))
}

// readCompressed reads a file of writeCompressed: it calls read with what follows magic. Errors
// are those of read, another magic, and bytes that read left.
func readCompressed(path, magic string, read func(*bufio.Reader) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close() // read only
	begin := make([]byte, len(magic))
	if _, err := io.ReadFull(f, begin); err != nil || string(begin) != magic {
		return fmt.Errorf("%s does not begin with %s", path, magic)
	}
	d, err := decompress(f)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	defer d.Close()
	r := bufio.NewReaderSize(d, fileBuffer)
	if err := read(r); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if _, err := r.ReadByte(); err != io.EOF {
		return fmt.Errorf("%s has more bytes than its content, or damaged ones", path)
	}
	return nil
}

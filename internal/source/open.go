package source

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	kgzip "github.com/klauspost/compress/gzip"
	kzstd "github.com/klauspost/compress/zstd"

	"xunwen/internal/source/archive"
	"xunwen/internal/source/charset"
	"xunwen/internal/source/lineio"
	"xunwen/internal/source/table"
)

// maxWindow bounds the memory that a zstd file may ask for. 128 MB is what the
// command line tool uses with --long and at its highest level.
const maxWindow = 128 << 20

// bufferSize makes the cost of reads negligible, and is as much as detecting an
// encoding takes.
const bufferSize = charset.HeadSize

// stream is an opened input: the bytes after decompression.
type stream struct {
	*bufio.Reader
	arch  compression
	raw   *digesting      // the bytes before decompression
	blank *blankless      // the bytes after it
	file  *os.File        // nil for standard input and in archives
	entry bool            // it is in an archive
	spend *archive.Budget // of the input
	close []func() error
}

// Close closes what was opened, the decompressor before the file.
func (s *stream) Close() error {
	if s == nil {
		return nil
	}
	var errs []error
	for _, c := range slices.Backward(s.close) {
		errs = append(errs, c())
	}
	return errors.Join(errs...)
}

// head returns the first bytes without consuming them, and whether they are all;
// fewer if the file is truncated, which reading it will report.
func (s *stream) head() (b []byte, whole bool) {
	b, err := s.Peek(bufferSize)
	return b, err == io.EOF
}

func open(ctx context.Context, in Input, stdin io.Reader) (*stream, error) {
	s := &stream{}
	if in.Path == Stdin {
		piped := interruptible(ctx, stdin)
		s.close = append(s.close, piped.Close)
		s.raw = newDigesting(piped)
		s.spend = archive.NewBudget(func() int64 { return s.raw.size })
	} else {
		_, s.arch = nameParts(in.Path)
		f, err := openFile(ctx, in)
		if err != nil {
			return nil, errors.New(reasonOf(err))
		}
		s.close = append(s.close, f.Close)
		s.raw, s.file = newDigesting(until(ctx, f)), f
		s.spend = archive.NewBudget(func() int64 { return max(s.raw.size, sizeOf(f)) })
	}
	return s.start()
}

// openFile opens an input. What was found in a folder must be a file still; what the user named
// may be a link, or a pipe, which is waited for until ctx ends.
func openFile(ctx context.Context, in Input) (*os.File, error) {
	if in.found != "" {
		f, err := openBelow(in.root, in.found)
		if err != nil {
			return nil, err
		}
		info, err := f.Stat()
		if err == nil && !info.Mode().IsRegular() {
			err = errNotFile
		}
		if err != nil {
			return nil, errors.Join(err, f.Close())
		}
		return f, nil
	}
	type opened struct {
		file *os.File
		err  error
	}
	result := make(chan opened, 1)
	go func() {
		f, err := os.Open(in.Path)
		result <- opened{f, err}
	}()
	select {
	case o := <-result:
		return o.file, o.err
	case <-ctx.Done(): // the goroutine ends when somebody writes to the pipe, or with the program
		return nil, ctx.Err()
	}
}

// Errors of what was found in a folder.
var (
	errNotFile = errors.New("not a file: a pipe, socket or device in a folder is not read, copy its content to a file")
	errLink    = errors.New("something else took its place, such as a symbolic link: it is not followed")
)

// sizeOf returns the size of a file, 0 if it has none.
func sizeOf(f *os.File) int64 {
	info, err := f.Stat()
	if err != nil {
		return 0
	}
	return info.Size()
}

// openEntry opens a file in an archive, which spends of the budget of that.
func openEntry(ctx context.Context, name string, content io.Reader, budget *archive.Budget) (*stream, error) {
	s := &stream{raw: newDigesting(until(ctx, content)), entry: true, spend: budget}
	_, s.arch = nameParts(name)
	return s.start()
}

// start decompresses what was opened.
func (s *stream) start() (*stream, error) {
	s.Reader = bufio.NewReaderSize(s.raw, bufferSize)
	if s.arch == uncompressed { // whatever its name: no text begins like compressed data
		b, _ := s.Peek(len("\x28\xb5\x2f\xfd"))
		s.arch = sniffCompression(b)
	}
	err := s.unpack()
	if err == nil && s.arch != uncompressed {
		if b, _ := s.Peek(len("\x28\xb5\x2f\xfd")); sniffCompression(b) != uncompressed {
			err = errTwice
		}
	}
	if err != nil {
		return nil, errors.Join(errors.New(s.readError(err)), s.Close())
	}
	s.blank = &blankless{in: s.Reader}
	s.Reader = bufio.NewReaderSize(s.blank, bufferSize)
	return s, nil
}

var errTwice = errors.New("compressed twice: decompress it once")

// errNotCompressed reports that a file has the extension of a compressed one but
// is not.
var errNotCompressed = errors.New("not compressed")

func (s *stream) unpack() error {
	switch s.arch {
	case gzip:
		z, err := kgzip.NewReader(s.Reader)
		if errors.Is(err, kgzip.ErrHeader) {
			return errNotCompressed // the same error later means damage
		}
		if err != nil {
			return err
		}
		s.unpacked(z)
	case zstd:
		if _, err := s.Peek(1); err != nil {
			return err // the decoder accepts an empty file
		}
		var first kzstd.Header
		if b, _ := s.head(); errors.Is(first.Decode(b), kzstd.ErrMagicMismatch) {
			return errNotCompressed // the same error later means damage
		}
		z, err := kzstd.NewReader(s.Reader, kzstd.WithDecoderMaxWindow(maxWindow),
			kzstd.WithDecoderLowmem(true), kzstd.WithDecoderConcurrency(1))
		if err != nil {
			return err
		}
		s.close = append(s.close, func() error { z.Close(); return nil })
		s.unpacked(z)
	}
	return nil
}

// unpacked reads what z decompresses, within the budget.
func (s *stream) unpacked(z io.Reader) {
	s.Reader = bufio.NewReaderSize(s.spend.Reader(z, func() int64 { return s.raw.size }), bufferSize)
}

// readError returns why reading stopped.
func (s *stream) readError(err error) string {
	for _, limit := range []error{archive.ErrBomb, archive.ErrLarge, errBlank, lineio.ErrTooLong, table.ErrNotClosed,
		errTwice} {
		if errors.Is(err, limit) {
			return limit.Error() // without what a parser adds
		}
	}
	switch {
	case s.arch == uncompressed && s.entry && (errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)):
		return "the archive is truncated here"
	case s.arch == uncompressed && s.entry:
		return "the archive is damaged here: " + err.Error()
	case s.arch == uncompressed:
		return reasonOf(err)
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fmt.Sprintf("the %s file is truncated here", s.arch)
	case errors.Is(err, errNotCompressed):
		return fmt.Sprintf("not a %s file: it doesn't begin like one", s.arch)
	}
	return fmt.Sprintf("the %s file is damaged here: %v", s.arch, err)
}

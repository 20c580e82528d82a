package source

import (
	"context"
	"fmt"
	"io"
)

// interruptible reads r until ctx ends: a terminal or a pipe can block a Read
// for ever. The goroutine ends with r, or after the current Read when ctx has
// ended; until then only the end of the program would free it.
func interruptible(ctx context.Context, r io.Reader) io.ReadCloser {
	out, in := io.Pipe()
	stop := context.AfterFunc(ctx, func() { out.CloseWithError(ctx.Err()) })
	go func() {
		defer stop()
		_, err := io.Copy(in, r)
		in.CloseWithError(err)
	}()
	return out
}

// readerFunc is a function as an io.Reader.
type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// until reads r until ctx ends. So whatever a loop of a reader looks for, it ends soon.
func until(ctx context.Context, r io.Reader) io.Reader {
	return readerFunc(func(p []byte) (int, error) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		return r.Read(p)
	})
}

// maxBlank bounds the blanks of a file in bytes, where nine tenths of it are: a disk that was full
// leaves zeros, and an archive of blanks has a thousandth of their size.
const maxBlank = 64 << 20

var errBlank = fmt.Errorf("more than %d MiB of blanks and little else: what follows wasn't read", maxBlank>>20)

// blankless passes bytes on until too many of them are blank.
type blankless struct {
	in      io.Reader
	blanks  int64
	others  int64
	allowed bool // blanks are no fault: it is no text
}

func (b *blankless) Read(p []byte) (int, error) {
	const tenths = 9
	if !b.allowed && b.blanks > maxBlank && b.blanks > tenths*b.others {
		return 0, errBlank
	}
	n, err := b.in.Read(p)
	blanks := 0
	for _, c := range p[:n] {
		if isBlank[c] {
			blanks++
		}
	}
	b.blanks += int64(blanks)
	b.others += int64(n - blanks)
	return n, err
}

// isBlank tells the bytes that make blanks in UTF-8, UTF-16 and others.
var isBlank = [256]bool{0: true, '\t': true, '\n': true, '\v': true, '\f': true, '\r': true, ' ': true}

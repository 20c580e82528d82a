package pagefile

import (
	"encoding/binary"
	"hash/crc32"
	"io"
)

// A file has
//
//	magic      8 bytes
//	sections   each begins at a multiple of 8 bytes
//	padding    64 zero bytes
//	checksums  CRC-32C of each 64 KiB page of all before, u32 each
//	table      what a reader needs first, such as where the sections are
//	trailer    32 bytes, below
//
// All integers are little-endian.
const (
	magicSize   = 8
	trailerSize = 32
	pageSize    = 64 << 10
)

// The trailer: the end of the padding u64, the size of the table u32, a count u32, the size of
// the file u64, the CRC-32C of checksums, table and trailer before it u32, and a second magic
// number, 4 bytes.

// Padding is how many bytes behind the sections can be read, for those who read eight at once.
const Padding = 64

// Format is a kind of file.
type Format struct {
	Magic   string // 8 bytes
	Trailer string // the second magic number, 4 bytes
	Damaged error  // is wrapped by the errors for content that can't be right
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Writer writes a file. The first error is returned by Finish.
type Writer struct {
	format Format
	out    io.Writer
	page   []byte
	sums   []byte
	at     uint64 // bytes that were written, including those in page
	err    error
}

// NewWriter returns a Writer to out, which gets pages of 64 KiB.
func NewWriter(out io.Writer, format Format) *Writer {
	w := &Writer{format: format, out: out, page: make([]byte, 0, pageSize)}
	w.Write([]byte(format.Magic))
	return w
}

// At returns the size of the file so far.
func (w *Writer) At() uint64 { return w.at }

// Err returns the first error.
func (w *Writer) Err() error { return w.err }

// Write appends b.
func (w *Writer) Write(b []byte) {
	w.at += uint64(len(b))
	for len(b) > 0 {
		n := copy(w.page[len(w.page):pageSize], b)
		w.page = w.page[:len(w.page)+n]
		b = b[n:]
		if len(w.page) == pageSize {
			w.flush()
		}
	}
}

func (w *Writer) flush() {
	w.sums = binary.LittleEndian.AppendUint32(w.sums, crc32.Checksum(w.page, castagnoli))
	if w.err == nil {
		_, w.err = w.out.Write(w.page)
	}
	w.page = w.page[:0]
}

// Align writes zeros up to a multiple of 8 bytes.
func (w *Writer) Align() {
	var zeros [8]byte
	w.Write(zeros[:-w.at&7])
}

// Finish writes what follows the sections.
func (w *Writer) Finish(count uint32, table []byte) error {
	w.Write(make([]byte, Padding))
	if len(w.page) > 0 {
		w.flush()
	}
	end := append(w.sums, table...)
	size := w.at + uint64(len(end)) + trailerSize
	end = binary.LittleEndian.AppendUint64(end, w.at)
	end = binary.LittleEndian.AppendUint32(end, uint32(len(table)))
	end = binary.LittleEndian.AppendUint32(end, count)
	end = binary.LittleEndian.AppendUint64(end, size)
	end = binary.LittleEndian.AppendUint32(end, crc32.Checksum(end, castagnoli))
	end = append(end, w.format.Trailer...)
	if w.err == nil {
		_, w.err = w.out.Write(end)
	}
	return w.err
}

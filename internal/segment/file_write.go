package segment

import (
	"encoding/binary"
	"hash/crc32"
	"io"
)

// A file has
//
//	magic      8 bytes, the last one of which is the version
//	sections   each begins at a multiple of 8 bytes
//	padding    64 zero bytes
//	checksums  CRC-32C of each 64 KiB page of all before, u32 each
//	table      names, counts and sections of the fields (table.go)
//	trailer    32 bytes, below
//
// All integers are little-endian.
const (
	magic       = "XWSEG\x00\x00\x02"
	trailerSize = 32
	pageSize    = 64 << 10
)

// The trailer: the end of the padding u64, the size of the table u32, the number of documents
// u32, the size of the file u64, the CRC-32C of checksums, table and trailer before it u32, and
// the magic number again, 4 bytes.
const trailerMagic = "XWSE"

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// pageWriter writes pages and computes their checksums.
type pageWriter struct {
	out  io.Writer
	page []byte
	sums []byte
	at   uint64 // bytes that were written, including those in page
	err  error
}

func newPageWriter(out io.Writer) *pageWriter {
	return &pageWriter{out: out, page: make([]byte, 0, pageSize)}
}

// write appends b. The first error is kept in err.
func (w *pageWriter) write(b []byte) {
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

func (w *pageWriter) flush() {
	w.sums = binary.LittleEndian.AppendUint32(w.sums, crc32.Checksum(w.page, castagnoli))
	if w.err == nil {
		_, w.err = w.out.Write(w.page)
	}
	w.page = w.page[:0]
}

// align writes zeros up to a multiple of 8 bytes.
func (w *pageWriter) align() {
	var zeros [8]byte
	w.write(zeros[:-w.at&7])
}

// finish writes what follows the sections.
func (w *pageWriter) finish(documents uint32, table []byte) error {
	w.write(make([]byte, padding))
	if len(w.page) > 0 {
		w.flush()
	}
	end := append(w.sums, table...)
	size := w.at + uint64(len(end)) + trailerSize
	end = binary.LittleEndian.AppendUint64(end, w.at)
	end = binary.LittleEndian.AppendUint32(end, uint32(len(table)))
	end = binary.LittleEndian.AppendUint32(end, documents)
	end = binary.LittleEndian.AppendUint64(end, size)
	end = binary.LittleEndian.AppendUint32(end, crc32.Checksum(end, castagnoli))
	end = append(end, trailerMagic...)
	if w.err == nil {
		_, w.err = w.out.Write(end)
	}
	return w.err
}

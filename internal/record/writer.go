package record

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/klauspost/compress/zstd"

	"xunwen/internal/news"
)

// Files of a store.
const (
	blocksFile = "records.zst"
	indexFile  = "records.idx"
	magic      = "XWR3"
	entrySize  = 8 + 4 + 4 + 4
)

// blockSize is the size of a block in bytes before it is compressed, which are 10 KB of
// UTF-8. Larger blocks are smaller on disk, but hits are spread over the store, and each
// decompresses a block (docs/measurements/building.md).
const blockSize = 6 << 10

const (
	// writeBuffer is how many bytes of blocks a system call writes.
	writeBuffer = 1 << 20
	// maxBlockSize bounds a block with its last record: offsets in it have 32 bits.
	maxBlockSize = 1 << 31
	// maxReused is the largest buffer that is reused for the next block: a huge
	// article must not keep its own.
	maxReused = 16 * blockSize
)

// entry is where a record is.
type entry struct {
	frame       uint64 // offset of its frame in the blocks file
	frameLen    uint32
	start, size uint32 // in the decompressed block
}

// Writer appends records to a new store. It is not safe for concurrent use.
type Writer struct {
	dir     string
	file    *os.File
	out     *bufio.Writer
	enc     *zstd.Encoder
	block   []byte
	packed  []byte
	offset  uint64
	pending int // the last entries, whose block is not written yet
	entries []entry
}

// Create creates a store in the folder dir, which must exist.
func Create(dir string) (*Writer, error) {
	enc, err := zstd.NewWriter(nil,
		zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("starting zstd: %w", err)
	}
	f, err := os.Create(filepath.Join(dir, blocksFile))
	if err != nil {
		return nil, errors.Join(err, enc.Close())
	}
	return &Writer{dir: dir, file: f, out: bufio.NewWriterSize(f, writeBuffer), enc: enc}, nil
}

// Len returns the number of records added.
func (w *Writer) Len() int { return len(w.entries) }

// Add appends a record; its number is Len before the call.
func (w *Writer) Add(a *news.Article) error {
	start := len(w.block)
	w.block = encode(w.block, a)
	if len(w.block) > maxBlockSize {
		return fmt.Errorf("article %s is larger than 2 GB", a.ID)
	}
	w.entries = append(w.entries, entry{start: uint32(start), size: uint32(len(w.block) - start)})
	w.pending++
	if len(w.block) < blockSize {
		return nil
	}
	return w.flush()
}

func (w *Writer) flush() error {
	if w.pending == 0 {
		return nil
	}
	w.packed = w.enc.EncodeAll(w.block, w.packed[:0])
	if _, err := w.out.Write(w.packed); err != nil {
		return err
	}
	for i := len(w.entries) - w.pending; i < len(w.entries); i++ {
		w.entries[i].frame, w.entries[i].frameLen = w.offset, uint32(len(w.packed))
	}
	w.offset += uint64(len(w.packed))
	w.block, w.pending = w.block[:0], 0
	if cap(w.block) > maxReused {
		w.block, w.packed = nil, nil
	}
	return nil
}

// Finish writes the index of the records in keep, which become records 0, 1, 2
// and so on, and closes the store.
func (w *Writer) Finish(keep []int) error {
	err := w.flush()
	if err == nil {
		err = w.out.Flush()
	}
	if err == nil {
		err = w.writeIndex(keep)
	}
	return errors.Join(err, w.Close())
}

func (w *Writer) writeIndex(keep []int) error {
	b := make([]byte, 0, len(keep)*entrySize)
	for _, k := range keep {
		e := w.entries[k]
		b = binary.LittleEndian.AppendUint64(b, e.frame)
		b = binary.LittleEndian.AppendUint32(b, e.frameLen)
		b = binary.LittleEndian.AppendUint32(b, e.start)
		b = binary.LittleEndian.AppendUint32(b, e.size)
	}
	return os.WriteFile(filepath.Join(w.dir, indexFile), w.enc.EncodeAll(b, []byte(magic)), 0o644)
}

// Close closes the file; a store that was not finished can't be opened.
func (w *Writer) Close() error {
	if w.file == nil {
		return nil
	}
	err := errors.Join(w.enc.Close(), w.file.Close())
	w.file = nil
	return err
}

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
	BlocksFile = "records.zst" // its blocks have checksums of their own
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

// Writer appends records to a new store. One goroutine of its own compresses and writes
// blocks while others are filled. It is not safe for concurrent use.
type Writer struct {
	dir     string
	entries []entry // without frames
	block   []byte
	pending int // the last entries, whose block is not full yet
	closed  bool

	full chan fullBlock // to the goroutine
	free chan []byte    // blocks to fill again
	done chan struct{}  // closed when the goroutine has ended

	// Of the goroutine until done is closed.
	file   *os.File
	out    *bufio.Writer
	enc    *zstd.Encoder
	packed []byte
	frames []frame
	err    error
}

// fullBlock is a block of some records.
type fullBlock struct {
	data    []byte
	records int
	written chan struct{} // closed after it was; nil if nobody waits
}

// frame is where the block of some records is.
type frame struct {
	offset  uint64
	length  uint32
	records int
}

// waitingBlocks is how many full blocks may wait.
const waitingBlocks = 4

// Create creates a store in the folder dir, which must exist.
func Create(dir string) (*Writer, error) {
	enc, err := zstd.NewWriter(nil,
		zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("starting zstd: %w", err)
	}
	f, err := os.Create(filepath.Join(dir, BlocksFile))
	if err != nil {
		return nil, errors.Join(err, enc.Close())
	}
	w := &Writer{
		dir: dir, file: f, out: bufio.NewWriterSize(f, writeBuffer), enc: enc,
		full: make(chan fullBlock, waitingBlocks), free: make(chan []byte, waitingBlocks+1), done: make(chan struct{}),
	}
	go w.writeBlocks()
	return w, nil
}

// Len returns the number of records added.
func (w *Writer) Len() int { return len(w.entries) }

// Add appends a record; its number is Len before the call. An error of the disk may concern
// records before it.
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

// flush hands the block over.
func (w *Writer) flush() error {
	if w.pending == 0 {
		return nil
	}
	b := fullBlock{data: w.block, records: w.pending}
	if len(b.data) > maxReused { // several of these must not wait
		b.written = make(chan struct{})
	}
	select {
	case w.full <- b:
	case <-w.done:
		return w.err
	}
	w.block, w.pending = nil, 0
	if b.written != nil {
		select {
		case <-b.written:
		case <-w.done:
			return w.err
		}
	}
	select {
	case w.block = <-w.free:
	default:
	}
	return nil
}

// writeBlocks writes the full blocks until an error or the last one.
func (w *Writer) writeBlocks() {
	defer close(w.done)
	offset := uint64(0)
	for b := range w.full {
		w.packed = w.enc.EncodeAll(b.data, w.packed[:0])
		if _, w.err = w.out.Write(w.packed); w.err != nil {
			return
		}
		w.frames = append(w.frames, frame{offset, uint32(len(w.packed)), b.records})
		offset += uint64(len(w.packed))
		if b.written != nil {
			close(b.written)
		}
		if cap(b.data) > maxReused {
			w.packed = nil
			continue
		}
		select {
		case w.free <- b.data[:0]:
		default:
		}
	}
	w.err = w.out.Flush()
}

// end waits until all blocks are written.
func (w *Writer) end() error {
	if !w.closed {
		w.closed = true
		close(w.full)
	}
	<-w.done
	return w.err
}

// Finish writes the index of the records in keep, which become records 0, 1, 2
// and so on, and closes the store.
func (w *Writer) Finish(keep []int) error {
	err := errors.Join(w.flush(), w.end())
	if err == nil {
		err = w.writeIndex(keep)
	}
	return errors.Join(err, w.Close())
}

func (w *Writer) writeIndex(keep []int) error {
	first := 0
	for _, f := range w.frames {
		for i := range f.records {
			w.entries[first+i].frame, w.entries[first+i].frameLen = f.offset, f.length
		}
		first += f.records
	}
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
	_ = w.end() // Add or Finish returns the error
	err := errors.Join(w.enc.Close(), w.file.Close())
	w.file = nil
	return err
}

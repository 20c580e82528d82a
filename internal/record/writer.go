package record

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"xunwen/internal/news"
	"xunwen/internal/pagefile"
	"xunwen/internal/textcode"
)

const (
	// sampleSize is how many bytes of drafts the dictionary is made of: with twice as many,
	// the records are 2 % smaller, but that takes 0.7 s more
	// (docs/measurements/building.md).
	sampleSize = 8 << 20
	// sampleShare is how many times as large as its sample a store is taken to be, if it
	// is larger.
	sampleShare = 4

	blockSize = 256 << 10 // bytes of drafts that are coded at a time
	// writeBuffer is how many bytes a system call writes.
	writeBuffer = 1 << 20
	// maxRecord bounds a record: the ends of its texts have 32 bits.
	maxRecord = 1 << 31
	// maxReused is the largest buffer that is kept for reuse: a huge article must not
	// keep its own.
	maxReused = 1 << 20
	// waitingBlocks is how many full blocks may wait: about as many as come while the dictionary
	// is made, 80 MB. A build needs more memory later.
	waitingBlocks = 320
)

// Writer appends records to a new store. One goroutine of its own writes them, and others code
// their texts. It is not safe for concurrent use.
type Writer struct {
	block      draft
	count      int
	closed     bool
	sampleSize int // bytes

	full chan draft // to the goroutine
	free chan draft // blocks to fill again
	done chan struct{}

	// Of the goroutine until done is closed.
	file    *os.File
	buffer  *bufio.Writer
	out     *pagefile.Writer
	sample  []draft // until there is a dictionary
	sampled int     // bytes
	code    *textcode.Dictionary
	coding  []*codedTexts // blocks, whose texts are being coded
	coder   coder
	coded   []byte
	offsets []uint64
	err     error
}

// Create creates a store in the folder dir, which must exist.
func Create(dir string) (*Writer, error) {
	f, err := os.OpenFile(filepath.Join(dir, File), os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o644)
	if err != nil {
		return nil, err
	}
	buffer := bufio.NewWriterSize(f, writeBuffer)
	w := &Writer{
		sampleSize: sampleSize, file: f, buffer: buffer, out: pagefile.NewWriter(buffer, format),
		full: make(chan draft, waitingBlocks), free: make(chan draft, waitingBlocks+1), done: make(chan struct{}),
	}
	go w.write()
	return w, nil
}

// Len returns the number of records added.
func (w *Writer) Len() int { return w.count }

// Add appends a record; its number is Len before the call. An error of the disk may concern
// records before it.
func (w *Writer) Add(a *news.Article) error {
	before := len(w.block)
	w.block = appendDraft(w.block, a)
	if len(w.block)-before > maxRecord {
		w.block = w.block[:before]
		return fmt.Errorf("article %s is larger than 2 GB", a.ID)
	}
	w.count++
	if len(w.block) < blockSize {
		return nil
	}
	return w.flush()
}

// flush hands the block over.
func (w *Writer) flush() error {
	select {
	case w.full <- w.block:
	case <-w.done:
		return w.err
	}
	w.block = nil
	select {
	case w.block = <-w.free:
	default:
	}
	return nil
}

// write writes blocks until an error or the last one.
func (w *Writer) write() {
	defer close(w.done)
	for b := range w.full {
		if w.code == nil {
			w.sample, w.sampled = append(w.sample, b), w.sampled+len(b)
			if w.sampled >= w.sampleSize {
				w.train(sampleShare)
			}
		} else {
			w.startBlock(b)
		}
		if w.err = w.out.Err(); w.err != nil {
			break
		}
	}
	if w.code == nil && w.err == nil {
		w.train(1)
	}
	for len(w.coding) > 0 {
		w.endBlock()
	}
	w.err = errors.Join(w.err, w.out.Err())
}

// train makes the dictionary, for times as much as there is now, and codes what has waited
// for it.
func (w *Writer) train(times int) {
	var strings [][]byte
	for _, b := range w.sample {
		for rest := b; len(rest) > 0; {
			rest = rest.eachString(func(s []byte) {
				if len(s) > 0 {
					strings = append(strings, s)
				}
			})
		}
	}
	w.code = textcode.Train(strings, times)
	w.coder = coder{encoder: textcode.NewEncoder(w.code), shared: newSharing()}
	for _, b := range w.sample {
		w.startBlock(b)
	}
	w.sample = nil
}

// startBlock starts coding the texts of a block. If enough are being coded, it waits for the
// first one and writes its records.
func (w *Writer) startBlock(b draft) {
	w.coding = append(w.coding, startCoding(w.coder.encoder, b))
	if len(w.coding) > runtime.GOMAXPROCS(0) {
		w.endBlock()
	}
}

// endBlock writes the records of the first block that is being coded.
func (w *Writer) endBlock() {
	c := w.coding[0]
	w.coding = slices.Delete(w.coding, 0, 1)
	<-c.done
	w.coder.texts = c.texts
	for b := c.block; len(b) > 0; {
		w.offsets = append(w.offsets, w.out.At())
		w.coded, b = w.coder.encode(w.coded[:0], b)
		w.out.Write(w.coded)
	}
	if cap(w.coded) > maxReused {
		w.coded, w.coder = nil, coder{encoder: w.coder.encoder, shared: w.coder.shared}
	}
	if cap(c.block) <= maxReused {
		select {
		case w.free <- c.block[:0]:
		default:
		}
	}
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

// Finish writes the index of the records in keep, which become records 0, 1, 2 and so on, and
// closes the store.
func (w *Writer) Finish(keep []int) error {
	err := errors.Join(w.flush(), w.end())
	if err == nil {
		err = w.finish(keep)
	}
	return errors.Join(err, w.Close())
}

func (w *Writer) finish(keep []int) error {
	index := w.out.At()
	for _, k := range keep {
		if w.offsets[k] >= 1<<(8*entrySize) {
			return errors.New("the records are larger than 1 TB")
		}
		w.out.Write(binary.LittleEndian.AppendUint64(nil, w.offsets[k])[:entrySize])
	}
	table := binary.LittleEndian.AppendUint64(nil, index)
	table = binary.LittleEndian.AppendUint64(table, w.out.At())
	w.out.Write(w.code.AppendTo(nil))
	table = binary.LittleEndian.AppendUint64(table, w.out.At())
	w.out.Write(w.coder.shared.appendTo(nil))
	return errors.Join(w.out.Finish(uint32(len(keep)), table), w.buffer.Flush())
}

// Close closes the file; a store that was not finished can't be opened.
func (w *Writer) Close() error {
	if w.file == nil {
		return nil
	}
	_ = w.end() // Add or Finish returns the error
	err := w.file.Close()
	w.file = nil
	return err
}

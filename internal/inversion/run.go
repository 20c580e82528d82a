package inversion

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
)

// run is a file of posting lists of consecutive documents: for each field, by the bytes of
// terms, the term (a uvarint length and the bytes), the uvarint number of its postings, the
// uvarint length of what follows, and for each posting the uvarint of twice the document
// minus the one before, plus 1 if the frequency is above 1 and follows as a uvarint.
type run struct {
	file          *os.File
	firstOfWorker int       // its first document, by number in its worker
	first         uint32    // by number in the whole
	fields        []section // by field
}

// section is a part of a file.
type section struct{ start, end int64 }

func (r *run) remove() error { return errors.Join(r.file.Close(), os.Remove(r.file.Name())) }

// runBuffer is how many bytes of a run are written or read at a time.
const runBuffer = 256 << 10

// runWriter writes a run.
type runWriter struct {
	file     *os.File
	buffer   []byte
	postings []byte
	flushed  int64
}

func (w *runWriter) written() int64 { return w.flushed + int64(len(w.buffer)) }

func (w *runWriter) flush() error {
	n, err := w.file.Write(w.buffer)
	w.flushed += int64(n)
	w.buffer = w.buffer[:0]
	return err
}

// list writes the postings of a term of a.
func (w *runWriter) list(term []byte, list []entry, a *accumulator, k kind) error {
	b := w.postings[:0]
	before := uint32(0)
	for _, e := range list {
		doc := e.doc()
		delta := (doc - before) << 1
		before = doc
		switch f := e.frequency(); {
		case f == 1 && delta < 0x80:
			b = append(b, byte(delta))
		case f == 1:
			b = binary.AppendUvarint(b, uint64(delta))
		default:
			b = binary.AppendUvarint(b, uint64(delta|1))
			b = binary.AppendUvarint(b, uint64(a.frequency(k, e)))
		}
	}
	w.postings = b
	w.buffer = binary.AppendUvarint(w.buffer, uint64(len(term)))
	w.buffer = append(w.buffer, term...)
	w.buffer = binary.AppendUvarint(w.buffer, uint64(len(list)))
	w.buffer = binary.AppendUvarint(w.buffer, uint64(len(b)))
	w.buffer = append(w.buffer, b...)
	if len(w.buffer) < runBuffer {
		return nil
	}
	return w.flush()
}

// runReader reads the lists of one field of a run.
type runReader struct {
	run    *run
	number int // of the run, in the order of documents
	at     int64
	end    int64
	buffer []byte // what is read and not used
	memory []byte // that buffer is a part of

	// The current list; term and postings are valid until next.
	term     []byte
	prefix   uint64 // the first bytes of the term
	count    int
	postings []byte
}

func newRunReader(r *run, number, field int) *runReader {
	s := r.fields[field]
	return &runReader{run: r, number: number, at: s.start, end: s.end}
}

// errRun is about a file that is not what was written.
var errRun = errors.New("it was changed while it was used")

// next reads the next list, and returns io.EOF after the last one.
func (r *runReader) next() error {
	err := r.read()
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: %w", r.run.file.Name(), err)
	}
	return err
}

func (r *runReader) read() error {
	const header = 3 * binary.MaxVarintLen64 // of a list, without its term
	if err := r.fill(header); err != nil {
		return err
	}
	if len(r.buffer) == 0 {
		return io.EOF
	}
	size, n := binary.Uvarint(r.buffer)
	if n <= 0 || size > math.MaxInt32 {
		return errRun
	}
	if err := r.fill(header + int(size)); err != nil {
		return err
	}
	if len(r.buffer) < n+int(size) {
		return errRun
	}
	start, end := n, n+int(size)
	count, n1 := binary.Uvarint(r.buffer[end:])
	if n1 <= 0 {
		return errRun
	}
	length, n2 := binary.Uvarint(r.buffer[end+n1:])
	list := end + n1 + n2
	if n2 <= 0 || length > math.MaxInt32 || count > length || count == 0 {
		return errRun
	}
	if err := r.fill(list + int(length)); err != nil {
		return err
	}
	if len(r.buffer) < list+int(length) {
		return errRun
	}
	r.term, r.count, r.postings = r.buffer[start:end], int(count), r.buffer[list:list+int(length)]
	r.prefix = prefixOf(r.term)
	r.buffer = r.buffer[list+int(length):]
	return nil
}

// fill reads so that buffer has n bytes, or all up to the end of the section.
func (r *runReader) fill(n int) error {
	if len(r.buffer) >= n || r.at == r.end {
		return nil
	}
	if cap(r.memory) < n {
		r.memory = make([]byte, max(n, runBuffer))
	}
	have := copy(r.memory[:cap(r.memory)], r.buffer)
	want := int(min(int64(cap(r.memory)-have), r.end-r.at))
	b := r.memory[:have+want]
	if _, err := r.run.file.ReadAt(b[have:], r.at); err != nil {
		if errors.Is(err, io.EOF) {
			return errRun
		}
		return err
	}
	r.at += int64(want)
	r.buffer = b
	return nil
}

// compare orders readers by their terms, then by their documents.
func (r *runReader) compare(s *runReader) int {
	switch {
	case r.prefix < s.prefix:
		return -1
	case r.prefix > s.prefix:
		return 1
	}
	if c := bytes.Compare(r.term, s.term); c != 0 {
		return c
	}
	return r.number - s.number
}

// appendPostings appends the documents of the current list and their frequencies.
func (r *runReader) appendPostings(docs []uint32, frequencies []uint16) ([]uint32, []uint16, error) {
	b := r.postings
	doc := r.run.first
	for range r.count {
		var delta uint64
		if len(b) > 0 && b[0] < 0x80 {
			delta, b = uint64(b[0]), b[1:]
		} else {
			var n int
			if delta, n = binary.Uvarint(b); n <= 0 {
				return nil, nil, errRun
			}
			b = b[n:]
		}
		doc += uint32(delta >> 1)
		frequency := uint64(1)
		if delta&1 == 1 {
			var n int
			if frequency, n = binary.Uvarint(b); n <= 0 {
				return nil, nil, errRun
			}
			b = b[n:]
		}
		docs, frequencies = append(docs, doc), append(frequencies, uint16(frequency))
	}
	if len(b) > 0 {
		return nil, nil, errRun
	}
	return docs, frequencies, nil
}

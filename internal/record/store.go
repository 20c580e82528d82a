package record

import (
	"encoding/binary"
	"errors"
	"fmt"
	"path/filepath"
	"sync"

	"xunwen/internal/news"
	"xunwen/internal/pagefile"
	"xunwen/internal/textcode"
)

// File is the name of a store's file. It has checksums of its own.
const File = "records.bin"

const (
	entrySize = 5 // bytes
	tableSize = 24
)

// ErrDamaged is wrapped by the errors for records that can't be as they were written.
var ErrDamaged = errors.New("record is damaged")

// format is the format of the file; the last byte of the magic number is the version.
var format = pagefile.Format{Magic: "XWREC\x00\x00\x04", Trailer: "XWRE", Damaged: ErrDamaged}

// Store reads records by number. It is safe for concurrent use.
type Store struct {
	file  *pagefile.File
	count int
	index uint64 // where it begins, and the records end
	code  func() (*code, error)

	collectors sync.Pool // of *collector
}

// code is what strings are decoded by.
type code struct {
	dictionary *textcode.Dictionary
	shared     [][]byte
}

// Open opens the store in dir. It reads the table of the file and nothing else.
func Open(dir string) (*Store, error) {
	f, count, table, err := pagefile.Open(filepath.Join(dir, File), format)
	if err != nil {
		return nil, err
	}
	s, err := newStore(f, count, table)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return s, nil
}

// Parse opens a file that is in memory. name is for errors.
func Parse(name string, data []byte) (*Store, error) {
	f, count, table, err := pagefile.Parse(name, data, format)
	if err != nil {
		return nil, err
	}
	return newStore(f, count, table)
}

func newStore(f *pagefile.File, count uint32, table []byte) (*Store, error) {
	s := &Store{file: f, count: int(count)}
	if err := s.read(table); err != nil {
		return nil, err
	}
	return s, nil
}

// read reads the table of the file.
func (s *Store) read(table []byte) error {
	if len(table) != tableSize {
		return s.file.Damaged("its table has %d bytes", len(table))
	}
	s.index = binary.LittleEndian.Uint64(table)
	dictionary, shared := binary.LittleEndian.Uint64(table[8:]), binary.LittleEndian.Uint64(table[16:])
	if shared > s.file.End() || dictionary > shared || s.index > dictionary ||
		(dictionary-s.index)/entrySize < uint64(s.count) {
		return s.file.Damaged("its sections are impossible")
	}
	s.code = sync.OnceValues(func() (*code, error) { return s.readCode(dictionary, shared) })
	return nil
}

// readCode reads the sections for strings.
func (s *Store) readCode(dictionary, shared uint64) (*code, error) {
	b, err := s.file.Bytes(dictionary, shared-dictionary)
	if err != nil {
		return nil, err
	}
	d, err := textcode.Parse(b)
	if err != nil {
		return nil, s.file.Damaged("%w", err)
	}
	if b, err = s.file.Bytes(shared, s.file.End()-shared); err != nil {
		return nil, err
	}
	values, ok := parseShared(b)
	if !ok {
		return nil, s.file.Damaged("its table of values is invalid")
	}
	return &code{d, values}, nil
}

// Len returns the number of records.
func (s *Store) Len() int { return s.count }

// Size returns the bytes that record i takes, and 0 if it can't be read.
func (s *Store) Size(i int) int {
	r, err := s.Record(i)
	if err != nil {
		return 0
	}
	return len(r.body)
}

// Dictionary returns the dictionary by which texts are coded.
func (s *Store) Dictionary() (*textcode.Dictionary, error) {
	c, err := s.code()
	if err != nil {
		return nil, err
	}
	return c.dictionary, nil
}

// Record finds record i.
func (s *Store) Record(i int) (Record, error) {
	if i < 0 || i >= s.count {
		return Record{}, fmt.Errorf("record %d of %d does not exist", i, s.count)
	}
	entry, err := s.file.Bytes(s.index+uint64(i)*entrySize, entrySize)
	if err != nil {
		return Record{}, err
	}
	at := binary.LittleEndian.Uint64(entry[:8]) & (1<<(8*entrySize) - 1) // there is padding
	if at >= s.index {
		return Record{}, s.Damaged(i)
	}
	head, err := s.file.Bytes(at, min(binary.MaxVarintLen64, s.index-at))
	if err != nil {
		return Record{}, err
	}
	size, n := binary.Uvarint(head)
	if n <= 0 || size > s.index-at-uint64(n) {
		return Record{}, s.Damaged(i)
	}
	body, err := s.file.Bytes(at+uint64(n), size)
	if err != nil {
		return Record{}, err
	}
	r, ok := parse(body)
	if !ok {
		return Record{}, s.Damaged(i)
	}
	return r, nil
}

// Ahead is how many records Announce takes.
const Ahead = 16

// Announce says which records are read next. It loads a byte of each of their beginnings, which are
// far from one another, so that the processor waits for all of them at once. The result means
// nothing: it depends on each load, so that the compiler leaves none out. It would where it
// inlined the function and nobody uses the result.
//
//go:noinline
func (s *Store) Announce(numbers []int) (all byte) {
	var at [Ahead]uint64
	data := s.file.Data()
	for i, n := range numbers[:min(Ahead, len(numbers))] {
		if n >= 0 && n < s.count {
			at[i] = binary.LittleEndian.Uint64(data[s.index+uint64(n)*entrySize:]) & (1<<(8*entrySize) - 1)
		}
	}
	for _, at := range at[:min(Ahead, len(numbers))] {
		if at < s.index {
			all |= data[at]
		}
	}
	return all
}

// Damaged returns the error for a record that can't be as it was written.
func (s *Store) Damaged(i int) error { return s.file.Damaged("record %d", i) }

// Get returns record i.
func (s *Store) Get(i int) (news.Article, error) {
	r, err := s.Record(i)
	if err != nil {
		return news.Article{}, err
	}
	return s.article(i, &r, nil, true)
}

// Outline returns record i, found before, without the texts of its paragraphs. These are put
// into room, if it is large enough.
func (s *Store) Outline(i int, r *Record, room []news.Paragraph) (news.Article, error) {
	return s.article(i, r, room, false)
}

func (s *Store) article(i int, r *Record, room []news.Paragraph, texts bool) (news.Article, error) {
	c, err := s.collector(room)
	if err != nil {
		return news.Article{}, err
	}
	a, ok := r.article(c, texts)
	s.release(c)
	if !ok {
		return news.Article{}, s.Damaged(i)
	}
	return a, nil
}

// Check compares the checksums of the whole file.
func (s *Store) Check() error { return s.file.CheckAll() }

// Close closes the file. No Record of it may be used afterwards.
func (s *Store) Close() error { return s.file.Close() }

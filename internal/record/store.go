package record

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"unsafe"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/klauspost/compress/zstd"

	"xunwen/internal/news"
)

// cachedBlocks bounds the decompressed blocks in memory: 4,096 blocks of 6 KB or a
// little more are about 28 MB, and 96 MB if all have maxCached bytes.
const (
	cachedBlocks = 4096
	maxCached    = 4 * blockSize // bytes; a huge article must not fill the cache
)

// maxBlock bounds the decompressed size of a frame in bytes, against damaged
// files.
const maxBlock = 4 << 30

// Store reads records by number. It is safe for concurrent use.
type Store struct {
	file    *os.File
	size    int64
	entries []entry
	dec     *zstd.Decoder
	blocks  *lru.Cache[uint64, string] // by offset of the frame
	packed  sync.Pool                  // of *[]byte, for a frame
}

// Open opens the store in dir.
func Open(dir string) (s *Store, err error) {
	blocks, err := lru.New[uint64, string](cachedBlocks)
	if err != nil {
		return nil, err
	}
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxBlock))
	if err != nil {
		return nil, fmt.Errorf("starting zstd: %w", err)
	}
	defer func() {
		if err != nil {
			dec.Close()
		}
	}()
	entries, err := readIndex(filepath.Join(dir, indexFile), dec)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(filepath.Join(dir, BlocksFile))
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &Store{file: f, size: info.Size(), entries: entries, dec: dec, blocks: blocks}, nil
}

func readIndex(path string, dec *zstd.Decoder) ([]entry, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	packed, ok := bytes.CutPrefix(b, []byte(magic))
	if !ok {
		return nil, fmt.Errorf("%s is not an index of records", path)
	}
	if b, err = dec.DecodeAll(packed, nil); err != nil || len(b)%entrySize != 0 {
		return nil, errors.Join(fmt.Errorf("%s is not an index of records", path), err)
	}
	entries := make([]entry, len(b)/entrySize)
	for i := range entries {
		e := b[i*entrySize:]
		entries[i] = entry{
			frame:    binary.LittleEndian.Uint64(e),
			frameLen: binary.LittleEndian.Uint32(e[8:]),
			start:    binary.LittleEndian.Uint32(e[12:]),
			size:     binary.LittleEndian.Uint32(e[16:]),
		}
	}
	return entries, nil
}

// Len returns the number of records.
func (s *Store) Len() int { return len(s.entries) }

// Size returns the bytes of record i before it was compressed.
func (s *Store) Size(i int) int { return int(s.entries[i].size) }

// Get returns record i.
func (s *Store) Get(i int) (news.Article, error) {
	if i < 0 || i >= len(s.entries) {
		return news.Article{}, fmt.Errorf("record %d of %d does not exist", i, len(s.entries))
	}
	e := s.entries[i]
	block, ok := s.blocks.Get(e.frame)
	if !ok {
		var err error
		if block, err = s.readBlock(e); err != nil {
			return news.Article{}, fmt.Errorf("%s: record %d: %w", s.file.Name(), i, err)
		}
		if len(block) <= maxCached {
			s.blocks.Add(e.frame, block)
		}
	}
	if uint64(e.start)+uint64(e.size) > uint64(len(block)) {
		return news.Article{}, fmt.Errorf("%s: record %d: %w", s.file.Name(), i, ErrDamaged)
	}
	a, err := decode(block[e.start : e.start+e.size])
	if err != nil {
		return news.Article{}, fmt.Errorf("%s: record %d: %w", s.file.Name(), i, err)
	}
	return a, nil
}

func (s *Store) readBlock(e entry) (string, error) {
	if e.frame+uint64(e.frameLen) > uint64(s.size) {
		return "", ErrDamaged
	}
	buffer, ok := s.packed.Get().(*[]byte)
	if !ok {
		buffer = new([]byte)
	}
	packed := slices.Grow((*buffer)[:0], int(e.frameLen))[:e.frameLen]
	if *buffer = packed; len(packed) <= maxCached {
		defer s.packed.Put(buffer)
	}
	if _, err := s.file.ReadAt(packed, int64(e.frame)); err != nil {
		return "", err
	}
	block, err := s.dec.DecodeAll(packed, nil)
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return unsafe.String(unsafe.SliceData(block), len(block)), nil // block does not change any more
}

// Close closes the file.
func (s *Store) Close() error {
	s.dec.Close()
	return s.file.Close()
}

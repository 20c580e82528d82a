package segment

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"sync/atomic"
)

// ErrDamaged is wrapped by the errors for content that can't be right.
var ErrDamaged = errors.New("damaged segment")

// pages reads a file that is in memory and compares the checksum of each page when it is
// first read. It is safe for concurrent use.
type pages struct {
	name    string
	data    []byte // the whole file
	end     uint64 // of the padding
	sums    []byte
	sound   []atomic.Uint64 // a bit for each page
	release func() error
}

// parseFile reads what follows the sections.
func parseFile(name string, data []byte) (p *pages, documents uint32, table []byte, err error) {
	p = &pages{name: name, data: data}
	if len(data) < len(magic)+padding+trailerSize || string(data[:len(magic)]) != magic {
		return nil, 0, nil, p.damaged("it does not begin with %q", magic)
	}
	trailer := data[len(data)-trailerSize:]
	p.end = binary.LittleEndian.Uint64(trailer)
	tableSize := uint64(binary.LittleEndian.Uint32(trailer[8:]))
	documents = binary.LittleEndian.Uint32(trailer[12:])
	size := binary.LittleEndian.Uint64(trailer[16:])
	if size != uint64(len(data)) || string(trailer[28:]) != trailerMagic {
		return nil, 0, nil, p.damaged("it is cut off, or its last bytes are damaged")
	}
	if p.end > size-trailerSize || p.end < uint64(len(magic)+padding) {
		return nil, 0, nil, p.damaged("its last bytes are damaged")
	}
	sums := (p.end + pageSize - 1) / pageSize * 4
	if p.end+sums+tableSize+trailerSize != size {
		return nil, 0, nil, p.damaged("its last bytes are damaged")
	}
	covered := data[p.end : size-8]
	if crc32.Checksum(covered, castagnoli) != binary.LittleEndian.Uint32(trailer[24:]) {
		return nil, 0, nil, p.damaged("the checksum of its table is wrong")
	}
	p.sums = data[p.end : p.end+sums]
	p.sound = make([]atomic.Uint64, (sums/4+63)/64)
	return p, documents, data[p.end+sums : p.end+sums+tableSize], nil
}

func (p *pages) damaged(format string, args ...any) error {
	return fmt.Errorf("%s: %w: %w", p.name, ErrDamaged, fmt.Errorf(format, args...))
}

// bytes returns n bytes at an offset, with padding behind them. It compares the checksums of
// their pages.
func (p *pages) bytes(off, n uint64) ([]byte, error) {
	if off > p.end-padding || n > p.end-padding-off {
		return nil, p.damaged("%d bytes at %d are outside of its sections", n, off)
	}
	if err := p.check(off, n); err != nil {
		return nil, err
	}
	return p.data[off : off+n : p.end], nil
}

// check compares the checksums of the pages of n bytes at an offset.
func (p *pages) check(off, n uint64) error {
	if n == 0 {
		return nil
	}
	for page := off / pageSize; page <= (off+n-1)/pageSize; page++ {
		if p.sound[page/64].Load()>>(page%64)&1 == 0 {
			if err := p.checkPage(page); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *pages) checkPage(page uint64) error {
	start, end := page*pageSize, min((page+1)*pageSize, p.end)
	if crc32.Checksum(p.data[start:end], castagnoli) != binary.LittleEndian.Uint32(p.sums[4*page:]) {
		return p.damaged("the checksum of page %d (bytes %d to %d) is wrong", page, start, end)
	}
	p.sound[page/64].Or(1 << (page % 64))
	return nil
}

// checkAll compares the checksums of all pages.
func (p *pages) checkAll() error { return p.check(0, p.end) }

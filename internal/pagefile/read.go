package pagefile

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"sync/atomic"
)

// File is an open file. It is safe for concurrent use.
type File struct {
	name    string
	format  Format
	data    []byte // the whole file
	end     uint64 // of the padding
	sums    []byte
	sound   []atomic.Uint64 // a bit for each page: its checksum was right
	release func() error
}

// Open maps a file into memory and reads what follows the sections.
func Open(path string, format Format) (f *File, count uint32, table []byte, err error) {
	data, release, err := mapFile(path)
	if err != nil {
		return nil, 0, nil, err
	}
	f, count, table, err = Parse(path, data, format)
	if err != nil {
		release() // the file is read only
		return nil, 0, nil, err
	}
	f.release = release
	return f, count, table, nil
}

// Parse opens a file that is in memory. name is for errors.
func Parse(name string, data []byte, format Format) (f *File, count uint32, table []byte, err error) {
	f = &File{name: name, format: format, data: data}
	if len(data) < magicSize+Padding+trailerSize || string(data[:magicSize]) != format.Magic {
		return nil, 0, nil, f.Damaged("it does not begin with %q", format.Magic)
	}
	trailer := data[len(data)-trailerSize:]
	f.end = binary.LittleEndian.Uint64(trailer)
	tableSize := uint64(binary.LittleEndian.Uint32(trailer[8:]))
	count = binary.LittleEndian.Uint32(trailer[12:])
	size := binary.LittleEndian.Uint64(trailer[16:])
	if size != uint64(len(data)) || string(trailer[28:]) != format.Trailer {
		return nil, 0, nil, f.Damaged("it is cut off, or its last bytes are damaged")
	}
	if f.end > size-trailerSize || f.end < magicSize+Padding {
		return nil, 0, nil, f.Damaged("its last bytes are damaged")
	}
	sums := (f.end + pageSize - 1) / pageSize * 4
	if f.end+sums+tableSize+trailerSize != size {
		return nil, 0, nil, f.Damaged("its last bytes are damaged")
	}
	covered := data[f.end : size-8]
	if crc32.Checksum(covered, castagnoli) != binary.LittleEndian.Uint32(trailer[24:]) {
		return nil, 0, nil, f.Damaged("the checksum of its table is wrong")
	}
	f.sums = data[f.end : f.end+sums]
	f.sound = make([]atomic.Uint64, (sums/4+63)/64)
	return f, count, data[f.end+sums : f.end+sums+tableSize], nil
}

// Close unmaps the file. Nothing that was read from it may be used afterwards.
func (f *File) Close() error {
	if f.release == nil {
		return nil
	}
	release := f.release
	f.release = nil
	return release()
}

// Name returns the name of the file.
func (f *File) Name() string { return f.name }

// Data returns the whole file, which is not checked.
func (f *File) Data() []byte { return f.data }

// End returns where the sections end.
func (f *File) End() uint64 { return f.end - Padding }

// Damaged returns the error for content that can't be right.
func (f *File) Damaged(format string, args ...any) error {
	return fmt.Errorf("%s: %w: %w", f.name, f.format.Damaged, fmt.Errorf(format, args...))
}

// Bytes returns n bytes at an offset, with Padding behind them. It compares the checksums of
// their pages.
func (f *File) Bytes(off, n uint64) ([]byte, error) {
	if end := f.End(); off > end || n > end-off {
		return nil, f.Damaged("%d bytes at %d are outside of its sections", n, off)
	}
	if err := f.Check(off, n); err != nil {
		return nil, err
	}
	return f.data[off : off+n : f.end], nil
}

// Check compares the checksums of the pages of n bytes at an offset, which are in the sections.
func (f *File) Check(off, n uint64) error {
	if n == 0 {
		return nil
	}
	for page := off / pageSize; page <= (off+n-1)/pageSize; page++ {
		if f.sound[page/64].Load()>>(page%64)&1 == 0 {
			if err := f.checkPage(page); err != nil {
				return err
			}
		}
	}
	return nil
}

func (f *File) checkPage(page uint64) error {
	start, end := page*pageSize, min((page+1)*pageSize, f.end)
	if crc32.Checksum(f.data[start:end], castagnoli) != binary.LittleEndian.Uint32(f.sums[4*page:]) {
		return f.Damaged("the checksum of page %d (bytes %d to %d) is wrong", page, start, end)
	}
	f.sound[page/64].Or(1 << (page % 64))
	return nil
}

// CheckAll compares the checksums of all pages.
func (f *File) CheckAll() error { return f.Check(0, f.end) }

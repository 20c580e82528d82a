// Package pagefiletest helps tests to damage files of package pagefile.
package pagefiletest

import (
	"encoding/binary"
	"hash/crc32"
)

// PageSize is the size of a page.
const PageSize = 64 << 10

const trailerSize = 32

// Seal corrects the checksums of a file that was changed, as far as its trailer allows: what a
// reader makes of the content is to be tested. It changes data and returns it.
func Seal(data []byte) []byte {
	if len(data) < trailerSize {
		return data
	}
	table := crc32.MakeTable(crc32.Castagnoli)
	trailer := data[len(data)-trailerSize:]
	end := binary.LittleEndian.Uint64(trailer)
	if end > uint64(len(data))-trailerSize {
		return data
	}
	for page := uint64(0); page*PageSize < end; page++ {
		sum := crc32.Checksum(data[page*PageSize:min((page+1)*PageSize, end)], table)
		if at := end + 4*page; at+4 <= uint64(len(data))-trailerSize {
			binary.LittleEndian.PutUint32(data[at:], sum)
		}
	}
	binary.LittleEndian.PutUint32(trailer[24:], crc32.Checksum(data[end:len(data)-8], table))
	return data
}
